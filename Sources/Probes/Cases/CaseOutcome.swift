import Facts

/// What a probe said about a host that was written down.
package struct CaseOutcome: Sendable, Hashable {
    package var verdict: Verdict
    package var reason: Reason
    /// Sorted by their bytes.
    package var failed: [String]
    package var unknown: [String]
    /// What is wrong with the probe's answer, if something is.
    package var error: String?

    /// The worst of several results; nil of none.
    init?(_ results: [ProbeResult]) {
        guard let worst = results.max(by: { $0.verdict.rank < $1.verdict.rank }) else { return nil }
        verdict = worst.verdict
        reason = worst.reason
        error = worst.error
        let subjects = results.flatMap(\.subjects)
        failed = Self.names(of: subjects, .fail)
        unknown = Self.names(of: subjects, .unknown)
    }

    private static func names(of subjects: [SubjectVerdict], _ verdict: Verdict) -> [String] {
        Set(subjects.filter { $0.verdict == verdict }.map(\.subject)).sorted {
            $0.utf8.lexicographicallyPrecedes($1.utf8)
        }
    }

    /// Whether it is what a case expects.
    package func isExpected(_ expectation: ProbeCase.Expectation) -> Bool {
        switch expectation {
        case .pass: verdict == .pass
        case .notApplicable: verdict == .notApplicable
        case .fail(let subjects): verdict == .fail && Set(subjects) == Set(failed)
        case .unknown(let reason): verdict == .unknown && self.reason == reason
        }
    }

    /// The outcome in a few words.
    package var words: String {
        let subjects = verdict == .fail ? failed : verdict == .unknown ? unknown : []
        let shown = subjects.isEmpty ? "" : ": \(subjects.joined(separator: ", "))"
        return "\(verdict.rawValue) (\(reason.code))\(shown)" + (error.map { "; \($0)" } ?? "")
    }
}

extension ProbeCase.Expectation {
    /// What is expected, in a few words.
    package var words: String {
        switch self {
        case .pass: "pass"
        case .notApplicable: "notApplicable"
        case .fail(let subjects): "fail: \(subjects.joined(separator: ", "))"
        case .unknown(let reason): "unknown (\(reason.code))"
        }
    }
}
