package import Facts

/// What a probe, an obligation or a clause comes to.
package enum Verdict: String, Sendable, Hashable, CaseIterable {
    case pass
    case fail
    case unknown
    case notApplicable

    /// Fail over unknown over pass over not applicable.
    package var rank: Int {
        switch self {
        case .fail: 3
        case .unknown: 2
        case .pass: 1
        case .notApplicable: 0
        }
    }

    /// The worst of several verdicts; of none it is not applicable.
    package static func worst(_ verdicts: some Sequence<Verdict>) -> Verdict {
        verdicts.max { $0.rank < $1.rank } ?? .notApplicable
    }
}

/// One judged member of a population.
package struct SubjectVerdict: Sendable, Hashable {
    package var subject: String
    package var verdict: Verdict
    /// What was seen, in a few words; nil where nothing was.
    package var observed: String?

    /// A subject's verdict by its parts.
    package init(subject: String, verdict: Verdict, observed: String?) {
        self.subject = subject
        self.verdict = verdict
        self.observed = observed
    }
}

/// What one probe says about one layer of one host.
package struct ProbeResult: Sendable, Hashable {
    package var probe: Probe
    /// The layer that was judged; nil where one result counts for both.
    package var layer: Layer?
    package var verdict: Verdict
    package var reason: Reason
    /// Members of the population that were collected.
    package var collected: Int
    package var judged: Int
    package var excluded: Int
    /// Every judged subject and every dropped one, sorted by the bytes of its name.
    package var subjects: [SubjectVerdict]
    /// The gaps that touch the probe.
    package var gaps: [Gap]
    /// What is wrong with the probe's answer, when the reason is `probeError`.
    package var error: String?

    /// A result by its parts.
    package init(
        probe: Probe, layer: Layer?, verdict: Verdict, reason: Reason, collected: Int = 0,
        judged: Int = 0, excluded: Int = 0, subjects: [SubjectVerdict] = [], gaps: [Gap] = [],
        error: String? = nil
    ) {
        self.probe = probe
        self.layer = layer
        self.verdict = verdict
        self.reason = reason
        self.collected = collected
        self.judged = judged
        self.excluded = excluded
        self.subjects = subjects
        self.gaps = gaps
        self.error = error
    }
}
