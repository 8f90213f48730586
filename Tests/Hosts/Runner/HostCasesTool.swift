import ArgumentParser

/// Reads labelled states and judges what became of them; `run.sh` calls it.
@main
struct HostCasesTool: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "host-cases", abstract: "Prepare and judge labelled host states.",
        subcommands: [Prepare.self, Judge.self, Report.self])
}
