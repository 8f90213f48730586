/// A mistake in a file that a person wrote, where it stands and what to do about it.
package struct Diagnostic: Error, Sendable, Hashable {
    /// Whether the file can be used all the same.
    package enum Severity: String, Sendable, Hashable {
        case error, warning
    }

    package var severity: Severity
    package var file: String
    /// Counted from 1.
    package var line: Int
    /// Counted from 1.
    package var column: Int
    package var message: String
    package var hint: String?

    /// A diagnostic by its parts.
    package init(
        _ severity: Severity = .error, file: String, line: Int, column: Int, _ message: String,
        hint: String? = nil
    ) {
        self.severity = severity
        self.file = file
        self.line = line
        self.column = column
        self.message = message
        self.hint = hint
    }
}

extension Diagnostic: CustomStringConvertible {
    /// `file:line:column: error: message`, and the hint on a line of its own.
    package var description: String {
        let place = "\(file):\(line):\(column): \(severity.rawValue): \(message)"
        guard let hint else { return place }
        return "\(place)\n  hint: \(hint)"
    }
}
