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
        let named = try withoutPortless(some)
        let hidden = hidden(direction)
        return try onExpectedInterfaces(
            Bounds(
                certain: decide(named, hidden, forAll: true),
                possible: decide(named, hidden, forAll: false)),
            direction)
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

    /// What is so for all, or for some, answers that are hidden.
    ///
    /// Nobody knows which address is the unnamed one either: it ranges over those that it can be.
    private func decide(
        _ set: Diagram, _ hidden: VariableSet, forAll: Bool
    ) throws(PacketFilterError) -> Diagram {
        let unnamed = space.variable(of: .unnamedDestination)
        let plain = try quantify(
            hidden, arena.restrict(set, to: [unnamed: false]), forAll: forAll)
        let toUnnamed = try arena.restrict(set, to: [unnamed: true])
        if toUnnamed == .none { return try arena.difference(plain, arena.variable(unnamed)) }
        let candidates = try Scope(evaluator: evaluator).unnamedAddresses()
        let decided: Diagram
        if forAll {
            // Nobody names the address: it is none of the few that a rule names.
            let known = try arena.forAll(hidden, in: toUnnamed)
            decided = try arena.almostAll(
                space.variables(of: .destination),
                in: arena.union(known, arena.complement(candidates)),
                except: BoundsMaker.few)
        } else {
            var all = hidden
            all.formUnion(VariableSet(space.variables(of: .destination)))
            decided = try arena.exists(all, in: arena.intersection(toUnnamed, candidates))
        }
        return try arena.choose(arena.variable(unnamed), decided, plain)
    }

    /// The share of addresses that counts as few: less than a network of 9 bits.
    private static let few = 1.0 / 512

    private func quantify(
        _ variables: VariableSet, _ set: Diagram, forAll: Bool
    ) throws(PacketFilterError) -> Diagram {
        try forAll
            ? arena.forAll(variables, in: set) : arena.exists(variables, in: set)
    }

    /// What comes by interfaces that do not exist is certain only where one must still appear.
    private func onExpectedInterfaces(
        _ bounds: Bounds, _ direction: Direction
    ) throws(PacketFilterError) -> Bounds {
        if evaluator.network.expectsOtherInterfaces { return bounds }
        let missing = space.interfaces.members.enumerated().filter { !$0.element.exists }
        let packets = try space.packets(
            direction == .output ? .output : .input,
            in: IntervalSet(missing.map { UInt128($0.offset)...UInt128($0.offset) }))
        return Bounds(
            certain: try arena.difference(bounds.certain, packets), possible: bounds.possible)
    }
}
