extension DiagramArena {
    /// The packets for which the number made of these bits, first the highest, is in the set.
    package func membership(
        of word: [Diagram], in numbers: IntervalSet
    ) throws(PacketFilterError) -> Diagram {
        if let number = DiagramArena.constant(word) { return Diagram(numbers.contains(number)) }
        if let variables = variables(of: word) {
            return try membership(of: variables, in: numbers, of: .all)
        }
        return Diagram(
            node: try table.membership(of: .sets(word.map(\.node)), in: numbers, of: 1))
    }

    /// The packets of a set, which asks for later variables only, for which the number made of these
    /// variables is among the numbers.
    func membership(
        of variables: Range<Int>, in numbers: IntervalSet, of rest: Diagram
    ) throws(PacketFilterError) -> Diagram {
        Diagram(
            node: try table.membership(of: .variables(variables), in: numbers, of: rest.node))
    }

    /// The variables that a word is made of, where they stand next to each other.
    private func variables(of word: [Diagram]) -> Range<Int>? {
        guard let first = word.first.map(top) else { return nil }
        for (place, bit) in word.enumerated() {
            guard let split = split(bit), split.variable == first + place, split.low == .none,
                split.high == .all
            else { return nil }
        }
        return first..<(first + word.count)
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
