import Documents
import Facts

/// All there is to say about one probe: what `assay probe show` prints.
package struct ProbePage {
    private let file: ProbeFile
    private let catalogue: Catalogue
    private let reads: Plan.Reads
    private let cases: CaseFile?

    /// A page about a probe of a pack; `reads` is what its SQL reads.
    package init(
        of file: ProbeFile, by catalogue: Catalogue, reads: Plan.Reads, cases: CaseFile?
    ) {
        self.file = file
        self.catalogue = catalogue
        self.reads = reads
        self.cases = cases
    }

    /// Paragraphs of a heading and indented lines.
    package var text: String {
        let probe = file.probe
        var paragraphs = [
            ("title", [probe.title]), ("id", ["\(probe.id), \(origin)"]),
            ("sha256", [probe.sha256]),
            ("judged as", ["\(probe.weight.rawValue), \(probe.severity.rawValue)"]),
            ("obligations", obligations), ("roles", [roles]), ("reads", tables),
            ("population", ["\(probe.population), empty: \(probe.empty.rawValue)"]),
            ("exclude", lines(probe.exclude ?? "")), ("judge", lines(probe.judge)),
            ("why", lines(probe.why)), ("repair", lines(probe.repair)),
            ("references", probe.references),
        ]
        if let cases {
            paragraphs.append(
                ("cases", cases.cases.map { "\($0.expectation.words): \($0.name)" }))
        }
        return paragraphs.filter { !$0.1.isEmpty }.map { heading, lines in
            "\(heading)\n" + lines.map { "    \(Readable.text($0.utf8))\n" }.joined()
        }.joined()
    }

    private var origin: String {
        file.probe.origin == .builtIn ? "built in" : "added by \(file.source.name)"
    }

    private var obligations: [String] {
        file.probe.obligations.map { id in
            let text = catalogue.obligations.first { $0.id == id }?.text[.en]
            return "\(id): \(text ?? "")"
        }
    }

    private var roles: String {
        Role.allCases.filter(file.probe.roles.contains).map(\.rawValue).joined(separator: ", ")
    }

    private var tables: [String] {
        reads.sorted { $0.key < $1.key }.map { table, columns in
            "\(table): \(columns.filter { !$0.isEmpty }.sorted().joined(separator: ", "))"
        }
    }

    private func lines(_ text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            .reversed().drop { $0.isEmpty }.reversed()
    }
}
