/// A rule: steps that a packet takes one after the other.
package struct FilterRule: Hashable, Sendable {
    package var statements: [Statement]
    /// The rule as its source writes it, on one line.
    package var text: String
    /// The kernel's number for it.
    package var handle: UInt64?
    /// Where a file has it.
    package var place: SourcePlace?

    /// A rule by its parts.
    package init(
        _ statements: [Statement], text: String, handle: UInt64? = nil, place: SourcePlace? = nil
    ) {
        self.statements = statements
        self.text = text
        self.handle = handle
        self.place = place
    }
}

/// A line of a file.
package struct SourcePlace: Hashable, Sendable, CustomStringConvertible {
    package var file: String
    /// Counted from 1.
    package var line: Int

    /// A place by its parts.
    package init(file: String, line: Int) {
        self.file = file
        self.line = line
    }

    /// The place as compilers write it.
    package var description: String { "\(file):\(line)" }
}
