package import Documents

/// The catalogue and every probe that a scan may run.
package struct ProbePack: Sendable, Hashable {
    package var catalogue: Catalogue
    /// Sorted by the bytes of their ids.
    package var files: [ProbeFile]

    /// Every probe, sorted by the bytes of its id.
    package var probes: [Probe] { files.map(\.probe) }

    /// Lower-case hex SHA-256 over the lines `<sha256>  <id>` of all its probes.
    package var sha256: String

    /// The pack that these files make; added ones only add.
    ///
    /// The names of added files are paths, so that their last two parts make the id.
    package static func reading(
        catalogue: SourceFile, builtIn: [SourceFile], added: [SourceFile] = []
    ) -> Reading<ProbePack> {
        reading(catalogue: Catalogue.reading(catalogue), builtIn: builtIn, added: added)
    }

    static func reading(
        catalogue: Reading<Catalogue>, builtIn: [SourceFile], added: [SourceFile]
    ) -> Reading<ProbePack> {
        let own = builtIn.map { ProbeFile.reading($0, origin: .builtIn) }
        let others = added.map { ProbeFile.reading($0, origin: .added) }
        let diagnostics = catalogue.diagnostics + (own + others).flatMap(\.diagnostics)
        guard let catalogue = catalogue.value else { return Reading(nil, diagnostics) }
        let files = (own + others).compactMap(\.value).sorted {
            $0.probe.id.utf8.lexicographicallyPrecedes($1.probe.id.utf8)
        }
        let lines = files.map { "\($0.probe.sha256)  \($0.probe.id)\n" }
        let digest = SourceFile(name: "the probe pack", text: lines.joined()).digest
        let pack = ProbePack(catalogue: catalogue, files: files, sha256: digest.value ?? "")
        return Reading(pack, diagnostics + digest.diagnostics + pack.twins + pack.strangers)
    }

    // Built-in files are first in the order of reading, so the second of two is the added one.
    private var twins: [Diagnostic] {
        let groups = Dictionary(grouping: files) { $0.probe.id }.values.filter { $0.count > 1 }
        return groups.flatMap { group in
            let isBuiltIn = group.contains { $0.probe.origin == .builtIn }
            return group.filter { $0.probe.origin == .added || !isBuiltIn }.map { file in
                Diagnostic(
                    at: Mark(file: file.source.name),
                    isBuiltIn
                        ? "'\(file.probe.id)' is a built-in probe, and probes are only added"
                        : "there are two probes '\(file.probe.id)'",
                    hint: "give the file another name")
            }
        }
    }

    private var strangers: [Diagnostic] {
        let known = catalogue.obligations.map(\.id)
        return files.flatMap { file in
            file.probe.obligations.filter { !known.contains($0) }.map { id in
                file.diagnostic(
                    in: "obligations", "the catalogue has no such obligation",
                    hint: Suggestion.hint(for: id, among: known))
            }
        }
    }
}
