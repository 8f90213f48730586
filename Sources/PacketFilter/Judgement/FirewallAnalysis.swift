/// What a ruleset lets into, through and out of a host.
package final class FirewallAnalysis {
    package let ruleset: Ruleset
    package let network: HostNetwork
    let evaluator: Evaluator
    private let passed: Passed
    private var knownPackets: [Direction: Diagram] = [:]
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
    package func packets(_ direction: Direction) throws(PacketFilterError) -> Diagram {
        if let known = knownPackets[direction] { return known }
        let scope = Scope(evaluator: evaluator)
        let packets = try space.arena.intersection(
            through(direction), direction == .output ? scope.leaving() : scope.arriving())
        knownPackets[direction] = packets
        return packets
    }

    /// The same, where fields for which no rule asks may be as they like.
    func through(_ direction: Direction) -> Diagram {
        switch direction {
        case .input: passed.input
        case .forward: passed.forward
        case .output: passed.output
        }
    }

    /// The packets that certainly and that possibly come through, by the fields that name a flow.
    package func bounds(_ direction: Direction) throws(PacketFilterError) -> Bounds {
        try bounds(of: through(direction), direction)
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
        let names = operands.flatMap(\.interfaceNames)
        switch self {
        case .match(_, let set, _): return names + set.interfaceNames
        case .verdictMap(_, let map): return names + map.interfaceNames
        default: return names
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
        let names = parts.flatMap(\.interfaceNames)
        guard case .mapped(_, .inline(let map)) = self else { return names }
        return names + map.entries.flatMap(\.keys.interfaceNames)
    }
}
