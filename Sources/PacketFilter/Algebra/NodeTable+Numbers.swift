extension NodeTable {
    /// What decides about each bit of a number, first the highest.
    enum Word {
        /// Variables that stand next to each other.
        case variables(Range<Int>)
        /// The bit is 1 for the packets of a set.
        case sets([UInt32])

        var width: Int {
            switch self {
            case .variables(let variables): variables.count
            case .sets(let sets): sets.count
            }
        }
    }

    /// The packets of `rest` for which the number made of a word's bits is among some numbers.
    ///
    /// `rest` asks only for what comes after the word. Built from the bottom out of the sorted
    /// ranges: each block of numbers is looked at once, and 100,000 prefixes cost what their common
    /// trie costs.
    mutating func membership(
        of word: Word, in numbers: IntervalSet, of rest: UInt32
    ) throws(PacketFilterError) -> UInt32 {
        let last = IntervalSet.largest(word.width)
        let ranges = numbers.ranges
        let used = numbers.firstRange(beginningAtOrAfter: last, in: ranges.indices)
        let end = used < ranges.count && ranges[used].lowerBound == last ? used + 1 : used
        let question = Membership(word: word, numbers: numbers, rest: rest)
        return try block(question, 0, 0..<end, first: 0, last: last)
    }

    private struct Membership {
        let word: Word
        let numbers: IntervalSet
        let rest: UInt32
    }

    private mutating func block(
        _ question: Membership, _ depth: Int, _ part: Range<Int>, first: UInt128, last: UInt128
    ) throws(PacketFilterError) -> UInt32 {
        if part.isEmpty { return 0 }
        let range = question.numbers.ranges[part.lowerBound]
        if range.lowerBound <= first, range.upperBound >= last { return question.rest }
        if part.count == 1, let free = IntervalSet.freeBits(range) {
            return try path(question, depth, range.lowerBound, free)
        }
        try step()
        let middle = first + (last - first) / 2 + 1
        let lowEnd = question.numbers.firstRange(beginningAtOrAfter: middle, in: part)
        let highStart = question.numbers.firstRange(endingAtOrAfter: middle, in: part)
        let low = try block(
            question, depth + 1, part.lowerBound..<lowEnd, first: first, last: middle - 1)
        let high = try block(
            question, depth + 1, highStart..<part.upperBound, first: middle, last: last)
        switch question.word {
        case .variables(let variables):
            let variable = UInt32(truncatingIfNeeded: variables.lowerBound + depth)
            return try make(variable, low: low, high: high)
        case .sets(let sets): return try choose(sets[depth], high, low)
        }
    }

    /// The numbers that have the last bits as they like, and before them those of a number.
    private mutating func path(
        _ question: Membership, _ depth: Int, _ number: UInt128, _ free: Int
    ) throws(PacketFilterError) -> UInt32 {
        switch question.word {
        case .variables(let variables):
            let asked = variables.dropFirst(depth).dropLast(free)
            return try path(asked, number >> UInt128(free), of: question.rest)
        case .sets(let sets):
            var packets = question.rest
            var number = number >> UInt128(free)
            for set in sets.dropFirst(depth).dropLast(free).reversed() {
                let isOne = number & 1 == 1
                packets = try choose(set, isOne ? packets : 0, isOne ? 0 : packets)
                number >>= 1
            }
            return packets
        }
    }
}
