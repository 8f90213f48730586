extension FirewallAnalysis {
    /// The packets that fit a question; one without a destination is about the host's own unicast
    /// addresses, those that nobody has named among them.
    func packets(_ question: PacketQuestion) throws(PacketFilterError) -> Diagram {
        var parts: [Diagram] = []
        if let family = question.family {
            parts.append(try space.packets(.family, family == .v4 ? 0 : 1))
        }
        if let transport = question.transport {
            parts.append(try space.packets(.transport, UInt128(transport)))
        }
        if let port = question.destinationPort {
            parts.append(try space.packets(.destinationPort, UInt128(port)))
        }
        if let port = question.sourcePort {
            parts.append(try space.packets(.sourcePort, UInt128(port)))
        }
        if let type = question.icmpType {
            let first = UInt128(type) << 8
            parts.append(try space.packets(.sourcePort, in: IntervalSet([first...(first | 255)])))
        }
        if let source = question.source {
            parts.append(try packets(.source, in: source))
        }
        if let destination = question.destination {
            parts.append(try packets(.destination, in: destination))
            parts.append(try space.packets(.unnamedDestination, 0))
        } else {
            parts.append(try ownDestinations())
        }
        if let interface = question.interface {
            parts.append(
                try space.packets(.input, in: space.interfaces.numbers(fitting: interface)))
        }
        return try space.arena.intersection(parts)
    }

    private func packets(
        _ field: Field, in prefix: Prefix
    ) throws(PacketFilterError) -> Diagram {
        try evaluator.packets(space.word(field), in: AddressSet([prefix]))
    }

    private func ownDestinations() throws(PacketFilterError) -> Diagram {
        let arena = space.arena
        let word = try space.word(.destination)
        let shared = try arena.union(
            evaluator.multicast(word),
            evaluator.packets(word, in: AddressSet(v4: network.broadcastAddresses)))
        let loopback = try evaluator.packets(
            word, in: AddressSet(v4: SpecialAddresses.loopback4, v6: SpecialAddresses.loopback6))
        let named = try arena.difference(
            evaluator.local(word), arena.union(shared, loopback))
        let unnamed = try space.packets(.unnamedDestination, 1)
        return try arena.union(unnamed, named)
    }
}
