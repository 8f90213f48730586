import Documents
import Facts
import Probes
import Site
import Testing

@Suite struct AuthoringTests {
    @Test func `the list has a line for each probe, and marks those that were added`() throws {
        var sample = CheckSample()
        sample.added = [
            SourceFile(
                name: "/etc/assay/probes.d/own/one.yaml",
                text: sample.probe.replacing("weight: promise", with: "weight: advice")
                    .replacing("Doors are locked", with: "\"Doors\\e[2J\""))
        ]
        let pack = try #require(sample.pack)
        #expect(
            ProbeListing(of: pack).text == """
                a/doors   promise  high  C5.1  Doors are locked
                +own/one  advice   high  C5.1  Doors\\x1b[2J

                """)
    }

    @Test func `the page shows what is asked, why, and what is read`() throws {
        let pack = try #require(CheckSample().pack)
        let file = try #require(pack.files.first)
        let plan = try Plan(probes: pack.probes, schemas: [CheckSample.doors])
        let page = ProbePage(
            of: file, by: pack.catalogue, reads: plan.reads["a/doors"] ?? [:], cases: nil)
        for expected in [
            "title\n    Doors are locked\n", "id\n    a/doors, built in\n",
            "judged as\n    promise, high\n", "obligations\n    C5.1: b\n",
            "roles\n    server, workstation\n", "reads\n    doors: door, kind, lock\n",
            "population\n    doors, empty: unknown\n", "repair\n    Lock it.\n",
            "    WHERE  kind <> 'painted'\nwhy\n",
        ] {
            #expect(page.text.contains(expected), "\(expected) is not in \(page.text)")
        }
    }

    @Test(arguments: ["accounts", "a/b/c", "A/b", "a/b.yaml", "../b", "a/b c", ""])
    func `a new probe needs an id`(id: String) {
        #expect(ProbeTemplate(id: id) == nil)
    }

    @Test func `the files of a new probe are read without a word`() throws {
        let template = try #require(ProbeTemplate(id: "accounts/own-rule"))
        #expect(template.probePath == "accounts/own-rule.yaml")
        #expect(template.casesPath == "accounts/own-rule.cases.yaml")
        let probe = SourceFile(name: template.probePath, text: template.probe)
        #expect(ProbeFile.reading(probe, origin: .added).diagnostics.isEmpty)
        let cases = SourceFile(name: template.casesPath, text: template.cases)
        let read = CaseFile.reading(cases, schemas: [], bounds: .none)
        #expect(read.value?.cases.count == 3)
    }
}
