package import Documents
package import Facts
package import Site

/// The cases of one probe: `<name>.cases.yaml` beside it.
///
/// A list whose elements are cases; one element may hold the mutants that change nothing.
package struct CaseFile: Sendable, Hashable {
    /// A change of the SQL that no host can tell from the original, and why not.
    package struct Equivalent: Sendable, Hashable {
        package var mutant: String
        package var reason: String
        package var mark: Mark
    }

    package var name: String
    package var cases: [ProbeCase]
    package var equivalents: [Equivalent]

    /// The name of the cases' file that belongs to a probe's file.
    package static func name(ofProbeFile name: String) -> String {
        name.hasSuffix(".yaml") ? "\(name.dropLast(".yaml".count)).cases.yaml" : name
    }

    /// The cases that a file holds; tables are read by their schemas.
    package static func reading(
        _ source: SourceFile, schemas: [TableSchema], bounds: ContractBounds
    ) -> Reading<CaseFile> {
        YAMLDocument.reading(source).flatMap { document in
            guard case .list(let nodes) = document.root.content else {
                let message = "the file must be a list of cases"
                return Reading(nil, [Diagnostic(at: document.root.mark, message)])
            }
            var file = CaseFile(name: source.name, cases: [], equivalents: [])
            var diagnostics: [Diagnostic] = []
            for node in nodes {
                let element = MappingReader.reading(node, "a case") { reader in
                    file.take(from: &reader, schemas: schemas, bounds: bounds)
                }
                diagnostics += element.diagnostics
            }
            return Reading(file, diagnostics + file.twins)
        }
    }

    private mutating func take(
        from reader: inout MappingReader, schemas: [TableSchema], bounds: ContractBounds
    ) -> Bool {
        if reader.keys == ["equivalent"] {
            equivalents += reader.sections("equivalent") { reader in
                Equivalent(
                    mutant: reader.text("mutant"), reason: reader.text("reason"),
                    mark: reader.mark(of: "mutant"))
            }
        } else if let read = ProbeCase(from: &reader, schemas: schemas, bounds: bounds) {
            cases.append(read)
        }
        return true
    }

    private var twins: [Diagnostic] {
        var seen: Set<String> = []
        return cases.filter { !seen.insert($0.name).inserted }.map {
            Diagnostic(at: $0.mark, "another case has the same sentence")
        }
    }
}
