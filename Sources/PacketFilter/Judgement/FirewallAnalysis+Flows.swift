extension FirewallAnalysis {
    /// Everything that comes through in one direction, split by what is declared.
    ///
    /// Each flow stands under the first declaration that covers it; what none covers comes last.
    package func flows(
        _ direction: Direction, declared: [DeclaredFlow], icmp: ICMPBaseline
    ) throws(PacketFilterError) -> [PacketFlow] {
        let lister = try FlowLister(analysis: self, direction: direction)
        var rest = through(direction)
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
        of bits: Assignment, _ direction: Direction
    ) throws(PacketFilterError) -> Decider? {
        let hooks: Set<Hook> = direction == .output ? [.output] : [.input, .forward]
        return try evaluator.decider(of: bits, at: hooks)
    }
}
