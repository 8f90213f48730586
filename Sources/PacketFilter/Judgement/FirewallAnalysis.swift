/// What a ruleset lets into, through and out of a host.
package final class FirewallAnalysis {
    package let ruleset: Ruleset
    package let network: HostNetwork
    let evaluator: Evaluator
    private let passed: Passed
    private var known: [Part: Bounds] = [:]
    private var recorded: Trace?
    /// What was found of destinations that rules change; see `packets(reaching:)`.
    var knownArrivals: Arrivals?

    /// Follows all packets through the ruleset.
    ///
    /// `mentioned` are names of interfaces that declarations know. Throws `tooComplex` past the
    /// budget of the arena, and `danglingName` or `tooDeep` for rules that no kernel would take.
    package init(
        _ ruleset: Ruleset, on network: HostNetwork, mentioning mentioned: [String] = [],
        arena: DiagramArena = DiagramArena()
    ) throws(PacketFilterError) {
        let names = Set(ruleset.interfaceNames + mentioned).union(
            network.interfaces.flatMap(\.lower))
        let interfaces = try InterfaceDomain(
            existing: network.interfaces.map(\.name), mentioned: names)
        let space = PacketSpace(
            arena: arena, interfaces: interfaces,
            sourceIsLast: ruleset.longestList(of: .source) > ruleset.longestList(of: .destination))
        evaluator = Evaluator(space: space, ruleset: ruleset, network: network)
        self.ruleset = ruleset
        self.network = network
        passed = try evaluator.passed()
    }

    /// The algebra in which the sets of this analysis live.
    package var space: PacketSpace { evaluator.space }

    /// The packets that come through, with everything that their way hangs on.
    package func packets(_ direction: Direction) -> Diagram {
        switch direction {
        case .input: passed.input
        case .forward: passed.forward
        case .output: passed.output
        }
    }

    /// The packets that certainly and that possibly come through, by the fields that name a flow.
    package func bounds(_ direction: Direction) throws(PacketFilterError) -> Bounds {
        try bounds(of: packets(direction), direction)
    }

    /// The same of a part of the packets that come through.
    package func bounds(
        of packets: Diagram, _ direction: Direction
    ) throws(PacketFilterError) -> Bounds {
        let part = Part(direction: direction, packets: packets)
        if let bounds = known[part] { return bounds }
        let bounds = try BoundsMaker(evaluator: evaluator).bounds(of: packets, direction)
        known[part] = bounds
        return bounds
    }

    private struct Part: Hashable {
        var direction: Direction
        var packets: Diagram
    }

    /// The packets of a declared flow.
    package func packets(
        declared flow: DeclaredFlow, _ direction: Direction
    ) throws(PacketFilterError) -> Diagram {
        try Declarations(evaluator: evaluator).packets(flow, direction)
    }

    /// The packets of ICMP that need no declaration.
    package func packets(of baseline: ICMPBaseline) throws(PacketFilterError) -> Diagram {
        try Declarations(evaluator: evaluator).packets(baseline)
    }

    /// All packets once more, with what happens to them step by step.
    func trace() throws(PacketFilterError) -> Trace {
        if let recorded { return recorded }
        let trace = Trace()
        let decisions = evaluator.decisions
        (evaluator.trace, evaluator.decisions) = (trace, nil)
        defer { (evaluator.trace, evaluator.decisions) = (nil, decisions) }
        _ = try evaluator.passedOnce()
        recorded = trace
        return trace
    }
}

extension Ruleset {
    /// The names and patterns of interfaces that rules, sets and chains know.
    package var interfaceNames: [String] {
        var names: [String] = []
        for table in tables {
            for set in table.sets.values {
                names += set.members.interfaceNames + set.passing.interfaceNames
            }
            for map in table.verdictMaps.values {
                names += map.entries.flatMap(\.keys.interfaceNames)
            }
            for map in table.dataMaps.values {
                names += map.entries.flatMap(\.keys.interfaceNames)
            }
            for chain in table.chains {
                names += chain.base?.devices ?? []
                names += chain.rules.flatMap(\.statements).flatMap(\.interfaceNames)
            }
        }
        return names.filter { $0 != "*" } + ipsets.values.flatMap(\.members.members.interfaceNames)
            + programs.keys
    }
}

extension Statement {
    fileprivate var interfaceNames: [String] {
        switch self {
        case .match(let operands, let set, _):
            operands.flatMap(\.interfaceNames) + set.interfaceNames
        case .assign(_, let operand): operand.interfaceNames
        case .verdictMap(let operands, let map):
            operands.flatMap(\.interfaceNames) + map.interfaceNames
        case .translate(let translation):
            [translation.address, translation.port].flatMap { target in
                guard case .operand(let operand) = target else { return [String]() }
                return operand.interfaceNames
            }
        case .compare(let left, let right, _): left.interfaceNames + right.interfaceNames
        case .condition, .untrack, .remember, .verdict, .opaque: []
        }
    }
}

extension SetReference {
    fileprivate var interfaceNames: [String] {
        guard case .inline(let values) = self else { return [] }
        return values.interfaceNames
    }
}

extension VerdictMapReference {
    fileprivate var interfaceNames: [String] {
        guard case .inline(let map) = self else { return [] }
        return map.entries.flatMap(\.keys.interfaceNames)
    }
}

extension Operand {
    fileprivate var interfaceNames: [String] {
        switch self {
        case .mapped(let key, let map):
            if case .inline(let map) = map {
                return key.flatMap(\.interfaceNames) + map.entries.flatMap(\.keys.interfaceNames)
            }
            return key.flatMap(\.interfaceNames)
        case .and(let left, let right), .or(let left, let right),
            .exclusiveOr(let left, let right):
            return left.interfaceNames + right.interfaceNames
        case .slice(let inner, _), .shiftedLeft(let inner, _), .shiftedRight(let inner, _),
            .connected(let inner):
            return inner.interfaceNames
        case .joined(let parts): return parts.flatMap(\.interfaceNames)
        case .field, .carried, .known, .number, .addressType, .unknown, .generated,
            .connectionPort:
            return []
        }
    }
}
