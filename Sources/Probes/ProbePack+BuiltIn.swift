import BuiltInProbes
package import Documents

extension ProbePack {
    /// The built-in catalogue, probes and cases.
    package static let builtInFiles = ProbeFiles(
        BuiltInFile.all.map { SourceFile(name: $0.path, text: $0.text) })

    /// The built-in catalogue and probes, and those that were added; their cases are left out.
    package static func builtIn(added: [SourceFile] = []) -> Reading<ProbePack> {
        reading(
            catalogue: builtInCatalogue, builtIn: builtInFiles.probes,
            added: added.filter { !$0.name.hasSuffix(".cases.yaml") })
    }

    /// The built-in catalogue alone, read once.
    package static let builtInCatalogue: Reading<Catalogue> = Catalogue.reading(
        builtInFiles.catalogue ?? SourceFile(name: "probes/controls/appendix-c.yaml", bytes: []))

    /// The cases of the built-in probes.
    package static var builtInCases: [SourceFile] { builtInFiles.cases }
}
