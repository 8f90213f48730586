import Documents

/// Ports of a transport protocol, from the first to the last.
package struct PortRange: Sendable, Hashable {
    package var first: UInt16
    package var last: UInt16

    /// A range by its ends.
    package init(_ first: UInt16, _ last: UInt16) {
        self.first = first
        self.last = last
    }

    /// The number, or `a-b`.
    package var text: String { first == last ? "\(first)" : "\(first)-\(last)" }

    /// A number, or a text `a-b`; a mistake is reported, and then it is nil.
    init?(_ node: YAMLNode, _ key: String, in reader: inout MappingReader) {
        guard let text = node.text else {
            guard let port = reader.integer(node, key, in: 0...65_535) else { return nil }
            self.init(UInt16(port), UInt16(port))
            return
        }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map(Self.port)
        guard ends.count == 2, let first = ends[0], let last = ends[1] else {
            reader.error(
                "'\(key)' must be a number, a range 'a-b', a list of them, or any", at: node.mark,
                hint: Self.port(text[...]) == nil ? nil : "write it without quotes")
            return nil
        }
        guard first <= last else {
            reader.error("the range begins after its end", at: node.mark)
            return nil
        }
        self.init(first, last)
    }

    private static func port(_ text: Substring) -> UInt16? {
        guard text.wholeMatch(of: /0|[1-9][0-9]{0,4}/) != nil else { return nil }
        return UInt16(text)
    }
}
