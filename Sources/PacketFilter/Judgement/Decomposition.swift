/// Takes a set of packets apart, one field after the other.
struct Decomposition {
    /// Some numbers of a field, and what they have in common in the fields after it.
    struct Part: Hashable {
        var numbers: IntervalSet
        var rest: Diagram
        /// The numbers that have exactly this in common, and no more.
        var exact: IntervalSet
    }

    let arena: DiagramArena
    /// A field that falls into more pieces than this is too fragmented to be listed.
    var limit = 500_000

    /// The largest parts: for each remainder all numbers that have it, or more.
    ///
    /// Parts overlap where a number has more than the remainder, so that a rule for one port and
    /// a rule for one network stay two lines.
    func parts(of set: Diagram, _ variables: Range<Int>) throws(PacketFilterError) -> [Part] {
        let exact = try exactParts(of: set, variables)
        // Comparing each with each is worth it only where a person can read the result.
        guard exact.count <= 64 else { return exact }
        var largest: [Part] = []
        for part in exact {
            var ranges = part.numbers.ranges
            for other in exact where other != part {
                if try arena.isSubset(part.rest, of: other.rest) { ranges += other.numbers.ranges }
            }
            largest.append(
                Part(numbers: IntervalSet(ranges), rest: part.rest, exact: part.exact))
        }
        return largest
    }

    /// For each remainder exactly the numbers that have it, in the order of their first number.
    func exactParts(
        of set: Diagram, _ variables: Range<Int>
    ) throws(PacketFilterError) -> [Part] {
        var order: [Diagram] = []
        var ranges: [Diagram: [ClosedRange<UInt128>]] = [:]
        var count = 0
        try walk(set, variables, first: 0) { range, rest throws(PacketFilterError) in
            count += 1
            if count > limit { throw PacketFilterError(.tooComplex, "list of numbers") }
            if ranges[rest] == nil { order.append(rest) }
            ranges[rest, default: []].append(range)
        }
        return order.map { rest in
            let numbers = IntervalSet(ranges[rest] ?? [])
            return Part(numbers: numbers, rest: rest, exact: numbers)
        }
    }

    private func walk(
        _ set: Diagram, _ variables: Range<Int>, first: UInt128,
        _ found: (ClosedRange<UInt128>, Diagram) throws(PacketFilterError) -> Void
    ) throws(PacketFilterError) {
        if set == .none { return }
        try arena.step()
        if arena.top(set) >= variables.upperBound {
            try found(first...(first | IntervalSet.largest(variables.count)), set)
            return
        }
        let rest = variables.dropFirst()
        let half = UInt128(1) << UInt128(variables.count - 1)
        var (low, high) = (set, set)
        if let split = arena.split(set), split.variable == variables.lowerBound {
            (low, high) = (split.low, split.high)
        }
        try walk(low, rest, first: first, found)
        try walk(high, rest, first: first | half, found)
    }
}
