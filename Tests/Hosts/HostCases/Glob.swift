/// A pattern in which `*` stands for any text and everything else for itself.
package struct Glob: Sendable, Hashable {
    private let pieces: [Substring]

    /// A pattern such as `C5-0*`.
    package init(_ pattern: String) {
        pieces = pattern.split(separator: "*", omittingEmptySubsequences: false)
    }

    /// The whole text fits the pattern.
    package func matches(_ text: String) -> Bool {
        guard let first = pieces.first, let last = pieces.last, text.hasPrefix(first) else {
            return false
        }
        guard pieces.count > 1 else { return text == first }
        var rest = text.dropFirst(first.count)
        for piece in pieces.dropFirst().dropLast() {
            guard let range = rest.firstRange(of: piece) else { return false }
            rest = rest[range.upperBound...]
        }
        return rest.hasSuffix(last)
    }
}
