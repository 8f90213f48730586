extension FirewallAnalysis {
    /// Everything that comes through in one direction, split by what is declared.
    ///
    /// Each flow stands under the first declaration that covers it; what none covers comes last.
    package func flows(
        _ direction: Direction, declared: [DeclaredFlow], icmp: ICMPBaseline
    ) throws(PacketFilterError) -> [PacketFlow] {
        let lister = FlowLister(analysis: self, direction: direction)
        var rest = packets(direction)
        var flows: [PacketFlow] = []
        let arena = space.arena
        var names: [(name: String?, packets: Diagram)] = []
        for flow in declared { names.append((flow.name, try packets(declared: flow, direction))) }
        names.append(("icmp", try packets(of: icmp)))
        names.append((nil, .all))
        for (name, declared) in names {
            let part = try arena.intersection(rest, declared)
            rest = try arena.difference(rest, declared)
            let bounds = try bounds(of: part, direction)
            let onlyPossible = try arena.difference(bounds.possible, bounds.certain)
            flows += try lister.flows(
                of: bounds.certain, FlowLister.Label(isCertain: true, declaredBy: name))
            flows += try lister.flows(
                of: onlyPossible, FlowLister.Label(isCertain: false, declaredBy: name))
        }
        return flows
    }

    /// What let the packet of an assignment through.
    func decider(
        of bits: [Int: Bool], _ direction: Direction
    ) throws(PacketFilterError) -> Decider? {
        var current: BaseChain?
        var rule: RuleIndex?
        var policy: ChainIndex?
        let hooks: Set<Hook> = direction == .output ? [.output] : [.input, .forward]
        for step in try trace().steps where space.contains(step.packets, bits) {
            switch step.event {
            case .enters(let index): current = base(of: index)
            case .matches(let index, .accepted)
            where current.map { hooks.contains($0.hook) } == true:
                rule = index
            case .policy(let index, let accepts)
            where accepts && current.map { hooks.contains($0.hook) } == true:
                policy = index
            case .matches, .policy, .delivered, .routed: break
            }
        }
        if let rule { return evaluator.decider(rule) }
        return policy.map { evaluator.decider(policyOf: $0) }
    }

    private func base(of index: ChainIndex) -> BaseChain? {
        ruleset.tables[index.table].chains[index.chain].base
    }
}
