import ArgumentParser
import Documents
import Linux
import Probes

/// Authoring and understanding of probes.
struct ProbeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "probe", abstract: "List, show and check probes.", subcommands: [List.self])

    /// Lists the probes.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the built-in probes.")

        func run() throws {
            let reading = ProbePack.builtIn()
            guard let pack = reading.value else { throw CommandFailure(reading.diagnostics) }
            for probe in pack.probes {
                StandardStream.output.write(
                    "\(probe.id)  \(probe.weight.rawValue)  "
                        + "\(probe.obligations.joined(separator: " "))  \(probe.title)\n")
            }
        }
    }
}
