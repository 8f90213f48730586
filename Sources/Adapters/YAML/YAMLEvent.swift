/// One step of a YAML stream (YAML 1.2, chapter 3.1), and where it starts.
package struct YAMLEvent: Sendable, Hashable {
    /// How a scalar is written.
    package enum Style: Sendable, Hashable {
        /// Without quotes, so that its type is read from its characters.
        case plain
        /// In single or double quotes.
        case quoted
        /// As a block, literal or folded.
        case block
    }

    /// What stands there.
    package enum Kind: Sendable, Hashable {
        case streamStart, streamEnd
        /// `hasDirectives` where a `%YAML` or `%TAG` line precedes it.
        case documentStart(hasDirectives: Bool)
        case documentEnd
        case alias
        case scalar(String, Style)
        case sequenceStart, sequenceEnd
        case mappingStart, mappingEnd
    }

    package var kind: Kind
    /// Counted from 1.
    package var line: Int
    /// Counted in characters from 1.
    package var column: Int
    /// Whether an anchor is attached to it.
    package var hasAnchor: Bool
    /// Whether a tag is attached to it.
    package var hasTag: Bool
}
