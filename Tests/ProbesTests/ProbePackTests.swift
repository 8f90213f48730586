import Documents
import Probes
import Testing

@Suite struct ProbePackTests {
    private let catalogue = SourceFile(
        name: "c.yaml",
        text: """
            schema: 1
            id: c
            version: 1
            bounds:
              idle: { max_seconds: 300, tolerance_seconds: 30 }
              grace_days: { critical: 1, high: 2, medium: 3, low: 4 }
            clauses:
              - id: C5
                title: { it: a, en: b, fr: c }
                obligations:
                  - id: C5.1
                    text: { it: a, en: b, fr: c }
                    decides: [host]
                    roles: [server]
                    probes: [accounts/shells]

            """)

    private func probe(_ name: String, _ text: String = ProbeFileTests.good) -> SourceFile {
        SourceFile(name: name, text: text)
    }

    @Test func `a pack holds its probes in the order of their ids`() throws {
        let reading = ProbePack.reading(
            catalogue: catalogue,
            builtIn: [
                probe("probes/b/z.yaml"), probe("probes/b/a.yaml"), probe("probes/a/x.yaml"),
            ],
            added: [probe("/etc/assay/probes.d/own/one.yaml")])
        #expect(reading.diagnostics.isEmpty)
        let pack = try #require(reading.value)
        #expect(pack.probes.map(\.id) == ["a/x", "b/a", "b/z", "own/one"])
        #expect(pack.probes.map(\.origin) == [.builtIn, .builtIn, .builtIn, .added])
    }

    @Test func `an added probe cannot take the place of a built-in one`() {
        let reading = ProbePack.reading(
            catalogue: catalogue, builtIn: [probe("probes/a/x.yaml")],
            added: [probe("/etc/assay/probes.d/a/x.yaml")])
        #expect(reading.value == nil)
        #expect(
            reading.diagnostics.map(\.description) == [
                "/etc/assay/probes.d/a/x.yaml:1:1: error: 'a/x' is a built-in probe, and probes are "
                    + "only added\n  hint: give the file another name"
            ])
    }

    @Test func `two added probes of one id are both refused`() {
        let reading = ProbePack.reading(
            catalogue: catalogue, builtIn: [],
            added: [probe("/etc/assay/probes.d/a/x.yaml"), probe("/etc/assay/probes.d/b/a/x.yaml")])
        #expect(
            reading.diagnostics.map(\.message) == [
                "there are two probes 'a/x'", "there are two probes 'a/x'",
            ])
    }

    @Test func `an obligation that the catalogue does not have is an error`() {
        let text = ProbeFileTests.good.replacing("[C5.1]", with: "[C51]")
        let reading = ProbePack.reading(
            catalogue: catalogue, builtIn: [probe("probes/a/x.yaml", text)])
        #expect(
            reading.diagnostics.map(\.description) == [
                "probes/a/x.yaml:2:14: error: the catalogue has no such obligation\n"
                    + "  hint: did you mean 'C5.1'?"
            ])
    }

    @Test func `another byte of a probe is another pack`() {
        let one = ProbePack.reading(catalogue: catalogue, builtIn: [probe("probes/a/x.yaml")])
        let other = ProbePack.reading(
            catalogue: catalogue, builtIn: [probe("probes/a/x.yaml", ProbeFileTests.good + "#\n")])
        #expect(one.value?.sha256.count == 64)
        #expect(one.value?.sha256 != other.value?.sha256)
    }

    @Test func `the built-in pack is without a mistake`() {
        let reading = ProbePack.builtIn()
        #expect(reading.diagnostics.map(\.description) == [])
        #expect(reading.value != nil)
    }
}
