import ArgumentParser

/// Authoring and understanding of probes.
struct ProbeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "probe", abstract: "List, show, begin and check probes.",
        subcommands: [
            ProbeListCommand.self, ProbeShowCommand.self, ProbeNewCommand.self,
            ProbeCheckCommand.self,
        ])
}
