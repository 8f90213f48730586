import ArgumentParser
import Evidence
import Linux

/// Reads what is stored.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Read what is stored.", subcommands: [Show.self])

    /// Shows one report.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a stored report; of a series, the last.",
            discussion: "Without --key the report must be this host's own.")

        @Argument(help: ArgumentHelp("A report or a series.", valueName: "file"))
        var file: String

        @OptionGroup var trust: TrustOptions
        @OptionGroup var state: StateOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let (report, line) = try StoredReport(trust: trust, state: state).last(in: file)
            let names = trust.keys.isEmpty ? (try? state.store().names()) ?? [:] : [:]
            try output.show(report, line: line, names: names)
        }
    }
}
