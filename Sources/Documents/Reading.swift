/// What came of reading a file: a value, and everything there is to say about the file.
package struct Reading<Value> {
    /// Nil where an error forbids the use of the file.
    package let value: Value?
    /// In the order of their places.
    package let diagnostics: [Diagnostic]

    /// A reading whose value counts only without an error.
    package init(_ value: Value?, _ diagnostics: [Diagnostic]) {
        self.value = diagnostics.contains { $0.severity == .error } ? nil : value
        self.diagnostics = diagnostics.enumerated().sorted { one, other in
            (one.element.file, one.element.line, one.element.column, one.offset)
                < (other.element.file, other.element.line, other.element.column, other.offset)
        }.map(\.element)
    }

    /// The value after a further step, and the diagnostics of both.
    package func flatMap<Other>(_ step: (Value) -> Reading<Other>) -> Reading<Other> {
        guard let value else { return Reading<Other>(nil, diagnostics) }
        let next = step(value)
        return Reading<Other>(next.value, diagnostics + next.diagnostics)
    }
}

extension Reading: Sendable where Value: Sendable {}
