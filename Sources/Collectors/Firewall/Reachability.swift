package import PacketFilter

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

extension HostFirewall {
    /// Whether strangers can reach a socket of the host, and who: what other controls ask, such as
    /// whether an administrative service is open to everybody.
    ///
    /// A table that needs it is one of this reading (`SharingCollector`); a probe reads
    /// `reachable_listeners`. Nil where the rules or the sockets are not known, and of a socket that
    /// is not the host's own, such as one of a container's.
    package func reachability(of socket: ListeningSocket) -> Reachability? {
        running?.listeners?.reached[socket].map(Reachability.init)
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
