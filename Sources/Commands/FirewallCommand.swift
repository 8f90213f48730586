import Agent
import ArgumentParser
import Facts
import Linux
import StrictJSON

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
                Says whether the first packet of a connection gets in, where and why it ends, and \
                every rule on its way. A rule that hangs on what nobody sees is told with 'may'.

                A packet is a protocol (tcp, udp, icmp, ipv6-icmp, a number, any), then its port or \
                its type of ICMP, then in any order:
                  from ADDRESS   where it comes from, an address or a network
                  sport PORT     the port that it comes from
                  to ADDRESS     where it goes to; otherwise to this host
                  on INTERFACE   where it arrives; otherwise by the one that leads outside
                What is left out may be anything: a packet that gets in is looked for first.

                  assay firewall explain 'tcp 5432 from 203.0.113.9 on eth0'
                  assay firewall explain 'udp 53 from 2001:db8::9 sport 40000'
                  assay firewall explain 'icmp echo-request'
                  assay firewall explain 'tcp 80 from 203.0.113.9 to 172.17.0.2 on eth0'

                Leaves with 0 where the way is known, with 4 where no layer is.
                """)

        @Argument(
            help: ArgumentHelp(
                "Such as 'tcp 5432 from 203.0.113.9 on eth0'; quotes may be left out.",
                valueName: "packet"))
        var packet: [String]

        @Option(help: ArgumentHelp("Look at this root directory instead.", valueName: "dir"))
        var root: String?

        @Option(help: ArgumentHelp("Hold it against this site file.", valueName: "file"))
        var site: String?

        @Option(help: "text or json.")
        var format: ExplanationFormat = .text

        func run() throws {
            let host = root.map { WorkerHost.offline(root: AbsolutePath.text($0)) } ?? .live
            let answer = try translatingFailures {
                try ScanRun(
                    host: host, site: site.map(AbsolutePath.text), selection: nil,
                    toolVersion: toolVersion
                ).way(of: packet.joined(separator: " "))
            }
            switch format {
            case .text:
                let lines = answer.lines.map { Readable.text($0.utf8) + "\n" }
                StandardStream.output.write(lines.joined())
            case .json: StandardStream.output.write(answer.document.bytes + [0x0A])
            }
            if !answer.isKnown { throw ExitStatus.undecided }
        }
    }
}

/// How the way of a packet is shown.
enum ExplanationFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
}
