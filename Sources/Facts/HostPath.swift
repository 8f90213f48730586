/// An absolute path on a host, or one name of a directory: bytes, as the kernel has them.
///
/// Written as text, a byte sequence that is not UTF-8 and every control character is `\xNN`.
package struct HostPath: Sendable, Hashable, Comparable, ExpressibleByStringLiteral {
    package var bytes: [UInt8]

    /// The path with these bytes.
    package init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The path that this text is, byte for byte; `\xNN` is not translated back.
    package init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// The path that the literal is.
    package init(stringLiteral value: String) {
        self.init(value)
    }

    /// This path, and below it `name`.
    package func appending(_ name: HostPath) -> HostPath {
        let slash = UInt8(ascii: "/")
        return HostPath(
            bytes: bytes.last == slash ? bytes + name.bytes : bytes + [slash] + name.bytes)
    }

    /// The directory that holds the last component; of `/` it is `/`.
    package var parent: HostPath {
        guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")), slash > 0 else { return "/" }
        return HostPath(bytes: Array(bytes[..<slash]))
    }

    /// The last component.
    package var name: HostPath {
        guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return self }
        return HostPath(bytes: Array(bytes[(slash + 1)...]))
    }

    /// The components between the slashes, without empty ones.
    package var components: [HostPath] {
        bytes.split(separator: UInt8(ascii: "/")).map { HostPath(bytes: Array($0)) }
    }

    /// Whether this is `directory` or lies below it, read as text.
    package func isWithin(_ directory: HostPath) -> Bool {
        let own = components
        let other = directory.components
        return own.count >= other.count && Array(own[..<other.count]) == other
    }

    /// Whether the path ends in these characters.
    package func hasSuffix(_ suffix: String) -> Bool {
        bytes.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
    }

    /// Whether the path begins with these characters.
    package func hasPrefix(_ prefix: String) -> Bool {
        bytes.starts(with: prefix.utf8)
    }

    /// Paths are ordered by their bytes.
    package static func < (left: HostPath, right: HostPath) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }
}

extension HostPath: CustomStringConvertible {
    /// The path as text that is safe to print.
    package var description: String { Readable.text(bytes) }
}
