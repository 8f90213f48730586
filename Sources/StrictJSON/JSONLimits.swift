/// How much a JSON document may hold, and of what.
package struct JSONLimits: Sendable, Hashable {
    /// Which numbers are accepted.
    package enum Numbers: Sendable, Hashable {
        /// 0 to 2^53 - 1, without sign, point or exponent: what every reader reads alike.
        case natural
        /// Any `Int64`, without point or exponent: what is not one is no number of ours.
        case whole
        /// Any number; one that is not an `Int64` becomes a string of its own literal.
        case any
    }

    /// Bytes of the whole document.
    package var document: Int
    /// Bytes of one string, unescaped.
    package var string: Int
    /// Arrays and objects around a value.
    package var depth: Int
    /// Values in the whole document, so that small text cannot become large memory.
    package var values: Int
    package var numbers: Numbers
    /// Whether names of members must be ASCII: two that only differ in normalisation are refused.
    package var asciiNames: Bool

    /// Limits by their parts.
    package init(
        document: Int, string: Int, depth: Int, values: Int, numbers: Numbers, asciiNames: Bool
    ) {
        self.document = document
        self.string = string
        self.depth = depth
        self.values = values
        self.numbers = numbers
        self.asciiNames = asciiNames
    }

    /// What is signed: every reader must read the same in it.
    package static let evidence = JSONLimits(
        document: 16 << 20, string: 64 << 10, depth: 16, values: 2_000_000, numbers: .natural,
        asciiNames: true)

    /// What programs and files of a host say, up to so many bytes.
    package static func host(document: Int = 16 << 20) -> JSONLimits {
        JSONLimits(
            document: document, string: document, depth: 64, values: 2_000_000, numbers: .any,
            asciiNames: false)
    }
}
