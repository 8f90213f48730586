import Agent
import ArgumentParser
import Linux

/// What the rules of a host do.
struct FirewallCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "firewall", abstract: "Understand what a firewall lets in.",
        subcommands: [Explain.self])

    /// Walks one packet through the rules.
    struct Explain: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Walk one packet through hooks, chains and rules, now and at the next boot.",
            discussion: """
                A packet is a protocol, and what else matters of: a port, `from` an address, `port` \
                of its source, `to` an address, `on` an interface.
                """)

        @Argument(
            help: ArgumentHelp(
                "Such as 'tcp 5432 from 203.0.113.9 on eth0'.", valueName: "packet"))
        var packet: String

        @Option(help: ArgumentHelp("Look at this root directory instead.", valueName: "dir"))
        var root: String?

        func run() throws {
            let host = root.map { WorkerHost.offline(root: AbsolutePath.text($0)) } ?? .live
            let lines = try translatingFailures {
                try ScanRun(host: host, site: nil, selection: nil, toolVersion: toolVersion)
                    .way(of: packet)
            }
            guard let lines else {
                throw CommandFailure(
                    .wrongUsage, "this is no packet: '\(packet)'",
                    hint: "write such as 'tcp 5432 from 203.0.113.9 on eth0'")
            }
            StandardStream.output.write(lines.joined(separator: "\n") + "\n")
        }
    }
}
