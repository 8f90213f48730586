import Evidence
import FoundationEssentials
import OpenSSL
import StrictJSON

extension BadInput {
    static let envelopes: [String: Maker] = [
        "ok-urlsafe-base64": { signer in
            try changed(signer) { envelope in
                envelope.changing("payload", urlSafe).changing("signatures.0.sig", urlSafe)
            }
        },
        "ok-high-s": { signer in
            try changed(signer) { envelope in
                envelope.changing("signatures.0.sig") { signature in
                    ECDSASignature(base64: signature)?.withOtherS
                }
            }
        },
        "env-payload-bit": { signer in
            try changed(signer) { envelope in
                envelope.changing("payload") { payload in
                    guard var text = payload?.string else { return nil }
                    let middle = text.index(text.startIndex, offsetBy: text.count / 2)
                    text.replaceSubrange(
                        middle...middle, with: text[middle] == "A" ? "B" : "A")
                    return .string(text)
                }
            }
        },
        "env-foreign-type": { signer in
            [
                BadInput(
                    try signer.envelope(SampleReport.payload().bytes, type: "text/plain").bytes
                        + [0x0A], signer.trust)
            ]
        },
        "env-raw-sig": { signer in
            try changed(signer) { envelope in
                envelope.changing("signatures.0.sig") { ECDSASignature(base64: $0)?.raw }
            }
        },
        "env-sig-trailing": { signer in
            try changed(signer) { envelope in
                envelope.changing("signatures.0.sig") { signature in
                    signature?.string.flatMap { Data(base64Encoded: $0) }
                        .map { .string(base64($0 + [0])) }
                }
            }
        },
        "env-no-signatures": { signer in
            try changed(signer) { $0.setting("signatures", []) }
        },
        "env-many-signatures": { signer in
            try changed(signer) { envelope in
                envelope.changing("signatures") { signatures in
                    signatures?.array.map {
                        .array(Array(repeating: $0[0], count: 10_000))
                    }
                }
            }
        },
        "env-alg-unlisted": { signer in
            try [SampleKeys.rsa1024, SampleKeys.secp256k1].map { key in
                var trust = Trust()
                _ = trust.add(sha256: try SHA256.hex(of: Array(key)))
                let envelope = try signer.envelope(SampleReport.payload().bytes)
                    .setting("signatures.0.publicKey", .string(base64(Array(key))))
                return BadInput(envelope.bytes + [0x0A], trust)
            }
        },
        "env-base64-junk": { signer in
            var inputs: [BadInput] = []
            for member in ["payload", "signatures.0.sig", "signatures.0.publicKey"] {
                for junk in ["\n", " ", "!", "\r\n", "=", "=="] {
                    inputs += try changed(signer) { envelope in
                        envelope.changing(member) { value in
                            value?.string.map {
                                .string("\($0.prefix(8))\(junk)\($0.dropFirst(8))")
                            }
                        }
                    }
                }
            }
            return inputs
        },
        "env-duplicate-payload": { signer in
            let line = try signer.envelope(SampleReport.payload().bytes).bytes
            return [
                BadInput(
                    Array(#"{"payload":"e30=","#.utf8) + line.dropFirst() + [0x0A], signer.trust)
            ]
        },
        "env-line-crlf": { signer in
            let line = try signer.line(SampleReport.payload())
            return [
                BadInput(line.dropLast() + [0x0D, 0x0A], signer.trust),
                BadInput(line + [0x0A], signer.trust), BadInput([0x0A] + line, signer.trust),
                BadInput(Array(line.dropLast()), signer.trust), BadInput([], signer.trust),
            ]
        },
        "env-role-host-signs-seal": { signer in
            [
                try signed(
                    signer,
                    SampleReport.payload().setting("predicateType", "urn:assay:predicate:seal:v1")
                        .bytes)
            ]
        },
    ]

    private static func urlSafe(_ value: JSONValue?) -> JSONValue? {
        value?.string.map {
            .string(
                $0.replacing("+", with: "-").replacing("/", with: "_"))
        }
    }
}
