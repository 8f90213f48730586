import Facts
import Netlink
import PacketFilter

/// The network of a running host, as the kernel tells it now.
struct NetworkState: Sendable {
    var links: [LinkRecord]
    var addresses: [AddressRecord]
    var routes: [RouteRecord]
    /// Packets choose their table of routes by more than their destination; see ip-rule(8).
    var hasOwnRules: Bool

    /// Asks the kernel; an answer that is not understood is an error.
    init(of host: some HostView) throws(HostError) {
        links = try Self.records(of: host, .links, ofType: 16) { LinkRecord($0) }
        addresses = try Self.records(of: host, .addresses, ofType: 20) { AddressRecord($0) }
        // Other families than IP, such as MPLS, have routes that no packet of ours takes.
        routes = try Self.records(of: host, .routes, ofType: 24) { RouteRecord($0) }
        let rules = try Self.records(of: host, .rules, ofType: 32) { RuleRecord($0) }
        hasOwnRules = rules.contains { !$0.isUsual }
    }

    private static func records<Record>(
        of host: some HostView, _ question: NetlinkQuestion, ofType type: UInt16,
        _ parse: (NetlinkMessage) -> Record?
    ) throws(HostError) -> [Record] {
        var records: [Record] = []
        for message in try host.answer(to: question) {
            guard let family = message.body.first, [0, 2, 10].contains(family) else { continue }
            guard let record = parse(message) else { throw HostError(.readFailed, "netlink") }
            records.append(record)
        }
        return records
    }

    /// Interfaces by which routes of any table lead to most of the internet: a default route, or the
    /// parts that take its place, such as `0.0.0.0/1` and `128.0.0.0/1`.
    var defaultWays: Set<String> {
        var ways: Set<String> = []
        // Half of all addresses of IPv4, the global unicast of IPv6 (2000::/3).
        for (family, most) in [(Address.Family.v4, UInt128(1) << 31), (.v6, UInt128(1) << 125)] {
            let unicast = routes.filter { $0.kind == .unicast && $0.destination.family == family }
            for index in Set(unicast.flatMap(\.interfaces)) {
                let own = unicast.filter { $0.interfaces.contains(index) }
                let covered = IntervalSet(own.map(\.destination.range)).ranges.contains {
                    $0.upperBound - $0.lowerBound >= most - 1
                }
                if covered, let name = name(index) { ways.insert(name) }
            }
        }
        return ways
    }

    /// The interface of a number.
    func name(_ index: Int32) -> String? { links.first { $0.index == index }?.name }
}
