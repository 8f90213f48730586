/// One packet: a bit for each variable, 0 where none is given.
package struct Assignment: Hashable, Sendable {
    private var words: [UInt64] = []

    /// The packet whose every bit is 0.
    package init() {}

    /// The packet of these bits.
    package init(_ bits: [Int: Bool]) {
        for (variable, bit) in bits { self[variable] = bit }
    }

    /// The bit of a variable.
    package subscript(variable: Int) -> Bool {
        get {
            let word = variable / 64
            return word < words.count && words[word] >> UInt64(variable % 64) & 1 == 1
        }
        set {
            let word = variable / 64
            while words.count <= word { words.append(0) }
            let bit = UInt64(1) << UInt64(variable % 64)
            if newValue { words[word] |= bit } else { words[word] &= ~bit }
        }
    }

    /// The number made of these bits, first the highest.
    package func number(of variables: Range<Int>) -> UInt128 {
        variables.reduce(0) { $0 << 1 | (self[$1] ? 1 : 0) }
    }

    /// Makes these bits the number, first the highest.
    package mutating func set(_ variables: Range<Int>, to number: UInt128) {
        for (place, variable) in variables.reversed().enumerated() {
            self[variable] = number >> UInt128(place) & 1 == 1
        }
    }
}
