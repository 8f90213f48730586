extension DiagramArena {
    /// The packets for which the number made of these bits, first the highest, is in the set.
    ///
    /// Built from the bottom out of the sorted ranges: each block of numbers is looked at once, and
    /// 100,000 prefixes cost what their common trie costs.
    package func membership(
        of word: [Diagram], in set: IntervalSet
    ) throws(PacketFilterError) -> Diagram {
        if let number = DiagramArena.constant(word) { return Diagram(set.contains(number)) }
        let last = IntervalSet.largest(word.count)
        let used = set.firstRange(
            beginningAtOrAfter: last, in: set.ranges.indices)
        let end = used < set.ranges.count && set.ranges[used].lowerBound == last ? used + 1 : used
        return try block(word, 0, set, 0..<end, first: 0, last: last)
    }

    /// The packets of a set, which asks for later variables only, for which the number made of these
    /// variables is among the numbers.
    func membership(
        of variables: Range<Int>, in numbers: IntervalSet, of rest: Diagram
    ) throws(PacketFilterError) -> Diagram {
        if let prefix = numbers.prefix {
            let free = min(variables.count, prefix.free)
            return try path(variables.dropLast(free), prefix.first >> UInt128(free), of: rest)
        }
        let word = try variables.map { variable throws(PacketFilterError) in
            try self.variable(variable)
        }
        return try intersection(membership(of: word, in: numbers), rest)
    }

    private func block(
        _ word: [Diagram], _ depth: Int, _ set: IntervalSet, _ part: Range<Int>, first: UInt128,
        last: UInt128
    ) throws(PacketFilterError) -> Diagram {
        if part.isEmpty { return .none }
        let range = set.ranges[part.lowerBound]
        if range.lowerBound <= first, range.upperBound >= last { return .all }
        if part.count == 1, let free = IntervalSet.freeBits(range) {
            return try path(word, depth, range.lowerBound, free)
        }
        try step()
        let middle = first + (last - first) / 2 + 1
        let lowEnd = set.firstRange(beginningAtOrAfter: middle, in: part)
        let highStart = set.firstRange(endingAtOrAfter: middle, in: part)
        let low = try block(
            word, depth + 1, set, part.lowerBound..<lowEnd, first: first, last: middle - 1)
        let high = try block(
            word, depth + 1, set, highStart..<part.upperBound, first: middle, last: last)
        return try decide(word[depth], high, low)
    }

    /// The numbers that have the last bits as they like, and before them those of a number.
    private func path(
        _ word: [Diagram], _ depth: Int, _ number: UInt128, _ free: Int
    ) throws(PacketFilterError) -> Diagram {
        var rest = Diagram.all
        for place in stride(from: word.count - 1 - free, through: depth, by: -1) {
            try step()
            let bit = number >> UInt128(word.count - 1 - place) & 1 == 1
            rest = try decide(word[place], bit ? rest : .none, bit ? .none : rest)
        }
        return rest
    }

    /// `choose`, with a short way for a bit that comes before everything in both parts.
    private func decide(
        _ bit: Diagram, _ high: Diagram, _ low: Diagram
    ) throws(PacketFilterError) -> Diagram {
        if let (variable, zero, one) = split(bit), zero == .none, one == .all,
            variable < top(low), variable < top(high)
        {
            return try make(variable, low: low, high: high)
        }
        return try choose(bit, high, low)
    }

    /// The number that the bits make when all of them are constant.
    package static func constant(_ word: some Collection<Diagram>) -> UInt128? {
        var number: UInt128 = 0
        for bit in word {
            guard bit.isConstant else { return nil }
            number = number << 1 | (bit == .all ? 1 : 0)
        }
        return number
    }

    /// The bits of a number, first the highest.
    package static func word(_ number: UInt128, width: Int) -> [Diagram] {
        (0..<width).map { Diagram(number >> UInt128(width - 1 - $0) & 1 == 1) }
    }

    /// The packets for which both words are the same number; the shorter one is filled with zeros.
    package func equality(
        _ left: [Diagram], _ right: [Diagram]
    ) throws(PacketFilterError) -> Diagram {
        let width = max(left.count, right.count)
        let left = Array(repeating: Diagram.none, count: width - left.count) + left
        let right = Array(repeating: Diagram.none, count: width - right.count) + right
        var same = Diagram.all
        for (one, other) in zip(left, right).reversed() {
            let equal = try choose(one, other, complement(other))
            same = try intersection(equal, same)
        }
        return same
    }
}
