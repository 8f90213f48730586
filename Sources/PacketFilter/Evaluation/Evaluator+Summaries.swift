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
            for verdict in map.verdicts {
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

    /// What pure rules do with every packet of one environment.
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
            let number = rules.lowerBound
            return try summary(
                RuleIndex(chain: index, rule: number), questions(of: index)[number], environment)
        }
        if let found = try firstMatch(of: index, rules, environment) { return found.summary }
        let (first, second) = halves(of: index, rules)
        return try summary(of: index, first, environment).followed(
            by: summary(of: index, second, environment), in: arena)
    }

    /// Two parts of a stretch of rules; where it can, it is cut between rules of two kinds.
    func halves(of index: ChainIndex, _ rules: Range<Int>) -> (Range<Int>, Range<Int>) {
        var middle = rules.lowerBound + rules.count / 2
        if rules.count >= Evaluator.longStretch {
            let cuts = cuts(of: index)
            let next = cuts.firstPlace(atOrAfter: middle)
            let near = cuts[max(0, next - 1)..<min(cuts.count, next + 1)].filter {
                rules.lowerBound < $0 && $0 < rules.upperBound
            }
            middle = near.min { abs($0 - middle) < abs($1 - middle) } ?? middle
        }
        return (rules.lowerBound..<middle, middle..<rules.upperBound)
    }

    /// From so many rules on it pays to look at them together.
    private static let longStretch = 16

    /// Rules of one kind are looked at together, if that does not take too long.
    private func firstMatch(
        of index: ChainIndex, _ rules: Range<Int>, _ environment: Int
    ) throws(PacketFilterError) -> FirstMatch? {
        guard rules.count >= Evaluator.longStretch else { return nil }
        let cuts = cuts(of: index)
        let next = cuts.firstPlace(atOrAfter: rules.lowerBound + 1)
        guard next == cuts.count || cuts[next] >= rules.upperBound else { return nil }
        var parts: [FirstMatch.Rule] = []
        let questions = questions(of: index)
        for number in rules {
            let rule = RuleIndex(chain: index, rule: number)
            let part = try summary(rule, questions[number], environment)
            if part != Summary() { parts.append(FirstMatch.Rule(summary: part, number: number)) }
        }
        let found = try FirstMatch(parts, in: arena)
        firstMatches[SummaryKey(chain: index, rules: rules, environment: environment)] = found
        return found
    }

    /// The places in a chain before which rules end that ask for the same fields.
    private func cuts(of index: ChainIndex) -> [Int] {
        if let known = cuts[index] { return known }
        var found: [Int] = []
        var last: [Operand]?
        for (place, rule) in rules(of: index).enumerated() {
            let operands = rule.operands
            if operands == nil || operands != last { found.append(place) }
            last = operands
        }
        cuts[index] = found
        return found
    }

    private func summary(
        _ rule: RuleIndex, _ questions: [FieldQuestion?], _ environment: Int
    ) throws(PacketFilterError) -> Summary {
        var active = Diagram.all
        var matches: [Match] = []
        var summary = Summary()
        let statements = rules(of: rule.chain)[rule.rule].statements
        if isUnmatched(questions, environment) { return summary }
        for (place, statement) in statements.enumerated() {
            let key = MatchKey(rule: rule, statement: place, entry: -1)
            let question = place < questions.count ? questions[place] : nil
            if let match = try match(statement, question, at: key, environment) {
                if match.isEmpty { return summary }
                matches.append(match)
                continue
            }
            active = try packets(active, of: matches)
            matches = []
            if case .verdict(let verdict) = statement {
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

    /// What a rule asks for in one of its steps.
    private enum Match {
        /// A field as the packet carries it.
        case number(of: Range<Int>, in: IntervalSet)
        case packets(Diagram, top: Int)

        var isEmpty: Bool {
            switch self {
            case .number(_, let numbers): numbers.isEmpty
            case .packets(let packets, _): packets == .none
            }
        }

        /// The first variable that it asks for.
        var top: Int {
            switch self {
            case .number(let variables, _): variables.lowerBound
            case .packets(_, let top): top
            }
        }
    }

    private func match(
        _ statement: Statement, _ question: FieldQuestion?, at key: MatchKey, _ environment: Int
    ) throws(PacketFilterError) -> Match? {
        // Other sets are made once and kept; see `PacketSpace.word` for the one field.
        if let question, question.accepted.prefix != nil, question.field != .nextHeader,
            environments[environment].bound[question.field] == nil
        {
            let first = space.variable(of: question.field)
            return .number(
                of: (first + question.part.lowerBound)..<(first + question.part.upperBound),
                in: question.accepted)
        }
        guard let packets = try packets(matching: statement, at: key, environment) else {
            return nil
        }
        return .packets(packets, top: arena.top(packets))
    }

    /// The packets of a set that all steps let through.
    private func packets(
        _ packets: Diagram, of matches: [Match]
    ) throws(PacketFilterError) -> Diagram {
        var packets = packets
        // What is asked last comes first, so that each set is made once.
        for match in matches.sorted(by: { $0.top > $1.top }) {
            switch match {
            case .packets(let own, _): packets = try arena.intersection(own, packets)
            case .number(let variables, let numbers):
                packets =
                    try arena.top(packets) >= variables.upperBound
                    ? arena.membership(of: variables, in: numbers, of: packets)
                    : arena.intersection(
                        arena.membership(of: variables, in: numbers, of: .all), packets)
            }
        }
        return packets
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

extension [Int] {
    /// The place of the first number that is not smaller; they are sorted.
    fileprivate func firstPlace(atOrAfter number: Int) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < number { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension FilterRule {
    /// What a rule asks for that only matches, and then accepts, drops or returns.
    fileprivate var operands: [Operand]? {
        guard case .verdict(let verdict) = statements.last,
            [.accept, .drop, .return].contains(verdict)
        else { return nil }
        var operands: [Operand] = []
        for statement in statements.dropLast() {
            guard case .match(let asked, _, _) = statement else { return nil }
            operands += asked
        }
        return operands
    }
}
