/// A probe's SQL with one change that its cases should notice.
package struct SQLMutant: Sendable, Hashable {
    package var part: SQLText.Part
    /// What is changed: `judge: mode & 2 = 0 -> mode & 2 <> 0`; unique in its probe.
    package var name: String
    package var sql: String

    /// Every mutant of a SELECT, in the order of its parts.
    package static func all(of text: SQLText) -> [SQLMutant] {
        var mutator = SQLMutator(text)
        mutator.visit(text.query, in: text.query, isOutermost: true)
        return mutator.mutants
    }

    /// The probe with this change.
    func applied(to probe: Probe) -> Probe {
        var probe = probe
        switch part {
        case .judge: probe.judge = sql
        case .exclude: probe.exclude = sql
        }
        return probe
    }
}
