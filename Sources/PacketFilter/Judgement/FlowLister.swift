/// Writes sets of packets as flows.
struct FlowLister {
    let analysis: FirewallAnalysis
    let direction: Direction

    private var evaluator: Evaluator { analysis.evaluator }
    private var space: PacketSpace { evaluator.space }
    private var arena: DiagramArena { evaluator.arena }
    private var decomposition: Decomposition { Decomposition(arena: arena) }

    /// A set over the fields of a flow, with what is said about all of its flows.
    struct Label {
        var isCertain: Bool
        var declaredBy: String?
    }

    /// The flows of a set, by interface, family, protocol, ports, sources and destinations.
    func flows(of set: Diagram, _ label: Label) throws(PacketFilterError) -> [PacketFlow] {
        if set == .none { return [] }
        let care = try care()
        var flows: [PacketFlow] = []
        for (number, member) in space.interfaces.members.enumerated() {
            var draft = Draft(label: label, interface: member.name)
            draft.interfaceNumber = UInt128(number)
            for family in Address.Family.allCases {
                draft.family = family
                let here = try restrict(set, draft)
                if here == .none { continue }
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

    /// The packets that there can be; what a flow says of others does not matter.
    private func care() throws(PacketFilterError) -> Diagram {
        let scope = Scope(evaluator: evaluator)
        let packets = try direction == .output ? scope.leaving() : scope.arriving()
        let named = BoundsMaker.fields(direction)
        var others = VariableSet()
        for field in Field.allCases where !named.contains(field) {
            others.formUnion(VariableSet(field.variables))
        }
        return try arena.exists(others, in: packets)
    }

    /// A flow of which only the first parts are known.
    struct Draft {
        var label: Label
        var interface: String?
        var interfaceNumber: UInt128 = 0
        var family = Address.Family.v4
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
        for (place, variable) in field.variables.reversed().enumerated() {
            values[variable] = number >> UInt128(place) & 1 == 1
        }
        return values
    }

    /// For flows into the host, all addresses that nobody names stand for the unnamed one: a set
    /// over destinations alone. Flows through the host keep the two apart.
    private func destinations(
        of set: Diagram, _ care: Diagram, _ draft: Draft
    ) throws(PacketFilterError) -> [(Diagram, Bool?)] {
        let unnamed = Field.unnamedDestination.firstVariable
        let named = try arena.restrict(set, to: [unnamed: false])
        let other = try arena.restrict(set, to: [unnamed: true])
        let matters = try arena.restrict(care, to: [unnamed: false])
        let otherMatters = try arena.exists(
            VariableSet(Field.destination.variables),
            in: arena.restrict(care, to: [unnamed: true]))
        switch direction {
        case .input:
            let known = try knownDestinations(draft)
            let whole = try arena.choose(known, named, other)
            let care = try arena.choose(known, matters, otherMatters)
            return try ordinaryAndOdd(whole, care, draft.family).map { ($0, nil) }
        case .forward:
            // Packets to the host itself only pass through it where they are translated.
            let known = try knownDestinations(draft)
            let isTranslated = try arena.intersection(named, known) != .none
            let care = try isTranslated ? matters : arena.difference(matters, known)
            let toNamed = try ordinaryAndOdd(named, care, draft.family).map { ($0, Bool?(false)) }
            let toOther = try ordinaryAndOdd(other, otherMatters, draft.family).map {
                ($0, Bool?(true))
            }
            return toNamed + toOther
        case .output: return [(try arena.simplified(named, where: matters), nil)]
        }
    }

    /// Sources that only speak to a whole link would make every line longer; what comes from them
    /// alone is a line of its own.
    private func ordinaryAndOdd(
        _ set: Diagram, _ care: Diagram, _ family: Address.Family
    ) throws(PacketFilterError) -> [Diagram] {
        let word = Array(try space.word(.source)[..<32])
        let odd = try arena.intersection(
            Diagram(family == .v4), arena.membership(of: word, in: SpecialAddresses.refusedSources4)
        )
        let ordinary = try arena.difference(care, odd)
        let main = try arena.simplified(arena.intersection(set, ordinary), where: ordinary)
        let rest = try arena.difference(
            arena.intersection(arena.intersection(set, care), odd), main)
        let extra = try arena.simplified(rest, where: arena.intersection(care, odd))
        return [main, extra].filter { $0 != .none }
    }

    /// The destinations that are this host's by what is known.
    func knownDestinations(_ draft: Draft) throws(PacketFilterError) -> Diagram {
        var values = values(.input, draft.interfaceNumber)
        values[Field.unnamedDestination.firstVariable] = false
        values[Field.family.firstVariable] = draft.family == .v6
        return try arena.restrict(evaluator.delivered(.arriving), to: values)
    }

    private func transports(
        of set: Diagram, _ draft: Draft
    ) throws(PacketFilterError) -> [PacketFlow] {
        var flows: [PacketFlow] = []
        for part in try decomposition.parts(of: set, Field.transport.variables) {
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
        for part in try decomposition.parts(of: set, Field.destinationPort.variables) {
            var draft = draft
            draft.destinationPorts = narrowed(part.numbers)
            flows += try sourcePorts(of: part.rest, draft)
        }
        return flows
    }

    /// Ports and types stand at the same place: a flow that asks for them has one kind of
    /// protocols, and only those that ask for the same.
    private func ofOneKind(_ part: Decomposition.Part) throws(PacketFilterError) -> [IntervalSet] {
        let support = arena.support(of: part.rest)
        let ports = [Field.destinationPort, .sourcePort].flatMap(\.variables)
        guard ports.contains(where: support.contains) else { return [part.numbers] }
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
        for ports in try decomposition.parts(of: set, Field.sourcePort.variables) {
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
        let width = draft.family.width
        let (source, destination) = (Field.source.variables, Field.destination.variables)
        let sourceBits = source.lowerBound..<(source.lowerBound + width)
        let destinationBits = destination.lowerBound..<(destination.lowerBound + width)
        let writer = AddressWriter(lister: self, draft: draft)
        var flows: [PacketFlow] = []
        for part in try decomposition.parts(of: set, sourceBits) {
            let ends = try decomposition.exactParts(of: part.rest, destinationBits)
            let numbers = IntervalSet(ends.flatMap(\.numbers.ranges))
            flows.append(
                try flow(
                    draft, sources: writer.sources(part.numbers),
                    destinations: writer.destinations(numbers), part.numbers, numbers))
        }
        return flows
    }

    private func flow(
        _ draft: Draft, sources: String, destinations: String, _ sourceNumbers: IntervalSet,
        _ destinationNumbers: IntervalSet
    ) throws(PacketFilterError) -> PacketFlow {
        let members = try members(draft, sourceNumbers, destinationNumbers)
        let packets = try arena.intersection(analysis.packets(direction), members)
        let bits = try analysis.witness(of: packets == .none ? members : packets, direction)
        return PacketFlow(
            direction: direction, family: draft.family, transports: draft.transports,
            destinationPorts: draft.destinationPorts, sourcePorts: draft.sourcePorts,
            icmpTypes: draft.icmpTypes, sources: sources, destinations: destinations,
            interface: draft.interface, isCertain: draft.label.isCertain,
            declaredBy: draft.label.declaredBy,
            decider: try analysis.decider(of: bits, direction),
            witness: space.packet(bits, direction),
            unknowns: draft.label.isCertain ? [] : try unknowns(deciding: packets),
            packets: members)
    }

    private func unknowns(deciding set: Diagram) throws(PacketFilterError) -> [Unknown] {
        space.unknowns(deciding: set).filter {
            $0.kind == .hidden || $0.kind == .process && direction != .output
        }
    }

    /// The packets of a flow.
    private func members(
        _ draft: Draft, _ sources: IntervalSet, _ destinations: IntervalSet
    ) throws(PacketFilterError) -> Diagram {
        let width = draft.family.width
        var parts = [
            try space.packets(direction == .output ? .output : .input, draft.interfaceNumber),
            try space.packets(.family, draft.family == .v4 ? 0 : 1),
            try space.packets(.transport, in: draft.transports),
        ]
        if let ports = draft.destinationPorts {
            parts.append(try space.packets(.destinationPort, in: ports))
        }
        if let ports = draft.sourcePorts ?? draft.icmpTypes {
            parts.append(try space.packets(.sourcePort, in: ports))
        }
        if direction != .output {
            parts.append(
                try arena.membership(
                    of: Array(space.word(.source)[..<width]), in: sources))
        }
        let ends = try arena.membership(
            of: Array(space.word(.destination)[..<width]), in: destinations)
        if direction != .input || destinations.complement(width: width).isEmpty {
            return try arena.intersection(parts + [draft.isUnnamed == true ? .all : ends])
        }
        let isUnnamed = try space.packets(.unnamedDestination, 1)
        let known = try knownDestinations(draft)
        let toOther = try arena.isSubset(arena.complement(known), of: ends)
        parts.append(
            try arena.choose(isUnnamed, Diagram(toOther), arena.intersection(ends, known)))
        return try arena.intersection(parts)
    }

    /// The same flow of both families is one.
    private func joined(_ flows: [PacketFlow]) throws(PacketFilterError) -> [PacketFlow] {
        var joined: [PacketFlow] = []
        for flow in flows {
            var bare = flow
            bare.family = nil
            let twin = joined.firstIndex { other in
                other.family != flow.family && other.family != nil
                    && other.interface == flow.interface
                    && other.transports == flow.transports
                    && other.destinationPorts == flow.destinationPorts
                    && other.sourcePorts == flow.sourcePorts && other.icmpTypes == flow.icmpTypes
                    && other.sources == "any" && flow.sources == "any"
                    && other.destinations == "any" && flow.destinations == "any"
            }
            guard let twin else {
                joined.append(flow)
                continue
            }
            joined[twin].family = nil
            joined[twin].packets = try arena.union(joined[twin].packets, flow.packets)
        }
        return joined
    }
}
