/// A place in a file; line and column are counted from 1, columns in characters.
package struct Mark: Sendable, Hashable {
    package var file: String
    package var line: Int
    package var column: Int

    /// A place by its parts; without line and column, the first character of a file.
    package init(file: String, line: Int = 1, column: Int = 1) {
        self.file = file
        self.line = line
        self.column = column
    }
}

extension Diagnostic {
    /// A diagnostic at a mark.
    package init(
        _ severity: Severity = .error, at mark: Mark, _ message: String, hint: String? = nil
    ) {
        self.init(
            severity, file: mark.file, line: mark.line, column: mark.column, message, hint: hint)
    }
}
