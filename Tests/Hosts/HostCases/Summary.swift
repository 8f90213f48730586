/// All findings of a run, to be read by people.
package struct Summary: Sendable {
    private let findings: [Finding]

    /// A summary of findings in any order.
    package init(_ findings: [Finding]) {
        self.findings = findings
    }

    /// Every verdict was right, or waits for its control; with `complete`, none waits.
    package func isGood(complete: Bool) -> Bool {
        !findings.isEmpty
            && findings.allSatisfy { $0.ruling.isTolerable && !(complete && $0.ruling == .waiting) }
    }

    /// A line a clause, then what is to be looked at: false passes first, in red where `colours`.
    package func text(colours: Bool) -> String {
        let clauses = Set(findings.map(\.clause)).sorted()
        var rows = [
            [
                "clause", "right", "false pass", "wrong", "undecided", "waiting", "error",
                "skipped", "time",
            ]
        ]
        rows += clauses.map { clause in row(clause, findings.filter { $0.clause == clause }) }
        if clauses.count > 1 { rows.append(row("all", findings)) }
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        var lines = rows.map { row in
            zip(row, widths).enumerated().map { index, cell in
                let space = String(repeating: " ", count: cell.1 - cell.0.count)
                return index == 0 ? cell.0 + space : space + cell.0
            }.joined(separator: "  ")
        }
        lines += Kind.allCases.flatMap { kind in
            findings.filter { Kind($0.ruling) == kind }.map { finding in
                let line = "\(finding.name)  \(finding.ruling.words)  (\(finding.summary))"
                return colours && kind == .falsePass ? "\u{1B}[1;31m\(line)\u{1B}[0m" : line
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func row(_ name: String, _ findings: [Finding]) -> [String] {
        let counts = findings.map { Kind($0.ruling) }
        func count(_ kind: Kind?) -> String { "\(counts.count { $0 == kind })" }
        let waiting = findings.count { $0.ruling == .waiting }
        let right = findings.count { $0.ruling == .right }
        let tenths = findings.map(\.milliseconds).reduce(0, +) / 100
        return [
            name, "\(right)", count(.falsePass), count(.wrong), count(.undecided), "\(waiting)",
            count(.error), count(.skipped), "\(tenths / 10).\(tenths % 10) s",
        ]
    }

    /// What a reader must look at, the worst first.
    private enum Kind: CaseIterable {
        case falsePass, wrong, undecided, error, skipped

        init?(_ ruling: Ruling) {
            switch ruling {
            case .falsePass: self = .falsePass
            case .wrong: self = .wrong
            case .undecided: self = .undecided
            case .error: self = .error
            case .skipped: self = .skipped
            case .right, .waiting: return nil
            }
        }
    }
}
