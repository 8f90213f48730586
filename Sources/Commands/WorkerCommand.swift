import Agent
import ArgumentParser

/// Gathers tables for a scan: started by the agent itself, never by a person.
struct WorkerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "worker", shouldDisplay: false)

    func run() throws {
        throw ExitCode(Worker.serve())
    }
}
