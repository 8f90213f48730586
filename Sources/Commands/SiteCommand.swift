import Agent
import ArgumentParser
import Documents
import Linux

/// What the operator declares.
struct SiteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "site", abstract: "Begin and check what is declared about a host.",
        subcommands: [Init.self, Check.self])

    /// Writes a site file to begin with.
    struct Init: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print a site file to begin with: what is open now, for a person to review.")

        @Option(help: ArgumentHelp("Look at this root directory instead.", valueName: "dir"))
        var root: String?

        func run() throws {
            let host = root.map { WorkerHost.offline(root: AbsolutePath.text($0)) } ?? .live
            let text = try translatingFailures {
                try ScanRun(host: host, site: nil, selection: nil, toolVersion: toolVersion)
                    .template()
            }
            StandardStream.output.write(text)
        }
    }

    /// Checks site files.
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check a site file: its keys, its types, and what it declares in vain.",
            discussion: "Without a file: /etc/assay/site.yaml and /etc/assay/site.d/*.yaml.")

        @Argument(help: ArgumentHelp("A site file.", valueName: "file"))
        var file: String?

        @Option(help: ArgumentHelp("The files of this root directory.", valueName: "dir"))
        var root: String?

        func run() throws {
            let host = root.map { WorkerHost.offline(root: AbsolutePath.text($0)) } ?? .live
            let site = file.map(AbsolutePath.text)
            let (role, files, warnings) = try translatingFailures {
                try ScanRun(host: host, site: site, selection: nil, toolVersion: toolVersion)
                    .checkedSite()
            }
            for warning in warnings { StandardStream.error.write("\(warning.description)\n") }
            let what = files.isEmpty ? "nothing is declared" : "\(files.count) understood"
            StandardStream.output.write("\(what), role: \(role ?? "not declared")\n")
        }
    }
}
