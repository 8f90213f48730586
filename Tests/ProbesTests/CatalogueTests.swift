import Documents
import Probes
import Site
import Testing

@Suite struct CatalogueTests {
    private let good = """
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
                probes: []

        """

    private func messages(_ text: String) -> [String] {
        Catalogue.reading(SourceFile(name: "c.yaml", text: text)).diagnostics.map(\.description)
    }

    @Test func `a catalogue without a mistake is read`() {
        #expect(messages(good) == [])
    }

    @Test(arguments: [
        ("schema: 1", "schema: 2", "1:9: error: 'schema' must be between 1 and 1"),
        (", fr: c }\n    obl", " }\n    obl", "9:12: error: missing key 'fr'"),
        (
            "decides: [host]", "decides: [hots]",
            "13:19: error: 'hots' is not a value of 'decides'\n  hint: did you mean 'host'?"
        ),
        (
            "probes: []", "probes: []\n        passes_only_in_fleet: true",
            "13:18: error: only a fleet passes it, and no fleet decides it"
        ),
        (
            "[host]", "[attestation]\n        probes: [a/b]",
            "16:9: error: duplicate key 'probes'\n  hint: it stands in line 14 already"
        ),
        ("probes: []", "probes: [a/b, a/b]", "15:17: error: a probe stands twice"),
        ("high: 2", "hihg: 2", "6:30: error: unknown key 'hihg'\n  hint: did you mean 'high'?"),
    ])
    func `a mistake is shown at its place`(right: String, wrong: String, message: String) {
        #expect(messages(good.replacing(right, with: wrong)).contains("c.yaml:" + message))
    }

    @Test func `an obligation that stands twice is an error`() {
        let clause = good.split(separator: "clauses:\n")[1]
        let shown = messages(good + clause)
        #expect(
            shown == [
                "c.yaml:8:3: error: the clause 'C5' stands twice",
                "c.yaml:8:3: error: the obligation 'C5.1' stands twice",
            ])
    }

    @Test func `the contract's catalogue names every clause, and who decides it`() throws {
        let catalogue = try #require(ProbePack.builtIn().value?.catalogue)
        #expect(
            catalogue.clauses.map(\.id) == [
                "C1.1", "C1.2", "C1.3", "C1.4", "C2", "C3", "C4", "C5", "C6", "C7", "C8.1a",
                "C8.1b", "C8.1c", "C8.1d", "C8.2a", "C8.2b", "C9.1", "C9.2", "C10", "A", "B", "4.3",
                "5.1", "7", "8.3",
            ])
        #expect(catalogue.obligations.count == 41)
        #expect(
            catalogue.obligations.filter(\.passesOnlyInFleet).map(\.id) == ["C6.2", "C6.4"])
        #expect(catalogue.bounds.idleSeconds == 300)
        #expect(catalogue.bounds.idleToleranceSeconds == 30)
    }
}
