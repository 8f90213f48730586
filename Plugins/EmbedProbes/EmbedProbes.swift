import FoundationEssentials
import PackagePlugin

/// Has the files below `probes/` made into a source file of the target.
@main struct EmbedProbes: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let root = context.package.directoryURL.appending(path: "probes")
        let paths = try FileManager.default.subpathsOfDirectory(atPath: root.path)
            .filter { $0.hasSuffix(".yaml") }.sorted()
        let output = context.pluginWorkDirectoryURL.appending(path: "BuiltInFiles.swift")
        return [
            .buildCommand(
                displayName: "Embedding \(paths.count) files of probes",
                executable: try context.tool(named: "embed-probes").url,
                arguments: [output.path, root.path] + paths,
                inputFiles: paths.map { root.appending(path: $0) }, outputFiles: [output])
        ]
    }
}
