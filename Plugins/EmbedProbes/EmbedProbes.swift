import PackagePlugin

/// Has the YAML files of a target made into a source file of it.
@main struct EmbedProbes: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let files = (target.sourceModule?.sourceFiles.map(\.url) ?? [])
            .filter { $0.pathExtension == "yaml" }
            .sorted { $0.path < $1.path }
        let output = context.pluginWorkDirectoryURL.appending(path: "BuiltInFiles.swift")
        return [
            .buildCommand(
                displayName: "Embedding \(files.count) files of probes",
                executable: try context.tool(named: "embed-probes").url,
                arguments: [output.path, context.package.directoryURL.path] + files.map(\.path),
                inputFiles: files, outputFiles: [output])
        ]
    }
}
