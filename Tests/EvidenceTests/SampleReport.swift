import StrictJSON

/// A good report, made for these tests; each case changes one thing in it.
enum SampleReport {
    static let hostId = String(repeating: "a1", count: 16)
    static let digest = String(repeating: "0f", count: 32)

    /// The payload of the report at a place in its chain.
    static func payload(
        sequence: Int64 = 1, previous: String? = nil, day: Int = 1, host: String = hostId
    ) -> JSONValue {
        let date = "2026-03-\(day < 10 ? "0" : "")\(day)"
        return .object([
            "_type": "https://in-toto.io/Statement/v1",
            "subject": [subject("groups"), subject("users")],
            "predicateType": "urn:assay:predicate:report:v1",
            "predicate": .object([
                "schemaVersion": "1.0",
                "reportId": .string("00000000-0000-4000-8000-\(padded(sequence))"),
                "purpose": "scheduled",
                "host": .object(["id": .string(host), "role": "server", "osId": "debian"]),
                "scope": scope,
                "tool": .object([
                    "name": "assay", "version": "0.1.0", "sha256": .string(digest),
                ]),
                "timing": .object([
                    "startedAt": .string("\(date)T03:00:00Z"),
                    "finishedAt": .string("\(date)T03:00:02Z"), "clockSynchronized": true,
                ]),
                "chain": .object([
                    "sequence": .integer(sequence),
                    "previousSha256": previous.map(JSONValue.string),
                ]),
                "execution": .object(["euid": 0, "limits": ["host-root-trusted"]]),
                "summary": .object([
                    "overall": "fail", "pass": 1, "fail": 1, "unknown": 0, "notApplicable": 0,
                ]),
                "controls": [
                    .object([
                        "id": "C5", "verdict": "fail",
                        "obligations": [
                            obligation("C5.1", "fail"), obligation("C5.2", "pass"),
                            obligation("C5.3", "unknown", counted: false),
                        ],
                    ])
                ],
                "results": [result],
            ]),
        ])
    }

    private static func padded(_ number: Int64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 12 - digits.count) + digits
    }

    private static func subject(_ table: String) -> JSONValue {
        .object([
            "name": .string("facts/\(table).jsonl"),
            "digest": .object(["sha256": .string(digest)]),
        ])
    }

    private static var scope: JSONValue {
        .object([
            "catalogId": "appendix-c", "catalogVersion": "1", "catalogSha256": .string(digest),
            "packSha256": .string(digest),
            "sites": [
                .object(["path": "/etc/assay/site.yaml", "sha256": .string(digest)])
            ],
            "addedProbes": [],
        ])
    }

    private static func obligation(
        _ id: String, _ verdict: String, counted: Bool = true
    ) -> JSONValue {
        .object([
            "id": .string(id), "decides": ["host"], "verdict": .string(verdict),
            "reason": "allGood", "counted": .bool(counted),
            "layers": .object(["running": .string(verdict)]), "collected": 3, "judged": 2,
            "excluded": 1, "failed": 0, "unknown": 0, "probes": ["accounts/local-passwords"],
        ])
    }

    private static var result: JSONValue {
        .object([
            "probe": "accounts/local-passwords", "probeSha256": .string(digest),
            "origin": "builtIn", "title": "Passwords are hashed", "obligations": ["C5.1"],
            "weight": "promise", "severity": "high", "layer": "configured", "verdict": "fail",
            "reason": "subjectFailed", "collected": 3, "judged": 2, "excluded": 1,
            "subjects": [
                .object(["subject": "p-0011", "verdict": "fail", "observed": "md5crypt"])
            ],
            "truncated": false,
            "gaps": [
                .object([
                    "table": "shadow", "object": "/etc/shadow-", "columns": ["scheme"],
                    "code": "notPermitted", "sentence": "It may not be read.",
                ])
            ],
        ])
    }
}
