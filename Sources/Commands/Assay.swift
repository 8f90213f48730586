package import ArgumentParser
import Agent
import Linux

/// The program: its verbs, and what it says when something is wrong.
package struct Assay: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "assay",
        abstract: "Tests a host against the measures that were promised, and signs what it found.",
        discussion: """
            exit codes:
              0   met
              1   not met
              2   malformed or not authentic
              3   authentic, but not current or not for this gate
              4   undecided
              64  wrong usage or configuration
              70  internal error
            """,
        version: toolVersion,
        subcommands: [
            ScanCommand.self, VerifyCommand.self, RejudgeCommand.self, ReportCommand.self,
            FactsCommand.self, ProbeCommand.self, SiteCommand.self, KeyCommand.self,
            FirewallCommand.self, WorkerCommand.self,
        ])

    /// A command needs nothing to start with.
    package init() {}

    /// Carries out a command line; gives the status to leave with.
    package static func run(_ arguments: [String]) -> Int32 {
        do {
            var command = try parseAsRoot(arguments)
            try command.run()
            return ExitStatus.met.rawValue
        } catch let failure as CommandFailure {
            return failure.report()
        } catch let status as ExitStatus {
            return status.rawValue
        } catch {
            return report(error)
        }
    }

    private static func report(_ error: any Error) -> Int32 {
        let text = fullMessage(for: error)
        guard exitCode(for: error) != .success else {
            StandardStream.output.write(text + "\n")
            return ExitStatus.met.rawValue
        }
        let prefix = "Error: "
        let message = text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : text
        StandardStream.error.write("assay: error: \(message)\n")
        return exitCode(for: error) == .validationFailure
            ? ExitStatus.wrongUsage.rawValue : ExitStatus.internalError.rawValue
    }
}

extension ExitStatus: Error {}
