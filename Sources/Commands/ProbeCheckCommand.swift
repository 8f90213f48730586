import Agent
import ArgumentParser
import Collectors
import Documents
import Linux
import Probes
import SQLite

/// Holds probes against their cases.
struct ProbeCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check probes against their cases; with --mutate, the cases too.",
        discussion: "Without a directory it checks the built-in probes and their catalogue.")

    @Argument(help: ArgumentHelp("A directory of added probes.", valueName: "dir"))
    var directory: String?

    @Flag(help: "Change each probe's SQL in every way, and expect the cases to notice.")
    var mutate = false

    @Option(help: ArgumentHelp("Check these alone, such as 'accounts/*'.", valueName: "glob"))
    var only: String?

    func run() throws {
        let authored = try translatingFailures {
            try AuthoredProbes(below: directory.map(AbsolutePath.text))
        }
        var findings = directory == nil ? authored.check.disagreements : []
        let glob = Glob(only ?? "*")
        let files = authored.files.filter { glob.matches($0.probe.id) }
        for file in files {
            do throws(SQLiteError) {
                let found = try authored.check.findings(on: file, mutating: mutate)
                let mark = found.isEmpty ? "ok" : "\(found.count) findings"
                StandardStream.output.write("\(file.probe.id): \(mark)\n")
                findings += found
            } catch {
                throw CommandFailure(.internalError, "\(file.probe.id): \(error.message)")
            }
        }
        for finding in findings { StandardStream.error.write("\(finding.description)\n") }
        let errors = findings.count { $0.severity == .error }
        StandardStream.output.write("\(files.count) probes checked, \(errors) errors\n")
        guard errors == 0, !files.isEmpty else { throw ExitStatus.notMet }
    }
}
