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
        var pieces = Pieces()
        try walk(set, variables, first: 0, &pieces)
        pieces.close()
        return pieces.found.map { rest, ranges in
            let numbers = IntervalSet(ranges)
            return Part(numbers: numbers, rest: rest, exact: numbers)
        }
    }

    /// The largest sets of sources that share their destinations.
    ///
    /// The set asks for destinations and sources alone.
    func ends(
        of set: Diagram, sources: Range<Int>, destinations: Range<Int>
    ) throws(PacketFilterError) -> [Ends] {
        if sources.lowerBound < destinations.lowerBound {
            return try parts(of: set, sources).map { part throws(PacketFilterError) in
                let ends = try exactParts(of: part.rest, destinations)
                return Ends(
                    sources: part.numbers,
                    packets: try arena.membership(of: sources, in: part.numbers, of: .all),
                    destinations: IntervalSet(ends.flatMap(\.numbers.ranges)))
            }
        }
        // Each source has the destinations of some of these parts.
        let parts = try exactParts(of: set, destinations)
        var shares: [(sources: Diagram, parts: Set<Int>)] = [(.all, [])]
        for (number, part) in parts.enumerated() {
            try arena.step(shares.count)
            var next: [(Diagram, Set<Int>)] = []
            for share in shares {
                let inside = try arena.intersection(share.sources, part.rest)
                let outside = try arena.difference(share.sources, part.rest)
                if outside != .none { next.append((outside, share.parts)) }
                if inside != .none { next.append((inside, share.parts.union([number]))) }
            }
            guard next.count <= limit else { throw PacketFilterError(.tooComplex, "list of ends") }
            shares = next
        }
        shares.removeAll { $0.parts.isEmpty }
        let exact = try shares.map { share throws(PacketFilterError) in
            let numbers = try exactParts(of: share.sources, sources).flatMap(\.numbers.ranges)
            return (numbers: IntervalSet(numbers), packets: share.sources, parts: share.parts)
        }.sorted { ($0.numbers.first ?? 0) < ($1.numbers.first ?? 0) }
        return try exact.map { share throws(PacketFilterError) in
            // As in `parts`, where a person can read the result.
            let larger =
                exact.count > 64
                ? [share] : exact.filter { share.parts.isSubset(of: $0.parts) }
            return Ends(
                sources: larger.count == 1
                    ? share.numbers : IntervalSet(larger.flatMap(\.numbers.ranges)),
                packets: try arena.union(larger.map(\.packets)),
                destinations: IntervalSet(share.parts.flatMap { parts[$0].numbers.ranges }))
        }
    }

    /// Some sources, and the destinations that all of them have.
    struct Ends {
        var sources: IntervalSet
        /// The packets of these sources.
        var packets: Diagram
        var destinations: IntervalSet
    }

    /// The ranges of numbers found so far, by what they have in common.
    private struct Pieces {
        var found: [(rest: Diagram, ranges: [ClosedRange<UInt128>])] = []
        private var places: [Diagram: Int] = [:]
        private var place = 0
        private var latest: (range: ClosedRange<UInt128>, rest: Diagram)?
        private var count = 0

        /// Adds the next range; one that continues the last one becomes part of it.
        mutating func add(
            _ range: ClosedRange<UInt128>, _ rest: Diagram, limit: Int
        ) throws(PacketFilterError) {
            if let last = latest, last.rest == rest, last.range.upperBound + 1 == range.lowerBound {
                latest = (last.range.lowerBound...range.upperBound, rest)
                return
            }
            close()
            latest = (range, rest)
            count += 1
            if count > limit { throw PacketFilterError(.tooComplex, "list of numbers") }
        }

        /// Nothing continues the last range.
        mutating func close() {
            guard let (range, rest) = latest else { return }
            latest = nil
            // Most ranges have the same in common as the one before.
            if !found.indices.contains(place) || found[place].rest != rest {
                place = places[rest] ?? found.count
            }
            if place == found.count {
                places[rest] = place
                found.append((rest, []))
            }
            found[place].ranges.append(range)
        }
    }

    private func walk(
        _ set: Diagram, _ variables: Range<Int>, first: UInt128, _ found: inout Pieces
    ) throws(PacketFilterError) {
        if set == .none { return }
        try arena.step()
        guard let split = arena.split(set), split.variable < variables.upperBound else {
            let range = first...(first | IntervalSet.largest(variables.count))
            try found.add(range, set, limit: limit)
            return
        }
        let rest = variables.dropFirst()
        let half = UInt128(1) << UInt128(variables.count - 1)
        let isAsked = split.variable == variables.lowerBound
        let (low, high) = isAsked ? (split.low, split.high) : (set, set)
        try walk(low, rest, first: first, &found)
        try walk(high, rest, first: first | half, &found)
    }
}
