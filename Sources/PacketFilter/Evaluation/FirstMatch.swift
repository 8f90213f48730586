/// What the first rule does that matches a packet, for many rules that ask for the same fields.
///
/// All rules are taken apart together, bit by bit, until one of them or none is left. For rules of
/// one kind that is the work of writing them down; joining them in pairs looks at each many times.
struct FirstMatch {
    /// What one rule does.
    struct Rule {
        /// One of its sets, all others are empty.
        var summary: Summary
        /// Its place in the chain.
        var number: Int
    }

    /// What all of them do.
    private(set) var summary = Summary()
    private let rules: [Rule]
    private var branches: [Branch] = []
    private var root = End.nobody

    /// A bit, and where to go on for 0 and 1.
    private struct Branch {
        var variable: Int32
        var low: Int32
        var high: Int32
    }

    /// Where a way through the branches ends: at the complement of a rule's place, or here.
    private enum End {
        static let nobody = Int32.min
    }

    /// Nothing if the rules have so much in common that joining them in pairs is less work.
    init?(_ rules: [Rule], in arena: DiagramArena) throws(PacketFilterError) {
        self.rules = rules
        var waiting: [Candidate] = rules.indices.map {
            Candidate(packets: rules[$0].packets, rule: Int32(truncatingIfNeeded: $0))
        }
        var work = 0
        guard let found = try descend(&waiting, from: 0, &work, arena) else { return nil }
        (summary, root) = (found.summary, found.place)
    }

    /// A rule that may be the first, and what remains of its packets.
    private struct Candidate {
        var packets: Diagram
        var rule: Int32
    }

    private struct Found {
        var summary = Summary()
        var place = End.nobody
    }

    /// So many looks at each rule: all bits of a rule for two IPv6 networks.
    private static let looks = 400

    /// Looks at the candidates from a place on.
    private mutating func descend(
        _ waiting: inout [Candidate], from start: Int, _ work: inout Int, _ arena: DiagramArena
    ) throws(PacketFilterError) -> Found? {
        guard start < waiting.count else { return Found() }
        let first = waiting[start]
        if start + 1 == waiting.count || first.packets == .all {
            return Found(
                summary: rules[Int(first.rule)].summary.with(first.packets), place: ~first.rule)
        }
        work += waiting.count - start
        guard work <= rules.count * FirstMatch.looks else { return nil }
        try arena.step(waiting.count - start)
        let end = waiting.count
        let variable = waiting[start...].reduce(Int.max) { min($0, arena.top($1.packets)) }
        var halves = (Found(), Found())
        for isHigh in [false, true] {
            for place in start..<end {
                var candidate = waiting[place]
                if let split = arena.split(candidate.packets), split.variable == variable {
                    candidate.packets = isHigh ? split.high : split.low
                }
                if candidate.packets == .none { continue }
                waiting.append(candidate)
                if candidate.packets == .all { break }
            }
            guard let half = try descend(&waiting, from: end, &work, arena) else { return nil }
            if isHigh { halves.1 = half } else { halves.0 = half }
            waiting.removeLast(waiting.count - end)
        }
        return try join(halves.0, halves.1, at: variable, arena)
    }

    private mutating func join(
        _ low: Found, _ high: Found, at variable: Int, _ arena: DiagramArena
    ) throws(PacketFilterError) -> Found {
        let summary = Summary(
            accepted: try arena.make(
                variable, low: low.summary.accepted, high: high.summary.accepted),
            dropped: try arena.make(
                variable, low: low.summary.dropped, high: high.summary.dropped),
            returned: try arena.make(
                variable, low: low.summary.returned, high: high.summary.returned))
        if low.place == high.place { return Found(summary: summary, place: low.place) }
        branches.append(
            Branch(
                variable: Int32(truncatingIfNeeded: variable), low: low.place, high: high.place))
        return Found(
            summary: summary, place: Int32(truncatingIfNeeded: branches.count - 1))
    }

    /// The place in the chain of the first rule that matches a packet.
    func rule(of bits: Assignment, in arena: DiagramArena) -> Int? {
        var place = root
        while place >= 0 {
            let branch = branches[Int(place)]
            place = bits[Int(branch.variable)] ? branch.high : branch.low
        }
        guard place != End.nobody else { return nil }
        let rule = rules[Int(~place)]
        return arena.contains(rule.packets, bits) ? rule.number : nil
    }
}

extension FirstMatch.Rule {
    /// The packets that it matches.
    fileprivate var packets: Diagram {
        [summary.accepted, summary.dropped].first { $0 != .none } ?? summary.returned
    }
}

extension Summary {
    /// The same for other packets.
    fileprivate func with(_ packets: Diagram) -> Summary {
        Summary(
            accepted: accepted == .none ? .none : packets,
            dropped: dropped == .none ? .none : packets,
            returned: returned == .none ? .none : packets)
    }
}
