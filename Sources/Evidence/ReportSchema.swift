/// What a report of version 1 has to be: see `reports/report-v1.md`.
///
/// Members that are not known are ignored; words that are not known are refused.
enum ReportSchema {
    enum Role: String, CaseIterable { case server, workstation, image }
    enum TargetKind: String, CaseIterable { case image }

    /// Checks every member of a report and gives those that others need.
    static func fields(of statement: Statement) throws(EvidenceError) -> ReportFields {
        let report = statement.predicate
        try checkVersion(report.member("schemaVersion"))
        let purpose = try report.member("purpose").word(of: ReportFields.Purpose.self)
        try checkSubjects(statement, purpose, at: report)
        try checkScope(report.member("scope"))
        try checkTool(report.member("tool"))
        let execution = try report.member("execution")
        _ = try execution.member("euid").number()
        for limit in try execution.member("limits").elements() { _ = try limit.code() }
        let (startedAt, finishedAt) = try times(report.member("timing"))
        try checkResults(report.member("results"))
        let overall = try ReportSchema.overall(of: report)
        let hostId = try hostId(of: report)
        return ReportFields(
            reportId: try report.member("reportId").text("a random UUID") { $0.isRandomUUID },
            purpose: purpose, hostId: hostId, startedAt: startedAt, finishedAt: finishedAt,
            chain: try chain(of: report, purpose, hostId), overall: overall)
    }

    private static func checkVersion(_ version: SchemaValue) throws(EvidenceError) {
        let parts = try version.text().split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0] == "1", UInt16(parts[1]) != nil else {
            throw version.error("is not a version 1.x", .jsonVersion)
        }
    }

    /// Fact tables sorted by name; after them, for a gate alone, the release.
    private static func checkSubjects(
        _ statement: Statement, _ purpose: ReportFields.Purpose, at report: SchemaValue
    ) throws(EvidenceError) {
        var names = statement.subjects.map(\.name)
        if purpose == .gate, names.last == "release" { names.removeLast() }
        guard !names.isEmpty, names.allSatisfy(isFactTable) else {
            throw EvidenceError(
                .jsonSchema, at: report.place, "subject has a name that is not a fact table's")
        }
        for (one, next) in zip(names, names.dropFirst())
        where !one.utf8.lexicographicallyPrecedes(next.utf8) {
            throw EvidenceError(
                .jsonSchema, at: report.place, "subject is not sorted by name, or names one twice")
        }
    }

    private static func isFactTable(_ name: String) -> Bool {
        guard name.hasPrefix("facts/"), name.hasSuffix(".jsonl") else { return false }
        let table = name.utf8.dropFirst(6).dropLast(6)
        return !table.isEmpty
            && table.allSatisfy {
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || $0 == UInt8(ascii: "_")
            }
    }

    private static func checkScope(_ scope: SchemaValue) throws(EvidenceError) {
        _ = try scope.member("catalogId").filledText()
        _ = try scope.member("catalogVersion").filledText()
        _ = try scope.member("catalogSha256").digest()
        _ = try scope.member("packSha256").digest()
        for site in try scope.member("sites").elements() {
            _ = try site.member("path").filledText()
            _ = try site.member("sha256").digest()
        }
        for probe in try scope.member("addedProbes").elements() {
            _ = try probe.member("id").filledText()
            _ = try probe.member("sha256").digest()
        }
    }

    private static func checkTool(_ tool: SchemaValue) throws(EvidenceError) {
        _ = try tool.member("name").filledText()
        _ = try tool.member("version").filledText()
        _ = try tool.member("sha256").digest()
    }

    private static func times(
        _ timing: SchemaValue
    ) throws(EvidenceError) -> (Timestamp, Timestamp) {
        let startedAt = try timing.member("startedAt").time()
        let finishedAt = try timing.member("finishedAt").time()
        _ = try timing.optional("clockSynchronized")?.truth()
        guard startedAt <= finishedAt else {
            throw timing.error("ends before it begins", .jsonTime)
        }
        return (startedAt, finishedAt)
    }

    /// The id of what was judged: the image's where there is one, otherwise the signing host's.
    private static func hostId(of report: SchemaValue) throws(EvidenceError) -> String? {
        let host = try report.member("host")
        _ = try host.optional("role")?.word(of: Role.self)
        try checkTexts(
            in: host, ["environment", "osId", "osVersion", "kernel", "bootId", "virtualization"])
        let own = try host.optional("id")?.hostId()
        guard let target = try report.optional("target") else { return own }
        _ = try target.member("kind").word(of: TargetKind.self)
        try checkTexts(in: target, ["osId", "osVersion"])
        return try target.optional("hostId")?.hostId()
    }

    private static func checkTexts(
        in value: SchemaValue, _ names: [StaticString]
    ) throws(EvidenceError) {
        for name in names { _ = try value.optional(name)?.text() }
    }

    /// A report is a link of its host's chain, or says why it stands alone.
    private static func chain(
        of report: SchemaValue, _ purpose: ReportFields.Purpose, _ hostId: String?
    ) throws(EvidenceError) -> ChainLink? {
        let reason = try report.optional("unchained")?.code()
        let selection = try report.optional("selection")?.filledText()
        guard selection == nil || purpose == .manual else {
            throw try report.member("selection").error("is only for the purpose manual")
        }
        guard let chain = try report.optional("chain") else {
            guard purpose == .manual || reason != nil else {
                throw report.error("has neither chain nor unchained")
            }
            return nil
        }
        guard purpose != .manual, reason == nil, hostId != nil else {
            throw chain.error("is not for a report that stands alone")
        }
        let sequence = try chain.member("sequence").number()
        let previous = try chain.optional("previousSha256")?.digest()
        guard sequence >= 1, (sequence == 1) == (previous == nil) else {
            throw chain.error("must name the report before it, unless it is the first")
        }
        return ChainLink(sequence: sequence, previousSha256: previous)
    }
}
