/// Turns what is declared into sets of packets.
struct Declarations {
    let evaluator: Evaluator

    private var space: PacketSpace { evaluator.space }
    private var arena: DiagramArena { evaluator.arena }

    /// The packets of a declared flow.
    func packets(
        _ flow: DeclaredFlow, _ direction: Direction
    ) throws(PacketFilterError) -> Diagram {
        var parts = [
            try space.packets(.transport, in: flow.transports),
            try addressed(.source, in: flow.sources),
        ]
        if let destinations = flow.destinations {
            parts.append(try addressed(.destination, in: destinations))
        }
        if let ports = flow.destinationPorts { parts.append(try ported(.destinationPort, ports)) }
        if let ports = flow.sourcePorts { parts.append(try ported(.sourcePort, ports)) }
        if let family = flow.family {
            parts.append(try space.packets(.family, family == .v4 ? 0 : 1))
        }
        if let interface = flow.interface {
            let numbers = space.interfaces.numbers(fitting: interface)
            let field: Field = direction == .output ? .output : .input
            parts.append(try space.packets(field, in: numbers))
        }
        return try arena.intersection(parts)
    }

    private func ported(
        _ field: Field, _ ports: IntervalSet
    ) throws(PacketFilterError) -> Diagram {
        try arena.intersection(
            space.packets(.transport, in: Evaluator.portedTransports),
            space.packets(field, in: ports))
    }

    /// A name of every address says nothing; any other set must hold the packet's own.
    private func addressed(
        _ field: Field, in set: AddressSet
    ) throws(PacketFilterError) -> Diagram {
        if set == .any { return .all }
        return try evaluator.packets(space.word(field), in: set)
    }

    /// The packets of ICMP that need no declaration.
    func packets(_ baseline: ICMPBaseline) throws(PacketFilterError) -> Diagram {
        // Each protocol belongs to one family, and nobody answers to it in the other.
        let type = Array(try space.word(.sourcePort)[..<8])
        let v4 = try arena.intersection(
            space.packets(.transport, 1), arena.membership(of: type, in: baseline.types4))
        let v6 = try arena.intersection(
            space.packets(.transport, 58), arena.membership(of: type, in: baseline.types6))
        return try arena.union(v4, v6)
    }
}
