/// What was accepted on the way of all packets, as coarse as the rules were summed up.
///
/// Which rule of a stretch has accepted a packet is looked up when it is asked.
final class Decisions {
    /// Something that happened.
    enum Event {
        case enters(ChainIndex)
        case accepts(RuleIndex)
        case policyAccepts(ChainIndex)
        /// Rules that change nothing saw the packets in one environment.
        case stretch(ChainIndex, Range<Int>, environment: Int)
    }

    /// An event, and the packets to which it happened.
    struct Step {
        var event: Event
        var packets: Diagram
    }

    private(set) var steps: [Step] = []

    func record(_ event: Event, _ packets: Diagram) {
        if packets != .none { steps.append(Step(event: event, packets: packets)) }
    }
}

extension Evaluator {
    /// The rule that has accepted a packet at one of these hooks, or the chain whose policy did.
    func decider(
        of bits: Assignment, at hooks: Set<Hook>
    ) throws(PacketFilterError) -> Decider? {
        var isAsked = false
        var rule: RuleIndex?
        var policy: ChainIndex?
        for step in decisions?.steps ?? [] {
            // What happens elsewhere is not looked at.
            if case .enters(let index) = step.event {
                let hook = ruleset.tables[index.table].chains[index.chain].base?.hook
                isAsked = hook.map(hooks.contains) ?? false
            }
            guard isAsked, arena.contains(step.packets, bits) else { continue }
            switch step.event {
            case .enters: break
            case .accepts(let index): rule = index
            case .policyAccepts(let index): policy = index
            case .stretch(let index, let rules, let environment):
                rule = try accepter(of: bits, index, rules, environment) ?? rule
            }
        }
        if let rule { return decider(rule) }
        return policy.map { decider(policyOf: $0) }
    }

    /// The rule of a stretch, or of the chains to which it leads, that accepts a packet.
    private func accepter(
        of bits: Assignment, _ index: ChainIndex, _ rules: Range<Int>, _ environment: Int
    ) throws(PacketFilterError) -> RuleIndex? {
        var part = rules
        while part.count > 1 {
            let key = SummaryKey(chain: index, rules: part, environment: environment)
            if let found = firstMatches[key] {
                guard let rule = found.rule(of: bits, in: arena) else { return nil }
                part = rule..<(rule + 1)
                break
            }
            let (first, second) = halves(of: index, part)
            let summary = try summary(of: index, first, environment)
            part = decides(summary, bits) ? first : second
        }
        guard let number = part.first else { return nil }
        let rule = RuleIndex(chain: index, rule: number)
        let statements = self.rules(of: index)[number].statements
        for (place, statement) in statements.enumerated() {
            let key = MatchKey(rule: rule, statement: place, entry: -1)
            if let packets = try packets(matching: statement, at: key, environment) {
                if !arena.contains(packets, bits) { return nil }
                continue
            }
            var verdict: RuleVerdict?
            if case .verdict(let own) = statement { verdict = own }
            if case .verdictMap(let operands, let map) = statement {
                verdict = try verdicts(operands, map, key, environment).first {
                    arena.contains($0.packets, bits)
                }?.verdict
            }
            guard let verdict else { return nil }
            switch verdict {
            case .accept, .ask: return rule
            case .drop, .return: return nil
            case .proceed: continue
            case .jump(let name), .goto(let name):
                let target = try self.target(name, from: index)
                return try accepter(of: bits, target, self.rules(of: target).indices, environment)
            }
        }
        return nil
    }

    private func decides(_ summary: Summary, _ bits: Assignment) -> Bool {
        arena.contains(summary.accepted, bits) || arena.contains(summary.dropped, bits)
            || arena.contains(summary.returned, bits)
    }
}
