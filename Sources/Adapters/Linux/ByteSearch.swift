import CLinux

/// Finds bytes in bytes; see memmem(3).
package enum ByteSearch {
    /// Whether the needle stands anywhere in the bytes.
    package static func contains(_ needle: [UInt8], in bytes: [UInt8]) -> Bool {
        unsafe clinux_find(bytes, bytes.count, needle, needle.count) >= 0
    }

    /// Several texts that are looked for at once.
    package struct Texts: Sendable {
        fileprivate let list: [UInt8]

        /// Each has two bytes or more, and no zero.
        package init(_ texts: some Sequence<String>) {
            list = Array(texts.joined(separator: "\0").utf8) + [0, 0]
        }
    }

    /// Where one of several texts first stands at an index or behind it.
    package static func index(
        ofAny texts: Texts, in bytes: [UInt8], from start: Int = 0
    ) -> Int? {
        guard start <= bytes.count else { return nil }
        let found = unsafe bytes.withUnsafeBytes { buffer in
            unsafe clinux_find_any(
                buffer.baseAddress.map { unsafe $0 + start }, bytes.count - start, texts.list)
        }
        return found < 0 ? nil : start + Int(found)
    }

    /// Where the needle first stands at an index or behind it.
    package static func index(of needle: [UInt8], in bytes: [UInt8], from start: Int = 0) -> Int? {
        guard start <= bytes.count else { return nil }
        let found = unsafe bytes.withUnsafeBytes { buffer in
            unsafe clinux_find(
                buffer.baseAddress.map { unsafe $0 + start }, bytes.count - start, needle,
                needle.count)
        }
        return found < 0 ? nil : start + Int(found)
    }
}
