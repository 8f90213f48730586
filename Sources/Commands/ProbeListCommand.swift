import Agent
import ArgumentParser
import Linux
import Probes

/// Lists every probe, built in or added.
struct ProbeListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List every probe; added ones have a +.")

    func run() throws {
        let pack = try translatingFailures { try ProbePack.installed() }
        StandardStream.output.write(ProbeListing(of: pack).text)
    }
}
