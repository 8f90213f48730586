/// A place in a file; line and column are counted from 1, columns in characters.
package struct Mark: Sendable, Hashable {
    package var line: Int
    package var column: Int

    /// The first character of a file.
    package static let start = Mark(line: 1, column: 1)

    /// A place by its parts.
    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }
}

extension Diagnostic {
    /// A diagnostic at a mark.
    package init(
        _ severity: Severity = .error, file: String, at mark: Mark, _ message: String,
        hint: String? = nil
    ) {
        self.init(
            severity, file: file, line: mark.line, column: mark.column, message, hint: hint)
    }
}
