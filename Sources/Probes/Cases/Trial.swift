import Documents
import Facts
import SQLite

/// One probe on all of its cases.
struct Trial: Sendable {
    let probe: Probe
    let cases: CaseFile
    let bench: CaseBench

    /// Every case that comes out otherwise, and every colour that is missing.
    func findings() throws(SQLiteError) -> [Diagnostic] {
        var findings = missingColours
        for given in cases.cases {
            let host = bench.host(of: given, for: probe)
            guard let outcome = try bench.outcome(of: probe, on: host) else {
                let message = "the probe says nothing about this layer"
                findings.append(Diagnostic(at: given.mark, message))
                continue
            }
            if !outcome.isExpected(given.expectation) {
                let message =
                    "expected \(given.expectation.words), found \(outcome.words)"
                findings.append(Diagnostic(at: given.mark, message))
            } else if given.expectation == .pass {
                findings += try Blinding(of: host, trial: self, at: given.mark).findings()
            }
        }
        return findings
    }

    private var missingColours: [Diagnostic] {
        let wanted: [(Verdict, String)] = [
            (.pass, "passing"), (.fail, "failing"), (.unknown, "unknown"),
        ]
        let mark = Mark(file: cases.name)
        return wanted.compactMap { verdict, word in
            let found = cases.cases.filter { $0.expectation.verdict == verdict }
            if found.isEmpty { return Diagnostic(at: mark, "there is no \(word) case") }
            guard verdict != .unknown, !bench.isOnlyRunning(probe),
                !found.contains(where: { $0.files != nil })
            else { return nil }
            return Diagnostic(
                at: mark, "no \(word) case is made of files",
                hint: "give 'files', so that the collectors are tried as well")
        }
    }
}
