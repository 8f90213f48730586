import PacketFilter
import Testing

/// Sets without a small share of their numbers, held against counting.
struct ShareTests {
    /// Bits 2, 3 and 4 of the six are the number; a packet is told apart by the others.
    static let number = 2..<5

    @Test(arguments: 1...10, [0.01, 0.125, 0.13, 0.3, 0.51, 1])
    func `a packet that misses fewer numbers than the share is in`(
        seed: UInt64, share: Double
    ) throws {
        let arena = DiagramArena()
        for (diagram, set) in try DiagramTests.pairs(arena, seed: seed, count: 80) {
            let most = try arena.almostAll(Self.number, in: diagram, except: share)
            let expected = SmallSet { packet in
                let missing = (0..<8).filter { number in
                    !set.contains(packet & 0b110001 | number << 1)
                }
                return Double(missing.count) / 8 < share
            }
            #expect(SmallSet.members(of: most, in: arena) == expected)
        }
    }
}
