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
            let listeners = running.listeners
        else { return nil }
        found = listeners.reached.mapValues(Reachability.init)
    }

    /// The answer for a row of `listening_ports`; nil of a socket that is not the host's own, such
    /// as one of a container's, or that is bound to no port.
    package func reachability(of row: ListeningPorts.Row) -> Reachability? {
        ListeningSocket(row).flatMap { found[$0] }
    }
}

extension Reachability {
    init(_ reach: FlowListeners.Reach) {
        var sources: [String] = []
        for flow in reach.flows where !sources.contains(flow.sources) {
            sources.append(flow.sources)
        }
        if sources.contains("any") { sources = ["any"] }
        self = sources.isEmpty ? .closed : .open(from: sources, isCertain: reach.isCertain)
    }
}
