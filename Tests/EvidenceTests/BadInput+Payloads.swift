import Evidence
import StrictJSON

extension BadInput {
    static let payloads: [String: Maker] = [
        "json-duplicate-key": { signer in
            [
                try replacing(
                    signer, #""verdict":"pass""#,
                    with: Array(#""verdict":"fail","verdict":"pass""#.utf8))
            ]
        },
        "json-canonical-keys": { signer in
            [
                try replacing(
                    signer, #""schemaVersion""#,
                    with: Array(#""caf\u00e9":1,"cafe\u0301":2,"schemaVersion""#.utf8))
            ]
        },
        "json-raw-control": { signer in
            [
                try replacing(signer, "md5crypt", with: Array("md5\u{0}crypt".utf8)),
                try replacing(signer, "md5crypt", with: Array("md5\u{1F}crypt".utf8)),
            ]
        },
        "json-nul-escape": { signer in
            [try replacing(signer, "md5crypt", with: Array(#"md5\u0000crypt"#.utf8))]
        },
        "json-surrogate": { signer in
            [
                try replacing(signer, "md5crypt", with: Array(#"\ud800"#.utf8)),
                try replacing(signer, "md5crypt", with: Array(#"\udfff\ud800"#.utf8)),
            ]
        },
        "json-trailing-data": { signer in
            let payload = SampleReport.payload().bytes
            return [
                try signed(signer, payload + payload),
                try signed(signer, payload + Array("x".utf8)),
            ]
        },
        "json-big-number": { signer in
            try ["9007199254740993", "9007199254740992", "1" + String(repeating: "0", count: 30)]
                .map { number in
                    try replacing(
                        signer, #""sequence":1"#, with: Array("\"sequence\":\(number)".utf8))
                }
        },
        "json-float": { signer in
            try ["42.0", "4.2e1", "-0", "NaN", "-1", "Infinity"].map { number in
                try replacing(
                    signer, #""collected":3"#, with: Array("\"collected\":\(number)".utf8))
            }
        },
        "json-huge-string": { signer in
            let long = Array(String(repeating: "a", count: (64 << 10) + 1).utf8)
            let huge = [UInt8](repeating: 0x61, count: Envelope.payloadLimit + 1)
            return [
                try replacing(signer, "md5crypt", with: long),
                try replacing(signer, "md5crypt", with: huge),
            ]
        },
        "json-missing-field": { signer in
            [try signed(signer, removing("predicate.results.0.verdict"))]
        },
        "json-unknown-verdict": { signer in
            try ["PASS", "passed", "error", "waived", ""].map { verdict in
                try signed(
                    signer,
                    SampleReport.payload()
                        .setting("predicate.results.0.verdict", .string(verdict)).bytes)
            }
        },
        "json-major-version": { signer in
            let payload = SampleReport.payload()
            return [
                try signed(signer, payload.setting("predicate.schemaVersion", "2.0").bytes),
                try signed(
                    signer, payload.setting("predicateType", "urn:assay:predicate:report:v2").bytes),
            ]
        },
        "json-time-order": { signer in
            [
                try signed(
                    signer,
                    SampleReport.payload()
                        .setting("predicate.timing.finishedAt", "2026-02-28T23:59:59Z").bytes)
            ]
        },
    ]

    private static func removing(_ path: String) -> [UInt8] {
        SampleReport.payload().setting(path, nil).bytes
    }
}
