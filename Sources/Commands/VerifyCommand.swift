import Agent
import ArgumentParser
import Evidence
import Facts
import Linux
import Probes

/// Verifies reports and series against keys that the caller names.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Verify reports and series against keys that you name.",
        discussion: """
            Answers authenticity alone: the status is 0 also when clauses fail. Trust is never taken
            from the files: name each key by its PEM file, or by its SHA-256 as sha256:<64 digits>.
            """)

    @Argument(help: ArgumentHelp("Reports and series, in the order of time.", valueName: "file"))
    var files: [String]

    @OptionGroup var trust: TrustOptions

    func run() throws {
        do {
            var verifier = Verifier(try trust.trust())
            var verdicts: [ReportFields.Verdict] = []
            for file in files {
                try verifier.read(try trust.reader(of: file)) { report throws(EvidenceError) in
                    verdicts.append(report.fields.overall)
                }
            }
            let series = try verifier.series()
            StandardStream.output.write(
                Self.text(of: series, last: verdicts.last?.rawValue ?? "none"))
        } catch let error as EvidenceError {
            throw CommandFailure(error)
        }
    }

    private static func text(of series: VerifiedSeries, last: String) -> String {
        var lines = ["ok: \(series.entries.count) authentic", "last overall verdict: \(last)"]
        for chain in series.chains {
            lines.append(
                "series of host \(Readable.text(chain.hostId.utf8)): \(chain.first.sequence) to "
                    + "\(chain.last.sequence), key sha256:\(chain.keyId)")
            if chain.first.sequence > 1 {
                lines.append("  it begins above 1: what came before is not among these files")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
