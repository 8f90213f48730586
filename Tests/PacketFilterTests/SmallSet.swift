import PacketFilter

/// A set of packets of six bits, member by member: what the diagrams are held against.
struct SmallSet: Hashable {
    static let width = 6
    /// Bit `n` says whether the packet of number `n` is in it; variable 0 is its highest bit.
    var members: UInt64

    static let all = SmallSet(members: .max)
    static let none = SmallSet(members: 0)

    static func variable(_ variable: Int) -> SmallSet {
        SmallSet(where: { $0 >> (width - 1 - variable) & 1 == 1 })
    }

    init(members: UInt64) {
        self.members = members
    }

    init(where isIn: (Int) -> Bool) {
        members = (0..<64).reduce(0) { isIn($1) ? $0 | 1 << UInt64($1) : $0 }
    }

    func contains(_ number: Int) -> Bool { members >> UInt64(number) & 1 == 1 }

    /// The packet with one bit set to a value.
    static func with(_ number: Int, _ variable: Int, _ value: Bool) -> Int {
        let mask = 1 << (width - 1 - variable)
        return value ? number | mask : number & ~mask
    }

    func exists(_ variable: Int) -> SmallSet {
        SmallSet {
            contains(Self.with($0, variable, false)) || contains(Self.with($0, variable, true))
        }
    }

    func forAll(_ variable: Int) -> SmallSet {
        SmallSet {
            contains(Self.with($0, variable, false)) && contains(Self.with($0, variable, true))
        }
    }

    func restricted(_ variable: Int, _ value: Bool) -> SmallSet {
        SmallSet { contains(Self.with($0, variable, value)) }
    }

    /// The members of a diagram over the same bits.
    static func members(of diagram: Diagram, in arena: DiagramArena) -> SmallSet {
        SmallSet { number in
            var rest = diagram
            while let (variable, low, high) = arena.split(rest) {
                rest = number >> (width - 1 - variable) & 1 == 1 ? high : low
            }
            return rest == .all
        }
    }
}

/// Random numbers that are the same in every run (SplitMix64).
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
