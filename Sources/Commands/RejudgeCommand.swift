import Agent
import ArgumentParser
import Documents
import Evidence
import Facts
import Linux
import Probes
import Reports
import SQLite

/// Judges a report again, from the files of its facts.
struct RejudgeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rejudge",
        abstract: "Judge a report again, from the files of its facts alone.",
        discussion: """
            Names the probes whose tables were withheld, and every verdict that is another one now.
            Without --key the report must be this host's own.
            """)

    @Argument(
        help: ArgumentHelp("A file with one report, or a series: its last.", valueName: "report"))
    var report: String

    @Option(help: ArgumentHelp("The files <sha256>.jsonl of its facts.", valueName: "dir"))
    var facts: String?

    @OptionGroup var trust: TrustOptions
    @OptionGroup var state: StateOptions

    func run() throws {
        let (report, _) = try StoredReport(trust: trust, state: state).last(in: report)
        let directory = facts ?? state.path.map { $0 + "/facts" }
        let files = try FactFiles(directory: directory).files(of: report)
        guard let pack = ProbePack.builtIn().value else {
            throw CommandFailure(.internalError, "the built-in probes are broken")
        }
        let judgement: Rejudgement
        do throws(SQLiteError) {
            judgement = try Rejudgement(of: report, from: files, by: pack)
        } catch {
            throw CommandFailure(.internalError, "the facts cannot be judged: \(error.message)")
        }
        StandardStream.output.write(Self.text(of: judgement))
        throw judgement.status
    }

    private static func text(of judgement: Rejudgement) -> String {
        var lines = ["\(judgement.same) results are the same"]
        if !judgement.isSamePack { lines.append("the report was judged by other probes") }
        lines += judgement.changes.map { change in
            let layer = change.layer.map { " (\(Readable.text($0.utf8)))" } ?? ""
            let before = change.before?.rawValue ?? "not judged"
            return "changed: \(Readable.text(change.probe.utf8))\(layer): \(before) → "
                + (change.after?.rawValue ?? "not judged")
        }
        lines += judgement.omissions.map {
            "not repeated: \($0.probe): without \($0.tables.joined(separator: ", "))"
        }
        lines += judgement.assessment.clauses.filter(\.isMeasured).map {
            "\($0.clause.id): \($0.verdict.rawValue)"
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
