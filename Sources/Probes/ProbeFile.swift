package import Documents

/// A probe, and where in which file its parts stand.
package struct ProbeFile: Sendable, Hashable {
    package var source: SourceFile
    package var probe: Probe
    /// Where the values of the file's keys start.
    package var marks: [String: Mark]

    /// A probe's file by its parts.
    package init(source: SourceFile, probe: Probe, marks: [String: Mark]) {
        self.source = source
        self.probe = probe
        self.marks = marks
    }

    /// Something to say about the value of a key.
    package func diagnostic(
        _ severity: Diagnostic.Severity = .error, in key: String, _ message: String,
        hint: String? = nil
    ) -> Diagnostic {
        Diagnostic(
            severity, at: marks[key] ?? Mark(file: source.name), message, hint: hint)
    }
}
