import Collectors
import Documents
import Facts
import Probes
import Site
import Testing

/// The built-in probes on their own cases, with the real collectors.
@Suite struct ProbeCases {
    private static let pack = ProbePack.builtIn().value

    private static func check(_ pack: ProbePack, cases: [SourceFile]) -> ProbeCheck {
        ProbeCheck(of: pack, cases: cases, collectors: allCollectors.map(\.schema)) {
            host, site, schemas in
            allCollectors.filter { schemas.contains($0.schema) }
                .gather(from: host, knowing: site)
        }
    }

    @Test func `the catalogue, the probes and the cases agree`() throws {
        let pack = try #require(Self.pack)
        let check = Self.check(pack, cases: ProbePack.builtInCases)
        #expect(check.disagreements.map(\.description) == [])
    }

    @Test(arguments: pack?.files.map(\.probe.id) ?? [])
    func `a probe holds on its cases, and they notice every change of it`(id: String) throws {
        let pack = try #require(Self.pack)
        let file = try #require(pack.files.first { $0.probe.id == id })
        let check = Self.check(pack, cases: ProbePack.builtInCases)
        let findings = try check.findings(on: file, mutating: true)
        #expect(findings.map(\.description) == [])
    }

    @Test func `a new probe begins with cases that hold`() throws {
        let template = try #require(ProbeTemplate(id: "accounts/own-rule"))
        let added = SourceFile(name: template.probePath, text: template.probe)
        let pack = try #require(ProbePack.builtIn(added: [added]).value)
        let cases = SourceFile(name: template.casesPath, text: template.cases)
        let file = try #require(pack.files.first { $0.probe.id == "accounts/own-rule" })
        let findings = try Self.check(pack, cases: [cases]).findings(on: file, mutating: true)
        #expect(findings.map(\.description) == [])
    }
}
