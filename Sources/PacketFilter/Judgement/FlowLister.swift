/// Writes sets of packets as flows.
struct FlowLister {
    let analysis: FirewallAnalysis
    let direction: Direction

    /// The packets that there can be; what a flow says of others does not matter.
    private let care: Diagram
    private let known = KnownEnds()

    /// Interfaces, ports and families often have the same ends in common.
    private final class KnownEnds {
        var ends: [Diagram: [Ends]] = [:]
    }

    init(analysis: FirewallAnalysis, direction: Direction) throws(PacketFilterError) {
        self.analysis = analysis
        self.direction = direction
        let scope = Scope(evaluator: analysis.evaluator)
        let packets = try direction == .output ? scope.leaving() : scope.arriving()
        let named = BoundsMaker.fields(direction)
        var others = VariableSet()
        for field in Field.allCases where !named.contains(field) {
            others.formUnion(VariableSet(analysis.space.variables(of: field)))
        }
        care = try analysis.space.arena.exists(others, in: packets)
    }

    var evaluator: Evaluator { analysis.evaluator }
    var space: PacketSpace { evaluator.space }
    var arena: DiagramArena { evaluator.arena }
    private var decomposition: Decomposition { Decomposition(arena: arena) }

    /// A set over the fields of a flow, with what is said about all of its flows.
    struct Label {
        var isCertain: Bool
        var declaredBy: String?
    }

    /// The flows of a set, by interface, family, protocol, ports, sources and destinations.
    func flows(of set: Diagram, _ label: Label) throws(PacketFilterError) -> [PacketFlow] {
        if set == .none { return [] }
        var flows: [PacketFlow] = []
        for (number, member) in space.interfaces.members.enumerated() {
            var draft = Draft(label: label, interface: member.name)
            draft.interfaceNumber = UInt128(number)
            for family in Address.Family.allCases {
                draft.family = family
                let here = try restrict(set, draft)
                if here == .none { continue }
                draft.known = try knownDestinations(draft)
                for (part, isUnnamed) in try destinations(of: here, restrict(care, draft), draft) {
                    draft.isUnnamed = isUnnamed
                    flows += try transports(of: part, draft)
                }
            }
        }
        return try joined(flows)
    }

    /// The packets of one interface and family.
    private func restrict(_ set: Diagram, _ draft: Draft) throws(PacketFilterError) -> Diagram {
        let field: Field = direction == .output ? .output : .input
        let family = values(.family, draft.family == .v4 ? 0 : 1)
        let input = values(field, draft.interfaceNumber)
        return try arena.restrict(set, to: input.merging(family) { first, _ in first })
    }

    /// A flow of which only the first parts are known.
    struct Draft {
        var label: Label
        var interface: String?
        var interfaceNumber: UInt128 = 0
        var family = Address.Family.v4
        /// The destinations that are this host's by what is known.
        var known = Diagram.none
        var isUnnamed: Bool?
        var transports = IntervalSet.empty
        var destinationPorts: IntervalSet?
        var sourcePorts: IntervalSet?
        var icmpTypes: IntervalSet?

        init(label: Label, interface: String?) {
            self.label = label
            self.interface = interface
        }
    }

    func values(_ field: Field, _ number: UInt128) -> [Int: Bool] {
        var values: [Int: Bool] = [:]
        for (place, variable) in space.variables(of: field).reversed().enumerated() {
            values[variable] = number >> UInt128(place) & 1 == 1
        }
        return values
    }

    /// For flows into the host, all addresses that nobody names stand for the unnamed one: a set
    /// over destinations alone. Flows through the host keep the two apart.
    private func destinations(
        of set: Diagram, _ care: Diagram, _ draft: Draft
    ) throws(PacketFilterError) -> [(Diagram, Bool?)] {
        let unnamed = space.variable(of: .unnamedDestination)
        let matters = try arena.restrict(care, to: [unnamed: false])
        let otherMatters = try arena.exists(
            VariableSet(space.variables(of: .destination)),
            in: arena.restrict(care, to: [unnamed: true]))
        switch direction {
        case .input:
            let whole = try arena.replacingEnds(of: set, from: unnamed) {
                end throws(PacketFilterError) in
                try arena.choose(
                    draft.known, arena.restrict(end, to: [unnamed: false]),
                    arena.restrict(end, to: [unnamed: true]))
            }
            let care = try arena.choose(draft.known, matters, otherMatters)
            return try ordinaryAndOdd(whole, care, draft.family).map { ($0, nil) }
        case .forward:
            let named = try arena.restrict(set, to: [unnamed: false])
            let other = try arena.restrict(set, to: [unnamed: true])
            // Packets to the host itself only pass through it where they are translated.
            let isTranslated = try arena.meet(named, draft.known)
            let care = try isTranslated ? matters : arena.difference(matters, draft.known)
            let toNamed = try ordinaryAndOdd(named, care, draft.family).map { ($0, Bool?(false)) }
            let toOther = try ordinaryAndOdd(other, otherMatters, draft.family).map {
                ($0, Bool?(true))
            }
            return toNamed + toOther
        case .output:
            let named = try arena.restrict(set, to: [unnamed: false])
            return [(try arena.simplified(named, where: matters), nil)]
        }
    }

    /// Sources that only speak to a whole link would make every line longer; what comes from them
    /// alone is a line of its own.
    private func ordinaryAndOdd(
        _ set: Diagram, _ care: Diagram, _ family: Address.Family
    ) throws(PacketFilterError) -> [Diagram] {
        let word = Array(try space.word(.source)[..<32])
        let odd =
            try family == .v6
            ? .none
            : arena.intersection(
                care, arena.membership(of: word, in: SpecialAddresses.refusedSources4))
        let ordinary = try arena.difference(care, odd)
        let main = try arena.simplified(arena.intersection(set, ordinary), where: ordinary)
        let rest = try arena.difference(arena.intersection(set, odd), main)
        let extra = try arena.simplified(rest, where: odd)
        return [main, extra].filter { $0 != .none }
    }

    /// The destinations that are this host's by what is known.
    private func knownDestinations(_ draft: Draft) throws(PacketFilterError) -> Diagram {
        var values = values(.input, draft.interfaceNumber)
        values[space.variable(of: .unnamedDestination)] = false
        values[space.variable(of: .family)] = draft.family == .v6
        return try arena.restrict(evaluator.delivered(.arriving), to: values)
    }

    private func transports(
        of set: Diagram, _ draft: Draft
    ) throws(PacketFilterError) -> [PacketFlow] {
        var flows: [PacketFlow] = []
        for part in try decomposition.parts(of: set, space.variables(of: .transport)) {
            for transports in try ofOneKind(part) {
                var draft = draft
                draft.transports = transports
                flows += try self.ports(of: part.rest, draft)
            }
        }
        return flows
    }

    private func ports(of set: Diagram, _ draft: Draft) throws(PacketFilterError) -> [PacketFlow] {
        var flows: [PacketFlow] = []
        for part in try decomposition.parts(of: set, space.variables(of: .destinationPort)) {
            var draft = draft
            draft.destinationPorts = narrowed(part.numbers)
            flows += try sourcePorts(of: part.rest, draft)
        }
        return flows
    }

    /// Ports and types stand at the same place: a flow that asks for them has one kind of
    /// protocols, and only those that ask for the same.
    private func ofOneKind(_ part: Decomposition.Part) throws(PacketFilterError) -> [IntervalSet] {
        let ports = [.destinationPort, .sourcePort].map(space.variables(of:))
        guard ports.contains(where: { arena.asks(part.rest, $0) }) else { return [part.numbers] }
        let width = Field.transport.width
        let ported = Evaluator.portedTransports
        let kinds = [ported, IntervalSet(1), IntervalSet(58)].map {
            part.exact.intersection($0, width: width)
        }
        return kinds.filter { !$0.isEmpty }
    }

    private func sourcePorts(
        of set: Diagram, _ draft: Draft
    ) throws(PacketFilterError) -> [PacketFlow] {
        let isICMP = draft.transports.ranges.allSatisfy {
            $0.lowerBound == $0.upperBound && ($0.lowerBound == 1 || $0.lowerBound == 58)
        }
        var flows: [PacketFlow] = []
        for ports in try decomposition.parts(of: set, space.variables(of: .sourcePort)) {
            var draft = draft
            draft.sourcePorts = isICMP ? nil : narrowed(ports.numbers)
            draft.icmpTypes = isICMP ? narrowed(ports.numbers) : nil
            flows += try addresses(of: ports.rest, draft)
        }
        return flows
    }

    private func narrowed(_ numbers: IntervalSet) -> IntervalSet? {
        numbers == IntervalSet([0...0xFFFF]) ? nil : numbers
    }

    private func addresses(
        of set: Diagram, _ draft: Draft
    ) throws(PacketFilterError) -> [PacketFlow] {
        let writer = AddressWriter(lister: self, draft: draft)
        return try ends(of: set, draft).map { ends throws(PacketFilterError) in
            try flow(draft, ends, destinations: writer.destinations(ends.destinations))
        }
    }

    private func ends(of set: Diagram, _ draft: Draft) throws(PacketFilterError) -> [Ends] {
        if let ends = known.ends[set], ends.allSatisfy({ $0.family == draft.family }) {
            return ends
        }
        let width = draft.family.width
        let found = try decomposition.ends(
            of: set, sources: space.variables(of: .source).prefix(width),
            destinations: space.variables(of: .destination).prefix(width))
        let ends = found.map { ends in
            Ends(
                family: draft.family, from: direction == .output ? .all : ends.packets,
                text: direction == .output
                    ? "any"
                    : AddressWriter.text(
                        ends.sources, draft.family, without: SpecialAddresses.refusedSources6),
                destinations: ends.destinations)
        }
        known.ends[set] = ends
        return ends
    }

    private func flow(
        _ draft: Draft, _ ends: Ends, destinations: String
    ) throws(PacketFilterError) -> PacketFlow {
        let both = try self.both(ends, draft)
        let bits = try witness(draft, both)
        var flow = PacketFlow(
            direction: direction, family: draft.family, transports: draft.transports,
            destinationPorts: draft.destinationPorts, sourcePorts: draft.sourcePorts,
            icmpTypes: draft.icmpTypes, sources: ends.text, destinations: destinations,
            interface: draft.interface, isCertain: draft.label.isCertain,
            declaredBy: draft.label.declaredBy,
            decider: try analysis.decider(of: bits, direction),
            witness: space.packet(bits, direction), unknowns: [], ends: [draft.family: both])
        if !flow.isCertain { flow.unknowns = try unknowns(deciding: analysis.packets(of: flow)) }
        return flow
    }

    private func unknowns(deciding members: Diagram) throws(PacketFilterError) -> [Unknown] {
        let packets = try arena.intersection(analysis.through(direction), members)
        return space.unknowns(deciding: packets).filter {
            $0.kind == .hidden || $0.kind == .process && direction != .output
        }
    }
}
