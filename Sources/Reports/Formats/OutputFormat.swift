/// How a report is shown.
package enum OutputFormat: String, Sendable, Hashable, CaseIterable {
    /// For a person at a terminal, or in a log.
    case text
    /// The signed line itself; unsigned, the statement alone.
    case json
    /// For a ticket or a wiki page.
    case markdown
}
