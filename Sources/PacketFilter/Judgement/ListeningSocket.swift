/// A socket of the host that waits for packets of strangers.
package struct ListeningSocket: Hashable, Sendable {
    /// Protocol number.
    package var transport: UInt8
    package var family: Address.Family
    /// Nothing: every address of the host.
    package var address: Address?
    package var port: UInt16

    /// A socket by what it is bound to; the address of no bits is every one.
    package init(_ transport: UInt8, _ address: Address, port: UInt16) {
        self.transport = transport
        family = address.family
        self.address = address.number == 0 ? nil : address
        self.port = port
    }
}

extension FirewallAnalysis {
    /// The packets whose way ends at a socket, by everything that it hangs on: what the rules let
    /// into the host, with its port and address as translations leave them.
    ///
    /// What is not seen of a translation, or of a socket of all IPv6 addresses, which may take IPv4
    /// as well (`IPV6_V6ONLY`), is a hidden answer.
    package func packets(
        reaching socket: ListeningSocket
    ) throws(PacketFilterError) -> Diagram {
        let arena = space.arena
        let arrivals = try arrivals()
        let direct = try arena.intersection(
            space.packets(.destinationPort, UInt128(socket.port)), addressed(socket))
        var ways = [try arena.intersection(arrivals.untouched, direct)]
        for rewriting in arrivals.rewritings {
            let leading = try packets(rewriting, leadingTo: socket)
            if leading != .none { ways.append(try arena.intersection(rewriting.packets, leading)) }
        }
        return try arena.intersection([
            arena.union(ways), space.packets(.transport, UInt128(socket.transport)),
            taken(by: socket),
        ])
    }

    /// The part of a set that one packet may be, whatever else it carries.
    package func packets(
        of packet: Witness, in set: Diagram
    ) throws(PacketFilterError) -> Diagram {
        var question = PacketQuestion()
        question.family = packet.family
        question.transport = packet.transport
        question.sourcePort = packet.sourcePort
        question.destinationPort = packet.destinationPort
        question.source = Prefix(packet.source, length: packet.family.width)
        question.destination = packet.destination.map { Prefix($0, length: packet.family.width) }
        question.interface = packet.interface
        return try space.arena.intersection(set, packets(question))
    }

    private func addressed(_ socket: ListeningSocket) throws(PacketFilterError) -> Diagram {
        guard let address = socket.address else { return .all }
        let prefix = Prefix(address, length: address.family.width)
        return try space.arena.intersection(
            evaluator.packets(space.word(.destination), in: AddressSet([prefix])),
            space.packets(.unnamedDestination, 0))
    }

    private func taken(by socket: ListeningSocket) throws(PacketFilterError) -> Diagram {
        let own = try space.packets(.family, socket.family == .v4 ? 0 : 1)
        guard socket.family == .v6, socket.address == nil else { return own }
        let both = Unknown(.hidden, "whether [::]:\(socket.port) takes IPv4 as well")
        return try space.arena.union(own, space.answer(both))
    }

    /// What gets in, by the rules that give it another destination.
    private func arrivals() throws(PacketFilterError) -> Arrivals {
        if let known = knownArrivals { return known }
        let arriving = values(.output, InterfaceDomain.absent)
        var hook: Hook?
        var found = Arrivals(untouched: through(.input))
        for step in try trace().steps {
            switch step.event {
            case .enters(let index):
                hook = ruleset.tables[index.table].chains[index.chain].base?.hook
            case .matches(let rule, .changed) where hook == .prerouting || hook == .input:
                let written = evaluator.rules(of: rule.chain)[rule.rule]
                for case .translate(let translation) in written.statements
                where translation.kind == .destination || translation.kind == .redirect {
                    let seen = try space.arena.restrict(step.packets, to: arriving)
                    let packets = try space.arena.intersection(through(.input), seen)
                    found.untouched = try space.arena.difference(found.untouched, seen)
                    if packets == .none { continue }
                    found.rewritings.append(
                        Arrivals.Rewriting(
                            translation: translation, packets: packets, text: written.text))
                }
            case .matches, .policy, .delivered, .routed: break
            }
        }
        knownArrivals = found
        return found
    }

    private func values(_ field: Field, _ number: UInt128) -> [Int: Bool] {
        var values: [Int: Bool] = [:]
        for (place, variable) in space.variables(of: field).reversed().enumerated() {
            values[variable] = number >> UInt128(place) & 1 == 1
        }
        return values
    }

    private func packets(
        _ rewriting: Arrivals.Rewriting, leadingTo socket: ListeningSocket
    ) throws(PacketFilterError) -> Diagram {
        let hidden = try space.answer(Unknown(.hidden, "where it leads: \(rewriting.text)"))
        let port: Diagram =
            switch rewriting.translation.port {
            case nil: try space.packets(.destinationPort, UInt128(socket.port))
            case let target?: target.literal.map { Diagram($0 == UInt128(socket.port)) } ?? hidden
            }
        let address: Diagram
        switch (socket.address, rewriting.translation.kind, rewriting.translation.address) {
        case (nil, _, _): address = .all
        case (_?, .redirect, _): address = hidden
        case (_?, _, nil): address = try addressed(socket)
        case (let own?, _, let target?):
            address = target.literal.map { Diagram($0 == own.number) } ?? hidden
        }
        return try space.arena.intersection(port, address)
    }
}

/// What gets into the host, by what happens to its destination on the way.
struct Arrivals {
    /// A rule that gives packets another destination, and those of them that get in.
    struct Rewriting {
        var translation: Translation
        var packets: Diagram
        var text: String
    }

    /// What keeps the destination that it has.
    var untouched: Diagram
    var rewritings: [Rewriting] = []
}

extension Translation.Target {
    /// The number, where it is always the same.
    fileprivate var literal: UInt128? {
        switch self {
        case .operand(.number(let number, _)): number
        case .oneOf(let range) where range.lowerBound == range.upperBound: range.lowerBound
        case .operand, .oneOf, .prefix: nil
        }
    }
}
