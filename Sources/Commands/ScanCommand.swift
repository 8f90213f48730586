import Agent
import ArgumentParser
import Evidence
import Linux

/// Probes this host, signs, stores, prints: the main job.
struct ScanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan",
        abstract: "Scan this host, or a root directory, and keep a signed report.",
        discussion: """
            Run it as root: what root alone may read is unknown otherwise, and the report says so.
            Standard output is the result, standard error is progress and where the report is.
            """)

    @Option(
        help: ArgumentHelp("Scan this root directory instead: a mounted image.", valueName: "dir"))
    var root: String?

    @Option(
        help: ArgumentHelp(
            "What the operator declares; otherwise /etc/assay/site.yaml of what is scanned.",
            valueName: "file"))
    var site: String?

    @Option(
        help: ArgumentHelp(
            "Run these probes alone, such as 'accounts/*'; the report stands outside the series.",
            valueName: "glob"))
    var only: String?

    @Flag(
        help: """
            Load the rules of the next boot with the host's own programs as well, in a network of \
            their own, instead of reading their files alone.
            """)
    var replay = false

    @OptionGroup var state: StateOptions
    @OptionGroup var output: OutputOptions

    @Flag(name: .shortAndLong, help: "Show no progress.")
    var quiet = false

    func run() throws {
        let progress = ProgressLine(isShown: !quiet && StandardStream.error.isTerminal)
        let scan = try translatingFailures {
            try ScanRun(
                host: try host(), site: site.map(AbsolutePath.text), selection: only,
                toolVersion: toolVersion)
        }
        let (outcome, names) = try translatingFailures {
            try scan.run(storingAt: state.path, isRequired: state.stateDirectory != nil) {
                progress.show($0)
            }
        }
        progress.clear()
        try output.show(outcome.report, line: outcome.line, names: names)
        for torn in outcome.torn {
            StandardStream.error.write("assay: warning: an unfinished line was moved to \(torn)\n")
        }
        if let path = outcome.path {
            StandardStream.error.write("assay: report: \(path)\n")
        } else {
            StandardStream.error.write("assay: nothing is signed: there is nowhere to keep a key\n")
        }
        throw ExitStatus(of: outcome.report)
    }

    private func host() throws -> WorkerHost {
        guard let root else { return replay ? .replaying : .live }
        guard !replay else {
            throw CommandFailure(
                .wrongUsage, "programs of a root directory are never run",
                hint: "leave out --replay or --root")
        }
        return .offline(root: AbsolutePath.text(root))
    }
}
