/// A pattern for the ids of probes: `*` is any text, `?` one character; several by commas.
package struct Glob: Sendable, Hashable {
    private var patterns: [[Character]]

    /// The pattern that this text is.
    package init(_ text: String) {
        patterns = text.split(separator: ",").map(Array.init)
    }

    /// Whether the whole text is of the pattern.
    package func matches(_ text: String) -> Bool {
        let characters = Array(text)
        return patterns.contains { Self.matches($0[...], characters[...]) }
    }

    private static func matches(
        _ pattern: ArraySlice<Character>, _ text: ArraySlice<Character>
    ) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        if first == "*" {
            return text.indices.contains { matches(pattern.dropFirst(), text[$0...]) }
                || matches(pattern.dropFirst(), text.dropFirst(text.count))
        }
        guard let character = text.first, first == "?" || first == character else { return false }
        return matches(pattern.dropFirst(), text.dropFirst())
    }
}
