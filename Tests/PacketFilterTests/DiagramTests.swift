import PacketFilter
import Testing

/// The algebra, held against sets that are written out.
struct DiagramTests {
    /// Random pairs of a diagram and the set that it must be.
    static func pairs(_ arena: DiagramArena, seed: UInt64, count: Int) throws -> [(
        Diagram, SmallSet
    )] {
        var random = Seeded(seed)
        var pairs: [(Diagram, SmallSet)] = [(.none, .none), (.all, .all)]
        for variable in 0..<SmallSet.width {
            pairs.append((try arena.variable(variable), .variable(variable)))
        }
        while pairs.count < count {
            let (a, x) = pairs[Int.random(in: 0..<pairs.count, using: &random)]
            let (b, y) = pairs[Int.random(in: 0..<pairs.count, using: &random)]
            let (c, z) = pairs[Int.random(in: 0..<pairs.count, using: &random)]
            switch Int.random(in: 0..<5, using: &random) {
            case 0: pairs.append((try arena.union(a, b), SmallSet(members: x.members | y.members)))
            case 1:
                pairs.append(
                    (try arena.intersection(a, b), SmallSet(members: x.members & y.members)))
            case 2:
                pairs.append(
                    (try arena.difference(a, b), SmallSet(members: x.members & ~y.members)))
            case 3: pairs.append((arena.complement(a), SmallSet(members: ~x.members)))
            default:
                let chosen = x.members & y.members | ~x.members & z.members
                pairs.append((try arena.choose(a, b, c), SmallSet(members: chosen)))
            }
        }
        return pairs
    }

    @Test(arguments: 1...20)
    func `every operation makes the set that it names`(seed: UInt64) throws {
        let arena = DiagramArena()
        for (diagram, set) in try Self.pairs(arena, seed: seed, count: 200) {
            #expect(SmallSet.members(of: diagram, in: arena) == set)
        }
    }

    @Test(arguments: 1...10)
    func `equal sets are equal diagrams, and only they`(seed: UInt64) throws {
        let arena = DiagramArena()
        let pairs = try Self.pairs(arena, seed: seed, count: 80)
        for (diagram, set) in pairs {
            for (other, otherSet) in pairs {
                #expect((diagram == other) == (set == otherSet))
                let isSubset = set.members & ~otherSet.members == 0
                #expect(try arena.isSubset(diagram, of: other) == isSubset)
            }
        }
    }

    @Test(arguments: 1...10)
    func `quantifiers and fixed bits agree with sets that are written out`(seed: UInt64) throws {
        let arena = DiagramArena()
        for (diagram, set) in try Self.pairs(arena, seed: seed, count: 80) {
            for variable in 0..<SmallSet.width {
                let one = VariableSet([variable])
                let some = try arena.exists(one, in: diagram)
                #expect(SmallSet.members(of: some, in: arena) == set.exists(variable))
                let every = try arena.forAll(one, in: diagram)
                #expect(SmallSet.members(of: every, in: arena) == set.forAll(variable))
                for value in [false, true] {
                    let fixed = try arena.restrict(diagram, to: [variable: value])
                    #expect(
                        SmallSet.members(of: fixed, in: arena)
                            == set.restricted(variable, value))
                }
            }
            let two = VariableSet([1, 4])
            #expect(
                SmallSet.members(of: try arena.exists(two, in: diagram), in: arena)
                    == set.exists(1).exists(4))
        }
    }

    @Test(arguments: 1...10)
    func `a simplified set is the same where it matters`(seed: UInt64) throws {
        let arena = DiagramArena()
        let pairs = try Self.pairs(arena, seed: seed, count: 60)
        for (diagram, set) in pairs {
            for (matters, mattersSet) in pairs {
                let simple = try arena.simplified(diagram, where: matters)
                let members = SmallSet.members(of: simple, in: arena).members
                #expect(members & mattersSet.members == set.members & mattersSet.members)
            }
        }
    }

    @Test(arguments: 1...10)
    func `a witness is in all sets, and only sets that have nothing in common have none`(
        seed: UInt64
    ) throws {
        let arena = DiagramArena()
        var random = Seeded(seed)
        let pairs = try Self.pairs(arena, seed: seed, count: 60)
        for _ in 0..<200 {
            let chosen = (0..<3).map { _ in pairs[Int.random(in: 0..<pairs.count, using: &random)] }
            let common = chosen.reduce(UInt64.max) { $0 & $1.1.members }
            let wanted = Int.random(in: 0..<64, using: &random)
            var preferred = Assignment()
            preferred.set(0..<SmallSet.width, to: UInt128(wanted))
            guard
                let bits = try arena.witness(ofAll: chosen.map(\.0), preferring: preferred)
            else {
                #expect(common == 0)
                continue
            }
            let number = Int(bits.number(of: 0..<SmallSet.width))
            #expect(SmallSet(members: common).contains(number))
            #expect(number == wanted || !SmallSet(members: common).contains(wanted))
        }
    }

    @Test(arguments: 1...20)
    func `a set of numbers is built as if each number were added alone`(seed: UInt64) throws {
        let arena = DiagramArena()
        var random = Seeded(seed)
        let word = try (0..<SmallSet.width).map { try arena.variable($0) }
        var ranges: [ClosedRange<UInt128>] = []
        for _ in 0..<Int.random(in: 0...6, using: &random) {
            let first = Int.random(in: 0..<64, using: &random)
            let last = min(63, first + Int.random(in: 0..<20, using: &random))
            ranges.append(UInt128(first)...UInt128(last))
        }
        let built = try arena.membership(of: word, in: IntervalSet(ranges))
        let expected = SmallSet { number in ranges.contains { $0.contains(UInt128(number)) } }
        #expect(SmallSet.members(of: built, in: arena) == expected)
        // The same bits in another order are another number, and no special way is taken.
        let turned = try arena.membership(of: word.reversed(), in: IntervalSet(ranges))
        let mirror = SmallSet { number in
            let reversed = (0..<6).reduce(0) { $0 << 1 | (number >> $1 & 1) }
            return ranges.contains { $0.contains(UInt128(reversed)) }
        }
        #expect(SmallSet.members(of: turned, in: arena) == mirror)
    }

    @Test
    func `sets of many nodes have one form, however they are made`() throws {
        let arena = DiagramArena()
        var random = Seeded(7)
        let word = try (0..<40).map { try arena.variable($0) }
        let numbers = (0..<4000).map { _ in
            UInt128(UInt64.random(in: 0..<(1 << 40), using: &random))
        }
        let whole = try arena.membership(of: word, in: IntervalSet(numbers.map { $0...$0 }))
        let parts = try stride(from: 0, to: numbers.count, by: 500).map { first in
            let part = numbers[first..<(first + 500)]
            return try arena.membership(of: word, in: IntervalSet(part.map { $0...$0 }))
        }
        #expect(arena.nodeCount > 50_000)
        #expect(try arena.union(parts) == whole)
        #expect(try parts.allSatisfy { try arena.isSubset($0, of: whole) })
    }

    @Test
    func `past its budget an arena answers with an error, not with a hang`() throws {
        let arena = DiagramArena(nodeLimit: 1000, stepLimit: 1_000_000)
        #expect(throws: PacketFilterError(.tooComplex, "1000 nodes")) {
            // Equality of two words far apart is the textbook case of a large diagram.
            let left = try (0..<40).map { try arena.variable($0) }
            let right = try (40..<80).map { try arena.variable($0) }
            _ = try arena.equality(left, right)
        }
    }
}
