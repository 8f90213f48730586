/// The packets that could open a new flow from outside.
struct Scope {
    let evaluator: Evaluator

    private var space: PacketSpace { evaluator.space }
    private var arena: DiagramArena { evaluator.arena }
    private var network: HostNetwork { evaluator.network }

    /// The numbers of the interfaces by which strangers come.
    var outside: IntervalSet {
        let members = space.interfaces.members.enumerated().filter { _, member in
            guard let name = member.name else { return true }
            let isLoopback = network.interfaces.contains { $0.name == name && $0.isLoopback }
            return name != "lo" && !isLoopback && !network.inside.contains(name)
        }
        return IntervalSet(members.map { UInt128($0.offset)...UInt128($0.offset) })
    }

    /// Packets that arrive by an outside interface.
    func arriving() throws(PacketFilterError) -> Diagram {
        try arena.intersection([entering(), flowOpeners(), packetType()])
    }

    /// The same without what the sender decides and no rule asks for: it would be told anew of each
    /// port that rules treat differently.
    func entering() throws(PacketFilterError) -> Diagram {
        try arena.intersection([
            space.packets(.input, in: outside), askedFor(.tcpFlags, flowOpeners), sources(),
            families(), destinations(), askedFor(.packetType, packetType),
        ])
    }

    private func askedFor(
        _ field: Field, _ packets: () throws(PacketFilterError) -> Diagram
    ) throws(PacketFilterError) -> Diagram {
        evaluator.ruleset.mentions(field) ? try packets() : .all
    }

    /// Packets that this host sends by an outside interface; it chooses every address itself.
    func leaving() throws(PacketFilterError) -> Diagram {
        try arena.intersection(sent(), flowOpeners())
    }

    /// The same without what no rule asks for, as in `entering`.
    func sent() throws(PacketFilterError) -> Diagram {
        let unicast = try arena.complement(
            addressed(
                .destination, SpecialAddresses.loopback4, SpecialAddresses.loopback6))
        return try arena.intersection([
            space.packets(.output, in: outside), space.packets(.unnamedDestination, 0),
            askedFor(.tcpFlags, flowOpeners), unicast,
            arena.complement(evaluator.local(space.word(.destination))),
        ])
    }

    /// A TCP flow opens with SYN, without ACK, RST and FIN.
    private func flowOpeners() throws(PacketFilterError) -> Diagram {
        let flags = try space.word(.tcpFlags)
        let opening = try arena.difference(flags[6], arena.union([flags[3], flags[5], flags[7]]))
        return try arena.choose(space.packets(.transport, 6), opening, .all)
    }

    private func addressed(
        _ field: Field, _ v4: IntervalSet, _ v6: IntervalSet
    ) throws(PacketFilterError) -> Diagram {
        try arena.union(space.packets(field, ofIPv4: v4), space.packets(field, ofIPv6: v6))
    }

    /// What the kernel takes as a source: not loopback, not multicast, and not its own address
    /// unless `accept_local` says so (`fib_validate_source`).
    private func sources() throws(PacketFilterError) -> Diagram {
        let refused = try addressed(
            .source, SpecialAddresses.refusedSources4, SpecialAddresses.refusedSources6)
        // A host without an address asks for one from 0.0.0.0, and speaks to its link
        // (`ip_mc_validate_source`).
        let groups = try arena.union(
            space.packets(.destination, ofIPv4: SpecialAddresses.linkGroups4),
            arena.intersection(
                space.packets(.transport, 2),
                space.packets(.destination, ofIPv4: SpecialAddresses.multicast4)))
        let everybody = try space.packets(.destination, ofIPv4: IntervalSet(0xFFFF_FFFF))
        let asking = try arena.intersection(
            space.packets(.source, ofIPv4: IntervalSet(0)), arena.union(groups, everybody))
        // Without a reverse path check the limited broadcast is taken from loopback too.
        let unchecked = try arena.intersection([
            space.packets(.source, ofIPv4: SpecialAddresses.loopback4), everybody,
            inputs { $0.sourceCheck == .none },
        ])
        let own = try space.packets(.source, ofIPv4: network.interfaceAddresses.v4)
        let takesOwn = try inputs(\.acceptsLocal)
        let taken = try arena.difference(
            arena.union(asking, unchecked), arena.difference(own, takesOwn))
        let bad = try arena.union([
            arena.difference(refused, taken), arena.difference(own, takesOwn),
            unrouted(),
        ])
        return arena.complement(bad)
    }

    /// Packets that arrive by one of these interfaces.
    private func inputs(_ isMeant: (NetworkInterface) -> Bool) throws(PacketFilterError) -> Diagram
    {
        let numbers = network.interfaces.filter(isMeant).compactMap {
            space.interfaces.number(of: $0.name)
        }
        return try space.packets(
            .input, in: IntervalSet(numbers.map { UInt128($0)...UInt128($0) }))
    }

    /// IPv4 packets whose source the reverse path check refuses: no way leads back (loose), or none
    /// by the same interface (strict); see RFC 3704.
    private func unrouted() throws(PacketFilterError) -> Diagram {
        guard network.knowsRoutes else { return .none }
        let table = RoutingTable(network.routes, family: .v4)
        let anyWay = table.addresses.filter { $0.key != nil }.values.flatMap(\.ranges)
        let hasWay = try space.packets(.source, ofIPv4: IntervalSet(anyWay))
        let v4 = try space.packets(.family, 0)
        let zero = try space.packets(.source, ofIPv4: IntervalSet(0))
        var refused = try arena.intersection(
            inputs { $0.sourceCheck == .loose }, arena.difference(v4, hasWay))
        for interface in network.interfaces where interface.sourceCheck == .strict {
            let back = table.addresses[interface.name] ?? .empty
            let input = try inputs { $0.name == interface.name }
            let lost = try arena.difference(
                arena.intersection(v4, input), space.packets(.source, ofIPv4: back))
            refused = try arena.union(refused, lost)
        }
        return try arena.difference(refused, zero)
    }

    /// No IPv6 on interfaces where it is switched off.
    private func families() throws(PacketFilterError) -> Diagram {
        let without = space.interfaces.members.enumerated().filter { _, member in
            let interface = network.interfaces.first { $0.name == member.name }
            return !(interface?.hasIPv6 ?? network.hasIPv6ByDefault)
        }
        let numbers = IntervalSet(without.map { UInt128($0.offset)...UInt128($0.offset) })
        return try arena.complement(
            arena.intersection(space.packets(.family, 1), space.packets(.input, in: numbers)))
    }

    /// The unnamed address is none that somebody has named, and unicast.
    private func destinations() throws(PacketFilterError) -> Diagram {
        let refused = try space.packets(
            .destination,
            ofIPv6: SpecialAddresses.refusedMulticast6.union(
                SpecialAddresses.loopback6))
        return try arena.difference(
            arena.complement(refused),
            arena.difference(space.packets(.unnamedDestination, 1), unnamedAddresses()))
    }

    /// The addresses that the host's unnamed address can be.
    func unnamedAddresses() throws(PacketFilterError) -> Diagram {
        let own = network.ownAddresses
        let v4 = own.v4.union(network.broadcastAddresses).union(SpecialAddresses.notUnicast4)
        let v6 = own.v6.union(SpecialAddresses.notUnicast6)
        return try arena.complement(addressed(.destination, v4, v6))
    }

    /// Frames for other hosts go no further than the driver.
    private func packetType() throws(PacketFilterError) -> Diagram {
        try space.packets(.packetType, in: IntervalSet([0...2]))
    }
}
