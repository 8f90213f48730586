import CLinux

/// Finds bytes in bytes.
package enum ByteSearch {
    /// Whether the needle stands anywhere in the bytes; see memmem(3).
    package static func contains(_ needle: [UInt8], in bytes: [UInt8]) -> Bool {
        unsafe clinux_contains(bytes, bytes.count, needle, needle.count) != 0
    }
}
