import BuiltInProbes
package import Documents

extension ProbePack {
    private static let cataloguePath = "probes/controls/appendix-c.yaml"
    private static let casesSuffix = ".cases.yaml"

    /// The built-in catalogue and probes, and those that were added.
    package static func builtIn(added: [SourceFile] = []) -> Reading<ProbePack> {
        let files = BuiltInFile.all
        let catalogue = files.first { $0.path == cataloguePath }
        let probes = files.filter {
            !$0.path.hasPrefix("probes/controls/") && !$0.path.hasSuffix(casesSuffix)
        }
        return reading(
            catalogue: SourceFile(name: cataloguePath, text: catalogue?.text ?? ""),
            builtIn: probes.map(\.source), added: added)
    }

    /// The cases of the built-in probes.
    package static var builtInCases: [SourceFile] {
        BuiltInFile.all.filter { $0.path.hasSuffix(casesSuffix) }.map(\.source)
    }
}

extension BuiltInFile {
    fileprivate var source: SourceFile { SourceFile(name: path, text: text) }
}
