/// The clauses, their obligations, and the summary of these.
extension ReportSchema {
    enum Decider: String, CaseIterable { case host, fleet, series, gate, attestation }

    /// What the counted obligations come to, if the summary says the same.
    static func overall(of report: SchemaValue) throws(EvidenceError) -> ReportFields.Verdict {
        var counted: [ReportFields.Verdict] = []
        for control in try report.member("controls").elements() {
            _ = try control.member("id").filledText()
            _ = try control.member("verdict").word(of: ReportFields.Verdict.self)
            for obligation in try control.member("obligations").elements() {
                let verdict = try checkObligation(obligation)
                if try obligation.member("counted").truth() { counted.append(verdict) }
            }
        }
        return try checkSummary(report.member("summary"), of: counted)
    }

    private static func checkObligation(
        _ obligation: SchemaValue
    ) throws(EvidenceError) -> ReportFields.Verdict {
        _ = try obligation.member("id").filledText()
        for decider in try obligation.member("decides").elements() {
            _ = try decider.word(of: Decider.self)
        }
        _ = try obligation.member("reason").code()
        let layers = try obligation.member("layers")
        _ = try layers.optional("running")?.word(of: ReportFields.Verdict.self)
        _ = try layers.optional("configured")?.word(of: ReportFields.Verdict.self)
        try checkCounts(in: obligation, ["collected", "judged", "excluded", "failed", "unknown"])
        for probe in try obligation.member("probes").elements() { _ = try probe.filledText() }
        return try obligation.member("verdict").word(of: ReportFields.Verdict.self)
    }

    static func checkCounts(
        in value: SchemaValue, _ names: [StaticString]
    ) throws(EvidenceError) {
        for name in names {
            let count = try value.member(name)
            guard try count.number() >= 0 else { throw count.error("is below 0") }
        }
    }

    private static func checkSummary(
        _ summary: SchemaValue, of counted: [ReportFields.Verdict]
    ) throws(EvidenceError) -> ReportFields.Verdict {
        let overall = try summary.member("overall").word(of: ReportFields.Verdict.self)
        let ranked: [ReportFields.Verdict] = [.fail, .unknown, .pass, .notApplicable]
        guard overall == ranked.first(where: counted.contains) ?? .notApplicable else {
            throw summary.error("has another verdict than its obligations", .jsonSummary)
        }
        let counts: [(StaticString, ReportFields.Verdict)] = [
            ("pass", .pass), ("fail", .fail), ("unknown", .unknown),
            ("notApplicable", .notApplicable),
        ]
        for (name, verdict) in counts {
            let count = try summary.member(name).number()
            guard count == counted.count(where: { $0 == verdict }) else {
                throw summary.error("has other counts than its obligations", .jsonSummary)
            }
        }
        return overall
    }
}
