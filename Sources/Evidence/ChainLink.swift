/// A report's place in the series of one host and one key.
package struct ChainLink: Sendable, Hashable {
    /// Counted from 1.
    package var sequence: Int64
    /// Lower-case hexadecimal SHA-256 of the payload before it; nil for the first alone.
    package var previousSha256: String?

    /// A link by its parts.
    package init(sequence: Int64, previousSha256: String?) {
        self.sequence = sequence
        self.previousSha256 = previousSha256
    }

    /// The beginning of a series.
    package static let first = ChainLink(sequence: 1, previousSha256: nil)

    /// What follows a report of this link.
    package func next(after sha256: String) -> ChainLink {
        ChainLink(sequence: sequence + 1, previousSha256: sha256)
    }
}
