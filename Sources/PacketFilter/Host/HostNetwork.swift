/// What a ruleset needs to know about its host: interfaces, addresses, routes.
package struct HostNetwork: Hashable, Sendable {
    package var interfaces: [NetworkInterface]
    package var routes: [Route]
    /// The routes are all that there are; otherwise any interface may be the way to any address
    /// (an image, or policy routing).
    package var knowsRoutes: Bool
    /// Interfaces that the site declares inside: what comes by them is not judged.
    package var inside: Set<String>
    /// IPv4 packets from an interface that does not exist yet are forwarded (`default` sysctls).
    package var forwards4ByDefault: Bool
    /// IPv6 packets from an interface that does not exist yet are forwarded.
    package var forwards6ByDefault: Bool
    /// An interface that does not exist yet will have IPv6.
    package var hasIPv6ByDefault: Bool

    /// A network by its parts.
    package init(
        interfaces: [NetworkInterface] = [], routes: [Route] = [], knowsRoutes: Bool = true,
        inside: Set<String> = [], forwards4ByDefault: Bool = false,
        forwards6ByDefault: Bool = false, hasIPv6ByDefault: Bool = true
    ) {
        self.interfaces = interfaces
        self.routes = routes
        self.knowsRoutes = knowsRoutes
        self.inside = inside
        self.forwards4ByDefault = forwards4ByDefault
        self.forwards6ByDefault = forwards6ByDefault
        self.hasIPv6ByDefault = hasIPv6ByDefault
    }

    /// A host of which only files are there: no interface, no address, no route is known.
    package static let image = HostNetwork(knowsRoutes: false)

    /// Interfaces by which strangers come: all but loopback and those declared inside.
    package var outside: [NetworkInterface] {
        interfaces.filter { !$0.isLoopback && !inside.contains($0.name) }
    }

    /// Interfaces that the site may not call inside: they have a default route or a globally
    /// routable address.
    package var wronglyInside: [String] {
        interfaces.filter { inside.contains($0.name) && leadsToInternet($0) }.map(\.name)
    }

    /// It has a default route or a globally routable address.
    package func leadsToInternet(_ interface: NetworkInterface) -> Bool {
        interface.addresses.contains { $0.address.isGloballyRoutable }
            || routes.contains { $0.interface == interface.name && $0.destination.length == 0 }
    }

    /// Packets certainly come by an interface that does not exist yet, because no outside one that
    /// exists leads to the internet.
    package var expectsOtherInterfaces: Bool {
        !outside.contains(where: leadsToInternet)
    }

    /// The host's own unicast addresses, loopback among them.
    package var ownAddresses: AddressSet {
        let own = interfaces.flatMap(\.addresses).map(\.address)
        let loopback = [Prefix("127.0.0.0/8"), Prefix("::1")].compactMap { $0 }
        return AddressSet(own.map { Prefix($0, length: $0.family.width) } + loopback)
    }

    /// The addresses that its interfaces bear.
    package var interfaceAddresses: AddressSet {
        AddressSet(
            interfaces.flatMap(\.addresses).map(\.address).map {
                Prefix($0, length: $0.family.width)
            })
    }

    /// Where packets for all hosts of a network go.
    package var broadcastAddresses: IntervalSet {
        let networks = interfaces.flatMap(\.addresses).compactMap(\.broadcastRange)
        return IntervalSet(networks + [0xFFFF_FFFF...0xFFFF_FFFF])
    }
}

extension InterfaceAddress {
    /// The address to which the kernel adds a broadcast route, as numbers of 32 bits.
    var broadcastRange: ClosedRange<UInt128>? {
        // Loopback is refused from outside before any route is looked for.
        guard address.family == .v4, !SpecialAddresses.loopback4.contains(address.number) else {
            return nil
        }
        if let broadcast { return broadcast.number...broadcast.number }
        // A network of one or two addresses has none; see RFC 3021.
        guard length < 31 else { return nil }
        let last = Prefix(address, length: length).range.upperBound
        return last...last
    }
}
