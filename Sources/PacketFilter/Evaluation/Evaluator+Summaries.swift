extension Evaluator {
    /// For each rule of a chain: it changes nothing, and neither does what it jumps to.
    func purity(of index: ChainIndex, depth: Int = 0) throws(PacketFilterError) -> [Bool] {
        if let known = purity[index] { return known }
        guard depth < Evaluator.depthLimit else {
            throw PacketFilterError(.tooDeep, chainName(index))
        }
        var pure: [Bool] = []
        for rule in rules(of: index) {
            var isPure = true
            for statement in rule.statements where isPure {
                isPure = try self.isPure(statement, in: index, depth)
            }
            pure.append(isPure)
        }
        purity[index] = pure
        return pure
    }

    private func isPure(
        _ statement: Statement, in index: ChainIndex, _ depth: Int
    ) throws(PacketFilterError) -> Bool {
        switch statement {
        case .match, .compare, .condition: return true
        case .assign, .translate, .untrack, .remember, .opaque: return false
        case .verdict(let verdict): return try isPure(verdict, in: index, depth)
        case .verdictMap(_, let reference):
            let map = try verdictMap(reference, in: index.table)
            for verdict in map.entries.map(\.verdict) + [map.fallback].compactMap({ $0 }) {
                if try !isPure(verdict, in: index, depth) { return false }
            }
            return map.unknown == nil
        }
    }

    private func isPure(
        _ verdict: RuleVerdict, in index: ChainIndex, _ depth: Int
    ) throws(PacketFilterError) -> Bool {
        switch verdict {
        case .accept, .drop, .proceed, .return, .ask: return true
        case .jump(let name), .goto(let name):
            let target = try self.target(name, from: index)
            return try purity(of: target, depth: depth + 1).allSatisfy { $0 }
        }
    }

    func verdictMap(
        _ reference: VerdictMapReference, in table: Int
    ) throws(PacketFilterError) -> VerdictMap {
        switch reference {
        case .inline(let map): return map
        case .named(let name):
            guard let map = ruleset.tables[table].verdictMaps[name] else {
                throw PacketFilterError(.danglingName, name)
            }
            return map
        }
    }

    func chainName(_ index: ChainIndex) -> String {
        ruleset.tables[index.table].chains[index.chain].name
    }

    /// What pure rules do with every packet of one environment; halves are summed up and joined.
    func summary(
        of index: ChainIndex, _ rules: Range<Int>, _ environment: Int
    ) throws(PacketFilterError) -> Summary {
        // A short stretch is summed up as fast as it is found.
        guard rules.count >= 8 else { return try sum(of: index, rules, environment) }
        let key = SummaryKey(chain: index, rules: rules, environment: environment)
        if let known = summaries[key] { return known }
        let summary = try sum(of: index, rules, environment)
        summaries[key] = summary
        return summary
    }

    private func sum(
        of index: ChainIndex, _ rules: Range<Int>, _ environment: Int
    ) throws(PacketFilterError) -> Summary {
        if rules.isEmpty { return Summary() }
        if rules.count == 1 {
            return try summary(RuleIndex(chain: index, rule: rules.lowerBound), environment)
        }
        let (first, second) = Evaluator.halves(rules)
        return try summary(of: index, first, environment).followed(
            by: summary(of: index, second, environment), in: arena)
    }

    static func halves(_ rules: Range<Int>) -> (Range<Int>, Range<Int>) {
        let middle = rules.lowerBound + rules.count / 2
        return (rules.lowerBound..<middle, middle..<rules.upperBound)
    }

    private func summary(
        _ rule: RuleIndex, _ environment: Int
    ) throws(PacketFilterError) -> Summary {
        var active = Diagram.all
        var summary = Summary()
        let statements = rules(of: rule.chain)[rule.rule].statements
        if isUnmatched(statements, environments[environment]) { return summary }
        for (place, statement) in statements.enumerated() {
            let key = MatchKey(rule: rule, statement: place, entry: -1)
            if let packets = try packets(matching: statement, at: key, environment) {
                active = try arena.intersection(active, packets)
            } else if case .verdict(let verdict) = statement {
                try add(verdict, active, rule.chain, environment, to: &summary)
                active = .none
            } else if case .verdictMap(let operands, let reference) = statement {
                let split = try verdicts(operands, reference, key, environment)
                var left = Diagram.none
                for (packets, verdict) in split {
                    let part = try arena.intersection(active, packets)
                    if verdict == .proceed { left = try arena.union(left, part) }
                    try add(verdict, part, rule.chain, environment, to: &summary)
                }
                active = left
            }
            if active == .none { break }
        }
        return summary
    }

    /// What a verdict map says: disjoint sets of packets, each with its verdict.
    func verdicts(
        _ operands: [Operand], _ reference: VerdictMapReference, _ key: MatchKey, _ number: Int
    ) throws(PacketFilterError) -> [(packets: Diagram, verdict: RuleVerdict)] {
        let table = key.rule.chain.table
        let map = try verdictMap(reference, in: table)
        let (words, presence) = try self.words(operands, environments[number], in: table)
        var rest = presence
        var verdicts: [(Diagram, RuleVerdict)] = []
        for entry in map.entries {
            let packets = try arena.intersection(
                rest, membership(of: words, keys: operands, in: entry.keys))
            verdicts.append((packets, entry.verdict))
            rest = try arena.difference(rest, packets)
        }
        if let fallback = map.fallback { verdicts.append((rest, fallback)) }
        return verdicts
    }

    private func add(
        _ verdict: RuleVerdict, _ packets: Diagram, _ chain: ChainIndex, _ environment: Int,
        to summary: inout Summary
    ) throws(PacketFilterError) {
        switch verdict {
        case .accept: summary.accepted = try arena.union(summary.accepted, packets)
        case .drop: summary.dropped = try arena.union(summary.dropped, packets)
        case .return: summary.returned = try arena.union(summary.returned, packets)
        case .proceed: break
        case .ask(let unknown):
            let yes = try space.answer(unknown)
            summary.accepted = try arena.union(
                summary.accepted, arena.intersection(packets, yes))
            summary.dropped = try arena.union(summary.dropped, arena.difference(packets, yes))
        case .jump(let name), .goto(let name):
            if packets == .none { return }
            let target = try self.target(name, from: chain)
            let inner = try self.summary(
                of: target, rules(of: target).indices, environment)
            let accepted = try arena.intersection(packets, inner.accepted)
            let dropped = try arena.intersection(packets, inner.dropped)
            summary.accepted = try arena.union(summary.accepted, accepted)
            summary.dropped = try arena.union(summary.dropped, dropped)
            guard case .goto = verdict else { return }
            let rest = try arena.difference(packets, arena.union(accepted, dropped))
            summary.returned = try arena.union(summary.returned, rest)
        }
    }
}

extension Summary {
    /// What the first rules do, and the second ones with what the first left.
    func followed(
        by second: Summary, in arena: DiagramArena
    ) throws(PacketFilterError) -> Summary {
        // What the first rules accept need not be taken from what the second ones accept.
        Summary(
            accepted: try joined(
                accepted, second.accepted, without: (dropped, returned), in: arena),
            dropped: try joined(dropped, second.dropped, without: (accepted, returned), in: arena),
            returned: try joined(
                returned, second.returned, without: (accepted, dropped), in: arena))
    }

    private func joined(
        _ first: Diagram, _ second: Diagram, without others: (Diagram, Diagram),
        in arena: DiagramArena
    ) throws(PacketFilterError) -> Diagram {
        if second == .none { return first }
        let left = try arena.difference(arena.difference(second, others.0), others.1)
        return try arena.union(first, left)
    }
}
