package import Facts
import PacketFilter
package import Site

/// Whether strangers can reach a socket of the host, by the rules that run.
///
/// It is about rules, addresses and routes alone: a program that refuses whom it does not like, or
/// a unit's `IPAddressDeny=`, is a further control.
package enum Reachability: Sendable, Hashable {
    /// Nothing from outside comes to it.
    case closed
    /// Packets of these sources come to it: `any`, prefixes and ranges, or `not` and those; for
    /// certain, or only if what is not seen is so.
    case open(from: [String], isCertain: Bool)
}

/// Which sockets of a running host strangers can reach: what other controls ask, such as whether an
/// administrative service is open to everybody.
package struct ReachableSockets {
    private let found: [ListeningSocket: Reachability]

    /// Reads the rules and the sockets; nil where either is not known.
    package init?(of host: some HostView, declared: SiteFile) {
        guard let running = HostFirewall(of: host, declared: declared).running,
            let reached = running.listeners?.reached
        else { return nil }
        found = reached
    }

    /// The answer for a row of `listening_ports`; nil of a socket that is not the host's own, such
    /// as one of a container's, or that is bound to no port.
    package func reachability(of row: ListeningPorts.Row) -> Reachability? {
        guard let number = Transport.number(row.transport), let address = Address(row.address),
            let port = UInt16(exactly: row.port)
        else { return nil }
        return found[ListeningSocket(number, address, port: port)]
    }
}

/// What stands behind the flows of a layer.
struct FlowListeners {
    /// What listens behind a flow.
    private(set) var listeners: [PacketFlow: String] = [:]
    /// The sockets behind a flow.
    private(set) var sockets: [PacketFlow: [ListeningSocket]] = [:]
    /// Every socket that was asked about.
    private(set) var reached: [ListeningSocket: Reachability] = [:]

    /// Holds every socket against every flow into the host.
    init(
        of all: HostSockets, behind flows: [PacketFlow], in analysis: FirewallAnalysis
    ) throws(PacketFilterError) {
        let arena = analysis.space.arena
        let flows = flows.filter { $0.direction == .input }
        for socket in all.sockets {
            let reaching = try analysis.packets(reaching: socket)
            let bounds = try analysis.bounds(of: reaching, .input)
            var sources: [String] = []
            for flow in flows where flow.transports.contains(UInt128(socket.transport)) {
                if try arena.intersection(bounds.possible, flow.packets) == .none { continue }
                sockets[flow, default: []].append(socket)
                if !sources.contains(flow.sources) { sources.append(flow.sources) }
            }
            reached[socket] =
                sources.isEmpty
                ? .closed : .open(from: sources, isCertain: bounds.certain != .none)
        }
        for (flow, sockets) in sockets { listeners[flow] = all.text(of: sockets) }
    }
}
