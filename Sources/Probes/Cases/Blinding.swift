import Documents
import Facts
import SQLite

/// Hides from a passing probe what it saw: then it must not know any more.
struct Blinding {
    private let host: CaseBench.Host
    private let trial: Trial
    private let mark: Mark

    init(of host: CaseBench.Host, trial: Trial, at mark: Mark) {
        self.host = host
        self.trial = trial
        self.mark = mark
    }

    /// Every verdict that stays, or turns into another than unknown.
    func findings() throws(SQLiteError) -> [Diagnostic] {
        var findings: [Diagnostic] = []
        for (index, table) in host.tables.enumerated() where isRead(table) {
            let gap = Gap(.notPermitted, in: table.schema.name, "it is hidden for a check")
            let hidden = GatheredTable.unavailable(table.schema, gap)
            let name = table.schema.name
            findings += try finding("'\(name)' is unavailable", with: hidden, at: index)
            for row in table.rows.indices {
                var partial = table
                partial.state = .partial
                partial.gaps.append(gap)
                partial.rows.remove(at: row)
                let words = "row \(row + 1) of '\(name)' is not seen"
                findings += try finding(words, with: partial, at: index)
            }
        }
        return findings
    }

    private func isRead(_ table: GatheredTable) -> Bool {
        trial.bench.reads?[table.schema.name] != nil
    }

    private func finding(
        _ words: String, with table: GatheredTable, at index: Int
    ) throws(SQLiteError) -> [Diagnostic] {
        var host = host
        host.tables[index] = table
        let outcome = try trial.bench.outcome(of: trial.probe, on: host)
        guard let outcome, outcome.verdict != .unknown else { return [] }
        return [
            Diagnostic(
                at: mark, "where \(words), it must be unknown, and is \(outcome.words)",
                hint: "answer 0 only for what was seen; ask 'gaps' where absence is the answer")
        ]
    }
}
