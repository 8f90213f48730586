extension FirewallAnalysis {
    /// One packet that is in all of some sets, which have one, as ordinary as they allow.
    func witness(
        ofAll sets: [Diagram], _ direction: Direction
    ) throws(PacketFilterError) -> Assignment {
        let arena = space.arena
        var bits = try arena.witness(ofAll: sets) ?? Assignment()
        var ordinary = Diagram.all
        for wish in try wishes(direction) {
            let more = try arena.intersection(ordinary, wish)
            if !arena.contains(more, bits) {
                guard
                    let closer = try arena.witness(
                        ofAll: sets + [more], trying: FirewallAnalysis.patience)
                else { continue }
                bits = closer
            }
            ordinary = more
        }
        return bits
    }

    /// A wish is worth so many failures.
    private static let patience = 2_000

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
