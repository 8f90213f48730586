/// Reads what a `PackedWriter` wrote; whatever else the bytes are, they are an error.
package struct PackedReader: Sendable {
    /// The bytes are not what they should be.
    package struct Malformed: Error, Sendable, Hashable {}

    private var rest: ArraySlice<UInt8>

    /// Reads from the first byte on.
    package init(_ bytes: [UInt8]) {
        rest = bytes[...]
    }

    /// One byte.
    package mutating func byte() throws(Malformed) -> UInt8 {
        guard let byte = rest.popFirst() else { throw Malformed() }
        return byte
    }

    /// A number in eight bytes, least significant first.
    package mutating func number() throws(Malformed) -> Int64 {
        guard rest.count >= 8 else { throw Malformed() }
        let bits = rest.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        rest = rest.dropFirst(8)
        return Int64(bitPattern: bits)
    }

    /// How many things follow, each of which has at least one byte.
    package mutating func count() throws(Malformed) -> Int {
        let number = try number()
        guard number >= 0, number <= rest.count else { throw Malformed() }
        return Int(number)
    }

    /// As many bytes as are announced.
    package mutating func bytes() throws(Malformed) -> [UInt8] {
        let count = try count()
        let bytes = Array(rest.prefix(count))
        rest = rest.dropFirst(count)
        return bytes
    }

    /// Valid UTF-8, and nothing repaired.
    package mutating func text() throws(Malformed) -> String {
        let count = try count()
        guard let text = String(validating: rest.prefix(count), as: UTF8.self) else {
            throw Malformed()
        }
        rest = rest.dropFirst(count)
        return text
    }

    /// As many texts as are announced.
    package mutating func texts() throws(Malformed) -> [String] {
        var texts: [String] = []
        for _ in 0..<(try count()) { texts.append(try text()) }
        return texts
    }

    /// Nothing may follow.
    package func end() throws(Malformed) {
        guard rest.isEmpty else { throw Malformed() }
    }
}
