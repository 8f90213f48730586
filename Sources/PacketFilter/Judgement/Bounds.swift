/// What is certainly and what is possibly true of packets, once nobody is asked any more.
package struct Bounds: Hashable, Sendable {
    /// Packets that come through whatever we do not know, if the sender makes the best of it.
    package var certain: Diagram
    /// Packets that come through if what we do not know is so.
    package var possible: Diagram

    /// Bounds by their parts.
    package init(certain: Diagram = .none, possible: Diagram = .none) {
        self.certain = certain
        self.possible = possible
    }
}

/// Takes out of a set of packets everything that a flow is not named by.
struct BoundsMaker {
    let evaluator: Evaluator

    private var space: PacketSpace { evaluator.space }
    private var arena: DiagramArena { evaluator.arena }

    func bounds(
        of packets: Diagram, _ direction: Direction
    ) throws(PacketFilterError) -> Bounds {
        let some = try arena.exists(chosen(direction), in: packets)
        var ends = try Ends(evaluator: evaluator, hidden: hidden(direction))
        let bounds = try ends.bounds(of: withoutPortless(some))
        return Bounds(
            certain: try arena.difference(bounds.certain, unexpected(direction)),
            possible: bounds.possible)
    }

    /// Whether the flow of a packet is certain, as the bounds of these packets would say.
    func isCertain(
        _ bits: Assignment, in packets: Diagram, _ direction: Direction
    ) throws(PacketFilterError) -> Bool {
        if arena.contains(try unexpected(direction), bits) { return false }
        let some = try arena.exists(chosen(direction), in: packets)
        var ends = try Ends(evaluator: evaluator, hidden: hidden(direction))
        return try ends.isCertain(bits, in: withoutPortless(some))
    }

    /// What the sender decides: fields that name no flow, and answers that are his.
    private func chosen(_ direction: Direction) -> VariableSet {
        var chosen = space.variables(of: .chosen)
        if direction == .output { chosen.formUnion(space.variables(of: .process)) }
        let named = BoundsMaker.fields(direction)
        for field in Field.allCases where !named.contains(field) {
            chosen.formUnion(VariableSet(space.variables(of: field)))
        }
        return chosen
    }

    private func hidden(_ direction: Direction) -> VariableSet {
        var hidden = space.variables(of: .hidden)
        if direction != .output { hidden.formUnion(space.variables(of: .process)) }
        return hidden
    }

    /// The fields by which flows of a direction are named.
    static func fields(_ direction: Direction) -> Set<Field> {
        switch direction {
        case .input, .forward: Set(Field.flow)
        case .output: [.family, .transport, .output, .destinationPort, .sourcePort, .destination]
        }
    }

    /// Protocols without ports carry there what the sender likes, but for the type of ICMP.
    private func withoutPortless(_ set: Diagram) throws(PacketFilterError) -> Diagram {
        let ported = try space.packets(.transport, in: Evaluator.portedTransports)
        let icmp = try space.packets(.transport, in: IntervalSet([1...1, 58...58]))
        let others = try arena.difference(set, ported)
        if others == .none { return set }
        var ports = VariableSet(space.variables(of: .destinationPort))
        let typed = try arena.exists(ports, in: arena.intersection(others, icmp))
        ports.formUnion(VariableSet(space.variables(of: .sourcePort)))
        let bare = try arena.exists(ports, in: arena.difference(others, icmp))
        return try arena.union([arena.intersection(set, ported), typed, bare])
    }

    /// What comes by interfaces that do not exist is certain only where one must still appear.
    private func unexpected(_ direction: Direction) throws(PacketFilterError) -> Diagram {
        if evaluator.network.expectsOtherInterfaces { return .none }
        let missing = space.interfaces.members.enumerated().filter { !$0.element.exists }
        return try space.packets(
            direction == .output ? .output : .input,
            in: IntervalSet(missing.map { UInt128($0.offset)...UInt128($0.offset) }))
    }
}

/// Decides what is so for all, and for some, answers that are hidden.
///
/// Nobody knows which address is the unnamed one either: it ranges over those that it can be.
/// Only the last fields of a set hang on any of that, and many packets have those in common.
private struct Ends {
    private let space: PacketSpace
    private let unnamed: Int
    private let candidates: Diagram
    private var hidden: DiagramArena.Elimination
    private var hiddenAndAddress: DiagramArena.Elimination

    private var arena: DiagramArena { space.arena }

    /// What was decided for the packets of one family.
    private struct Family {
        /// Those that the unnamed address can be.
        var candidates: Diagram
        var certain = DiagramMap()
        /// Where it is not the same.
        var possible = DiagramMap()
    }

    init(evaluator: Evaluator, hidden: VariableSet) throws(PacketFilterError) {
        space = evaluator.space
        unnamed = space.variable(of: .unnamedDestination)
        candidates = try Scope(evaluator: evaluator).unnamedAddresses()
        self.hidden = DiagramArena.Elimination(of: hidden)
        var all = hidden
        all.formUnion(VariableSet(space.variables(of: .destination)))
        hiddenAndAddress = DiagramArena.Elimination(of: all)
    }

    mutating func bounds(of set: Diagram) throws(PacketFilterError) -> Bounds {
        let family = space.variable(of: .family)
        var parts: [Bounds] = []
        for isV6 in [false, true] {
            var own = Family(candidates: try arena.restrict(candidates, to: [family: isV6]))
            parts.append(try bounds(of: arena.restrict(set, to: [family: isV6]), &own))
        }
        return Bounds(
            certain: try arena.make(family, low: parts[0].certain, high: parts[1].certain),
            possible: try arena.make(family, low: parts[0].possible, high: parts[1].possible))
    }

    /// Whether a packet is certain.
    mutating func isCertain(
        _ bits: Assignment, in set: Diagram
    ) throws(PacketFilterError) -> Bool {
        let family = space.variable(of: .family)
        let own = try arena.restrict(candidates, to: [family: bits[family]])
        let end = arena.following(set, bits, before: unnamed)
        return arena.contains(try ends(of: end, own).certain, bits)
    }

    private mutating func bounds(
        of set: Diagram, _ family: inout Family
    ) throws(PacketFilterError) -> Bounds {
        if set == .none { return Bounds() }
        if let certain = family.certain[set] {
            return Bounds(certain: certain, possible: family.possible[set] ?? certain)
        }
        let answer: Bounds
        if let split = arena.split(set), split.variable < unnamed {
            let low = try bounds(of: split.low, &family)
            let high = try bounds(of: split.high, &family)
            let certain = try arena.make(split.variable, low: low.certain, high: high.certain)
            let isSame = low.certain == low.possible && high.certain == high.possible
            answer = Bounds(
                certain: certain,
                possible: try isSame
                    ? certain
                    : arena.make(split.variable, low: low.possible, high: high.possible))
        } else {
            answer = try ends(of: set, family.candidates)
        }
        family.certain[set] = answer.certain
        if answer.possible != answer.certain { family.possible[set] = answer.possible }
        return answer
    }

    /// Of packets that share all fields before the addresses that are decided here.
    private mutating func ends(
        of set: Diagram, _ candidates: Diagram
    ) throws(PacketFilterError) -> Bounds {
        var (named, other) = (set, set)
        if let split = arena.split(set), split.variable == unnamed {
            (named, other) = (split.low, split.high)
        }
        // Nobody names the address: it is none of the few that a rule names.
        let known = try arena.forAll(&hidden, in: other)
        let certain = try arena.almostAll(
            space.variables(of: .destination),
            in: arena.union(known, arena.complement(candidates)), except: Ends.few)
        let possible = try arena.exists(
            &hiddenAndAddress, in: arena.intersection(other, candidates))
        return Bounds(
            certain: try arena.make(
                unnamed, low: arena.forAll(&hidden, in: named),
                high: other == .none ? .none : certain),
            possible: try arena.make(
                unnamed, low: arena.exists(&hidden, in: named), high: possible))
    }

    /// The share of addresses that counts as few: less than a network of 9 bits.
    private static let few = 1.0 / 512
}
