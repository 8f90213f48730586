import Facts
package import Probes

extension Report {
    /// A clause of the contract.
    package struct Clause: Sendable, Hashable {
        package var id: String
        package var verdict: Verdict
        package var obligations: [Obligation]

        /// Whether any of its obligations was measured.
        package var isMeasured: Bool { obligations.contains { $0.reason != "notMeasured" } }
    }

    /// One promise of a clause.
    package struct Obligation: Sendable, Hashable {
        package var id: String
        /// Who decides it: `host`, `fleet`, `series`, `gate`, `attestation`.
        package var decides: [String]
        package var verdict: Verdict
        package var reason: String
        package var isCounted: Bool
        package var running: Verdict?
        package var configured: Verdict?
        package var collected: Int64
        package var judged: Int64
        package var excluded: Int64
        package var failed: Int64
        package var unknown: Int64
        package var probes: [String]
    }

    /// What one probe said about one layer.
    package struct Result: Sendable, Hashable {
        package var probe: String
        package var probeSha256: String
        package var origin: String
        package var title: String
        package var obligations: [String]
        package var weight: Probe.Weight
        package var severity: Probe.Severity
        /// `running` or `configured`; nil where it counts for both.
        package var layer: String?
        package var verdict: Verdict
        package var reason: String
        package var collected: Int64
        package var judged: Int64
        package var excluded: Int64
        package var error: String?
        package var repair: String
        /// Those that failed or are unknown, at most a thousand.
        package var subjects: [Subject]
        package var isTruncated: Bool
        package var gaps: [Hole]
    }

    /// A member of the population that is not good, or not known to be.
    package struct Subject: Sendable, Hashable {
        package var name: String
        package var verdict: Verdict
        package var observed: String?
    }

    /// A gap that touches a result.
    package struct Hole: Sendable, Hashable {
        package var table: String
        package var object: String?
        package var columns: [String]
        package var layer: String?
        package var code: String
        package var sentence: String
    }
}

extension Report.Clause {
    /// A clause as the judge left it.
    package init(_ clause: Assessment.ClauseResult) {
        id = clause.clause.id
        verdict = clause.verdict
        obligations = clause.obligations.map(Report.Obligation.init)
    }
}

extension Report.Obligation {
    fileprivate init(_ result: Assessment.ObligationResult) {
        id = result.obligation.id
        decides = result.obligation.decides.map(\.rawValue)
        verdict = result.verdict
        reason = result.reason.code
        isCounted = result.isCounted
        running = result.layers[.running]
        configured = result.layers[.configured]
        collected = Int64(result.results.map(\.collected).reduce(0, +))
        judged = Int64(result.results.map(\.judged).reduce(0, +))
        excluded = Int64(result.results.map(\.excluded).reduce(0, +))
        let subjects = result.results.flatMap(\.subjects)
        failed = Int64(subjects.count { $0.verdict == .fail })
        unknown = Int64(subjects.count { $0.verdict == .unknown })
        probes = Set(result.results.map(\.probe.id)).sorted()
    }
}

extension Report.Result {
    /// The most subjects that a report names for one probe.
    private static let mostSubjects = 1_000

    /// A result as the judge left it.
    package init(_ result: ProbeResult) {
        probe = result.probe.id
        probeSha256 = result.probe.sha256
        origin = result.probe.origin.rawValue
        title = result.probe.title
        obligations = result.probe.obligations
        weight = result.probe.weight
        severity = result.probe.severity
        layer = result.layer?.rawValue
        verdict = result.verdict
        reason = result.reason.code
        collected = Int64(result.collected)
        judged = Int64(result.judged)
        excluded = Int64(result.excluded)
        error = result.error
        repair = result.probe.repair
        let bad = result.subjects.filter { $0.verdict == .fail || $0.verdict == .unknown }
            .sorted { $0.verdict.rank > $1.verdict.rank }
        isTruncated = bad.count > Self.mostSubjects || result.gaps.count > Self.mostSubjects
        subjects = bad.prefix(Self.mostSubjects).map {
            Report.Subject(name: $0.subject, verdict: $0.verdict, observed: $0.observed)
        }
        gaps = result.gaps.prefix(Self.mostSubjects).map {
            Report.Hole(
                table: $0.table, object: $0.object, columns: $0.columns, layer: $0.layer?.rawValue,
                code: $0.code.rawValue, sentence: $0.sentence)
        }
    }
}
