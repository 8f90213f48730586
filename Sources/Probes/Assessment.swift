package import Facts

/// What the probes of one scan say about every obligation of the catalogue.
package struct Assessment: Sendable, Hashable {
    /// One obligation, as this judge sees it.
    package struct ObligationResult: Sendable, Hashable {
        package var obligation: Catalogue.Obligation
        package var verdict: Verdict
        package var reason: Reason
        /// Whether a summary and an exit status count it: hosts decide it, and it was measured.
        package var isCounted: Bool
        package var layers: [Layer: Verdict]
        /// The promise probes that were folded.
        package var results: [ProbeResult]
    }

    /// One clause: the fold over the obligations that hosts have probes for.
    package struct ClauseResult: Sendable, Hashable {
        package var clause: Catalogue.Clause
        package var verdict: Verdict
        package var obligations: [ObligationResult]

        /// Whether any of its obligations was measured here.
        package var isMeasured: Bool { obligations.contains(where: \.isMeasured) }
    }

    package var clauses: [ClauseResult]

    /// Folds the results into the catalogue's obligations and clauses.
    package init(of results: [ProbeResult], by catalogue: Catalogue, scope: Scope) {
        clauses = catalogue.clauses.map { clause in
            let obligations = clause.obligations.map {
                ObligationResult($0, results: results, scope: scope)
            }
            let measured = obligations.filter(\.isMeasured).map(\.verdict)
            return ClauseResult(
                clause: clause, verdict: measured.isEmpty ? .unknown : .worst(measured),
                obligations: obligations)
        }
    }

    /// Every obligation, in the order of the catalogue.
    package var obligations: [ObligationResult] { clauses.flatMap(\.obligations) }

    /// Those that a summary and an exit status count.
    package var counted: [ObligationResult] { obligations.filter(\.isCounted) }
}

extension Assessment.ObligationResult {
    /// Whether probes of this scan say anything about it.
    package var isMeasured: Bool { reason != .notMeasured }

    fileprivate init(_ obligation: Catalogue.Obligation, results: [ProbeResult], scope: Scope) {
        let promised = results.filter {
            $0.probe.weight == .promise && $0.probe.obligations.contains(obligation.id)
        }
        let fitting = promised.filter { $0.verdict != .notApplicable || $0.reason != .otherRole }
        self.init(
            obligation: obligation, verdict: .unknown, reason: .notMeasured, isCounted: false,
            layers: [:], results: promised)
        if let role = scope.role, !obligation.roles.contains(role) {
            verdict = .notApplicable
            reason = .otherRole
            return
        }
        guard obligation.decides.contains(.host), !obligation.probes.isEmpty else {
            fail(by: fitting)
            return
        }
        let ran = Set(promised.map(\.probe.id))
        guard obligation.probes.contains(where: ran.contains) else {
            fail(by: fitting)
            return
        }
        (verdict, reason) = Self.fold(fitting)
        if verdict.rank < Verdict.unknown.rank, !ran.isSuperset(of: obligation.probes) {
            (verdict, reason) = (.unknown, .notMeasured)
        }
        if verdict == .pass, obligation.passesOnlyInFleet {
            (verdict, reason) = (.unknown, .decidedByFleet)
        }
        isCounted = reason != .notMeasured && reason != .decidedByFleet
        for layer in Layer.allCases where layer == .configured || scope.kind == .live {
            let ofLayer = fitting.filter { $0.layer == nil || $0.layer == layer }
            guard !ofLayer.isEmpty else { continue }
            layers[layer] = Self.fold(ofLayer).0
        }
    }

    // An added probe can fail an obligation that nothing built in measures; it never passes one.
    private mutating func fail(by results: [ProbeResult]) {
        guard results.contains(where: { $0.verdict == .fail }) else { return }
        verdict = .fail
        reason = .subjectFailed
        isCounted = true
    }

    private static func fold(_ results: [ProbeResult]) -> (Verdict, Reason) {
        let verdict = Verdict.worst(results.map(\.verdict))
        let decisive = results.first { $0.verdict == verdict }
        return (verdict, decisive?.reason ?? .otherRole)
    }
}
