/// What each probe found.
extension ReportSchema {
    enum Origin: String, CaseIterable { case builtIn, added }
    enum Weight: String, CaseIterable { case promise, advice }
    enum Severity: String, CaseIterable { case critical, high, medium, low }
    enum Layer: String, CaseIterable { case running, configured }

    /// Results of one report, and subjects of one result, at most.
    private static let limits = (results: 5_000, subjects: 1_000)

    static func checkResults(_ results: SchemaValue) throws(EvidenceError) {
        let elements = try results.elements()
        guard elements.count <= limits.results else {
            throw results.error("has more than \(limits.results) elements", .jsonLimit)
        }
        for result in elements { try checkResult(result) }
    }

    private static func checkResult(_ result: SchemaValue) throws(EvidenceError) {
        _ = try result.member("probe").filledText()
        _ = try result.member("probeSha256").digest()
        _ = try result.member("origin").word(of: Origin.self)
        _ = try result.member("title").text()
        for obligation in try result.member("obligations").elements() {
            _ = try obligation.filledText()
        }
        _ = try result.member("weight").word(of: Weight.self)
        _ = try result.member("severity").word(of: Severity.self)
        _ = try result.optional("layer")?.word(of: Layer.self)
        _ = try result.member("verdict").word(of: ReportFields.Verdict.self)
        _ = try result.member("reason").code()
        try checkCounts(in: result, ["collected", "judged", "excluded"])
        _ = try result.optional("error")?.text()
        _ = try result.optional("repair")?.text()
        _ = try result.member("truncated").truth()
        try checkSubjects(result.member("subjects"))
        for gap in try result.member("gaps").elements() { try checkGap(gap) }
    }

    private static func checkSubjects(_ subjects: SchemaValue) throws(EvidenceError) {
        let elements = try subjects.elements()
        guard elements.count <= limits.subjects else {
            throw subjects.error("has more than \(limits.subjects) elements", .jsonLimit)
        }
        for subject in elements {
            _ = try subject.member("subject").text()
            _ = try subject.member("verdict").word(of: ReportFields.Verdict.self)
            _ = try subject.optional("observed")?.text()
        }
    }

    private static func checkGap(_ gap: SchemaValue) throws(EvidenceError) {
        _ = try gap.member("table").filledText()
        _ = try gap.optional("object")?.text()
        for column in try gap.member("columns").elements() { _ = try column.filledText() }
        _ = try gap.optional("layer")?.word(of: Layer.self)
        _ = try gap.member("code").code()
        _ = try gap.member("sentence").text()
    }
}
