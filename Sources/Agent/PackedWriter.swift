/// Writes numbers and texts one after another, as `PackedReader` reads them.
package struct PackedWriter: Sendable {
    /// What was written.
    package private(set) var bytes: [UInt8] = []

    /// Nothing yet.
    package init() {}

    /// One byte.
    package mutating func append(_ byte: UInt8) {
        bytes.append(byte)
    }

    /// A number in eight bytes, least significant first.
    package mutating func append(_ number: Int64) {
        let bits = UInt64(bitPattern: number)
        for shift in stride(from: 0, to: 64, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
        }
    }

    /// How many things follow.
    package mutating func append(count: Int) {
        append(Int64(count))
    }

    /// A text, by its length in UTF-8.
    package mutating func append(_ text: String) {
        append(Array(text.utf8))
    }

    /// Bytes, by how many they are.
    package mutating func append(_ more: [UInt8]) {
        append(count: more.count)
        bytes += more
    }

    /// Texts, by how many they are.
    package mutating func append(_ texts: [String]) {
        append(count: texts.count)
        for text in texts { append(text) }
    }
}
