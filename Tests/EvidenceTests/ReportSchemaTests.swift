import Evidence
import Linux
import StrictJSON
import Testing

struct ReportSchemaTests {
    /// One thing that is changed in a good report, and what a verifier says then.
    struct Change: Sendable, CustomTestStringConvertible {
        var name: String
        var payload: JSONValue
        var code: String
        /// Whether a JSON Schema can say it.
        var isInSchema = true
        var testDescription: String { name }
    }

    static let accepted: [Change] = [
        accept("nothing") { $0 },
        accept("unknown-member") { $0.setting("predicate.results.0.color", "red") },
        accept("later-minor") { $0.setting("predicate.schemaVersion", "1.7") },
        accept("no-clock") { $0.setting("predicate.timing.clockSynchronized", nil) },
        accept("no-layer") { $0.setting("predicate.results.0.layer", nil) },
        accept("gap-of-all") { $0.setting("predicate.results.0.gaps.0.object", nil) },
        accept("manual") {
            $0.setting("predicate.purpose", "manual").setting("predicate.chain", nil)
                .setting("predicate.selection", "accounts/*")
        },
        accept("unchained") {
            $0.setting("predicate.chain", nil).setting("predicate.unchained", "noMachineId")
                .setting("predicate.host.id", nil)
        },
        accept("target") {
            $0.setting(
                "predicate.target",
                .object(["kind": "image", "hostId": .string(SampleReport.hostId)]))
        },
        accept("second-of-a-chain") {
            $0.setting("predicate.chain.sequence", 2)
                .setting("predicate.chain.previousSha256", .string(SampleReport.digest))
        },
        accept("no-result") { $0.setting("predicate.results", []) },
        accept("nothing-counted") {
            $0.setting("predicate.controls", [])
                .setting(
                    "predicate.summary",
                    .object([
                        "overall": "notApplicable", "pass": 0, "fail": 0, "unknown": 0,
                        "notApplicable": 0,
                    ]))
        },
        accept("gate") {
            $0.setting("predicate.purpose", "gate")
                .changing("subject") { subjects in
                    subjects?.array.map { .array($0 + [subject("release")]) }
                }
        },
    ]

    static let refused: [Change] =
        absent + wrong + [
            refuse("no-subject", "json.schema") { $0.setting("subject", []) },
            refuse("subject-of-another-name", "json.schema", inSchema: false) {
                $0.setting("subject.0", subject("facts/../../etc/passwd.jsonl"))
            },
            refuse("subjects-unsorted", "json.schema", inSchema: false) {
                $0.changing("subject") { .array($0?.array?.reversed() ?? []) }
            },
            refuse("subject-twice", "json.schema", inSchema: false) {
                $0.setting("subject.0", subject("facts/users.jsonl"))
            },
            refuse("release-without-a-gate", "json.schema", inSchema: false) { payload in
                payload.changing("subject") { subjects in
                    subjects?.array.map { .array($0 + [subject("release")]) }
                }
            },
            refuse("other-statement", "json.version") {
                $0.setting("_type", "https://in-toto.io/Statement/v2")
            },
            refuse("no-statement", "json.schema") { $0.setting("_type", "statement") },
            refuse("foreign-predicate", "json.schema") {
                $0.setting("predicateType", "https://example.org/report/v1")
            },
            refuse("other-kind", "trust.role") {
                $0.setting("predicateType", "urn:assay:predicate:register:v1")
            },
            refuse("summary-of-another-verdict", "json.summary", inSchema: false) {
                $0.setting("predicate.summary.overall", "pass")
            },
            refuse("summary-of-other-counts", "json.summary", inSchema: false) {
                $0.setting("predicate.summary.pass", 2)
            },
            refuse("summary-without-what-it-counts", "json.summary", inSchema: false) {
                $0.setting("predicate.controls.0.obligations.0.counted", false)
            },
            refuse("selection-of-a-scheduled-one", "json.schema") {
                $0.setting("predicate.selection", "accounts/*")
            },
            refuse("neither-chain-nor-reason", "json.schema") {
                $0.setting("predicate.chain", nil)
            },
            refuse("both-chain-and-reason", "json.schema") {
                $0.setting("predicate.unchained", "noMachineId")
            },
            refuse("manual-in-a-chain", "json.schema") {
                $0.setting("predicate.purpose", "manual")
            },
            refuse("chain-without-host", "json.schema", inSchema: false) {
                $0.setting("predicate.host.id", nil)
            },
            refuse("first-with-previous", "json.schema") {
                $0.setting("predicate.chain.previousSha256", .string(SampleReport.digest))
            },
            refuse("second-without-previous", "json.schema") {
                $0.setting("predicate.chain.sequence", 2)
            },
            refuse("sequence-0", "json.schema") { $0.setting("predicate.chain.sequence", 0) },
            refuse("29-february-2026", "json.time", inSchema: false) {
                $0.setting("predicate.timing.startedAt", "2026-02-29T00:00:00Z")
            },
            refuse("time-with-an-offset", "json.time") {
                $0.setting("predicate.timing.startedAt", "2026-02-28T00:00:00+01:00")
            },
            refuse("time-with-a-fraction", "json.time") {
                $0.setting("predicate.timing.finishedAt", "2026-03-01T03:00:02.5Z")
            },
            refuse("5001-results", "json.limit") {
                $0.changing("predicate.results") { results in
                    results?.array.map { .array(Array(repeating: $0[0], count: 5_001)) }
                }
            },
            refuse("1001-subjects", "json.limit") {
                $0.changing("predicate.results.0.subjects") { subjects in
                    subjects?.array.map { .array(Array(repeating: $0[0], count: 1_001)) }
                }
            },
        ]

    /// Every member that must be there, left out and null.
    private static let absent: [Change] = [
        "_type", "subject", "subject.0.name", "subject.0.digest.sha256", "predicateType",
        "predicate", "predicate.schemaVersion", "predicate.reportId", "predicate.purpose",
        "predicate.host", "predicate.scope", "predicate.scope.catalogId",
        "predicate.scope.catalogSha256", "predicate.scope.packSha256", "predicate.scope.sites",
        "predicate.scope.sites.0.sha256", "predicate.scope.addedProbes", "predicate.tool.name",
        "predicate.tool.version", "predicate.tool.sha256", "predicate.timing.startedAt",
        "predicate.timing.finishedAt", "predicate.chain.sequence", "predicate.execution.euid",
        "predicate.execution.limits", "predicate.summary.overall", "predicate.summary.fail",
        "predicate.controls", "predicate.controls.0.id", "predicate.controls.0.verdict",
        "predicate.controls.0.obligations", "predicate.controls.0.obligations.0.id",
        "predicate.controls.0.obligations.0.decides", "predicate.controls.0.obligations.0.verdict",
        "predicate.controls.0.obligations.0.reason", "predicate.controls.0.obligations.0.counted",
        "predicate.controls.0.obligations.0.layers",
        "predicate.controls.0.obligations.0.collected",
        "predicate.controls.0.obligations.0.probes", "predicate.results",
        "predicate.results.0.probe", "predicate.results.0.probeSha256",
        "predicate.results.0.origin", "predicate.results.0.title",
        "predicate.results.0.obligations", "predicate.results.0.weight",
        "predicate.results.0.severity", "predicate.results.0.verdict",
        "predicate.results.0.reason", "predicate.results.0.judged",
        "predicate.results.0.subjects", "predicate.results.0.subjects.0.subject",
        "predicate.results.0.subjects.0.verdict", "predicate.results.0.truncated",
        "predicate.results.0.gaps", "predicate.results.0.gaps.0.table",
        "predicate.results.0.gaps.0.columns", "predicate.results.0.gaps.0.code",
        "predicate.results.0.gaps.0.sentence",
    ].flatMap { path in
        [
            refuse("without-\(path)", "json.schema") { $0.setting(path, nil) },
            refuse("null-\(path)", "json.schema") { $0.setting(path, .null) },
        ]
    }

    /// A value of another form, or a word that is not in the list.
    private static let wrong: [Change] = [
        ("predicate.reportId", "00000000-0000-1000-8000-000000000001"),
        ("predicate.purpose", "nightly"), ("predicate.host.id", "A1"),
        ("predicate.host.role", "router"), ("predicate.host.osId", .null),
        ("predicate.scope.catalogSha256", .string(SampleReport.digest.uppercased())),
        ("predicate.tool.sha256", "0f"), ("predicate.timing.clockSynchronized", "yes"),
        ("predicate.execution.limits.0", "two words"), ("predicate.summary.pass", "1"),
        ("predicate.controls.0.verdict", "PASS"),
        ("predicate.controls.0.obligations.0.decides.0", "nobody"),
        ("predicate.controls.0.obligations.0.layers.running", "waived"),
        ("predicate.controls.0.obligations.0.counted", 1),
        ("predicate.results.0.origin", "foreign"),
        ("predicate.results.0.weight", "hint"), ("predicate.results.0.severity", "High"),
        ("predicate.results.0.layer", "both"),
        ("predicate.results.0.subjects.0.verdict", "failed"),
        ("predicate.results.0.subjects.0.observed", .null),
        ("predicate.results.0.gaps.0.layer", "x"), ("predicate.results.0.error", []),
        ("predicate.results.0.probe", ""),
    ].map { path, value in refuse("wrong-\(path)", "json.schema") { $0.setting(path, value) } }

    @Test(arguments: accepted)
    func `what the format allows is accepted`(change: Change) throws {
        #expect(try outcome(of: change) == "ok")
    }

    @Test(arguments: refused)
    func `what the format does not allow is refused by one code`(change: Change) throws {
        #expect(try outcome(of: change) == change.code)
    }

    private func outcome(of change: Change) throws -> String {
        let signer = try Signer()
        let input = BadInput(try signer.line(change.payload), signer.trust)
        return VerifyCaseTests.outcome(of: input).code
    }

    private static func subject(_ name: String) -> JSONValue {
        .object([
            "name": .string(name), "digest": .object(["sha256": .string(SampleReport.digest)]),
        ])
    }

    private static func accept(_ name: String, _ change: (JSONValue) -> JSONValue) -> Change {
        Change(name: name, payload: change(SampleReport.payload()), code: "ok")
    }

    private static func refuse(
        _ name: String, _ code: String, inSchema: Bool = true, _ change: (JSONValue) -> JSONValue
    ) -> Change {
        Change(
            name: name, payload: change(SampleReport.payload()), code: code, isInSchema: inSchema)
    }
}
