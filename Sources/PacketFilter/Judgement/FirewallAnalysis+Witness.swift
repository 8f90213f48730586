extension FirewallAnalysis {
    /// One packet of a set that is not empty, as ordinary as the set allows.
    func witness(
        of set: Diagram, _ direction: Direction
    ) throws(PacketFilterError) -> [Int: Bool] {
        let arena = space.arena
        var rest = set
        for wish in try wishes(direction) {
            let closer = try arena.intersection(rest, wish)
            if closer != .none { rest = closer }
        }
        var bits: [Int: Bool] = [:]
        let witness = arena.witness(of: rest) ?? Assignment()
        for variable in 0..<(arena.span(rest)?.upperBound ?? 0) + 1 {
            bits[variable] = witness[variable]
        }
        return bits
    }

    /// What an ordinary packet looks like, the most important first.
    private func wishes(_ direction: Direction) throws(PacketFilterError) -> [Diagram] {
        let arena = space.arena
        let documentation = IntervalSet(prefix: 0xCB00_7100, length: 24, width: 32)
        let documentation6 = IntervalSet(prefix: 0x2001_0DB8 << 96, length: 32, width: 128)
        let unicast = try arena.complement(
            evaluator.multicast(space.word(.destination)))
        let firstHost = try arena.variable(space.variable(of: .source) + 31)
        let here: Diagram =
            direction == .input ? try evaluator.delivered(.arriving) : .all
        return [
            try space.packets(.transport, 6),
            here,
            try space.packets(.family, 0),
            try space.packets(.unnamedDestination, 0),
            try arena.difference(unicast, evaluator.broadcast(space.word(.destination))),
            try space.packets(.source, ofIPv4: documentation),
            try space.packets(.source, ofIPv6: documentation6),
            try arena.difference(firstHost, space.packets(.family, 1)),
            try space.packets(.destinationPort, in: IntervalSet([1...0xFFFF])),
            try space.packets(.sourcePort, 40000),
            try space.packets(.sourcePort, in: IntervalSet([1024...0xFFFF])),
            try space.packets(.length, in: IntervalSet([60...1500])),
            try space.packets(.timeToLive, 64),
        ]
    }
}
