import Agent
import ArgumentParser
import Collectors
import Facts
import Linux
import Site

/// Shows tables and what they mean.
struct FactsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "facts",
        abstract: "Show a table of this host, or what every table means.",
        discussion: "Without a table it is the manual: every table, its key, its columns.")

    @Argument(help: ArgumentHelp("The table to gather.", valueName: "table"))
    var table: String?

    @Option(help: ArgumentHelp("Show the answer of this SELECT instead.", valueName: "select"))
    var sql: String?

    @Option(help: ArgumentHelp("Look at this root directory instead.", valueName: "dir"))
    var root: String?

    func run() throws {
        guard table != nil || sql != nil else {
            StandardStream.output.write(FactsManual.text)
            return
        }
        let host = root.map { WorkerHost.offline(root: AbsolutePath.text($0)) } ?? .live
        let question = try translatingFailures { try FactsQuestion(host: host) }
        let answer = try translatingFailures {
            try sql.map { try question.rows(of: $0) } ?? question.rows(in: table ?? "")
        }
        // What gets in is a question that people ask; the whole table is `--sql`'s.
        let text =
            sql == nil && table == "packet_flows"
            ? FlowsText(
                answer.columns, answer.rows, gaps: answer.gaps, isLive: host == .live
            ).text
            : TableText.text(answer.columns, answer.rows)
        StandardStream.output.write(text)
        for gap in answer.gaps {
            let object = gap.object.map { "\($0): " } ?? ""
            StandardStream.error.write(
                "assay: not known: \(gap.table): \(object)\(gap.sentence) (\(gap.code.rawValue))\n")
        }
    }
}
