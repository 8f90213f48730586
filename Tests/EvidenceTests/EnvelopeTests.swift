import Evidence
import FoundationEssentials
import Linux
import OpenSSL
import StrictJSON
import Testing

struct EnvelopeTests {
    private let signer: Signer
    private let envelope: JSONValue

    init() throws {
        signer = try Signer()
        envelope = try signer.envelope(SampleReport.payload().bytes)
    }

    private func outcome(_ envelope: JSONValue, _ trust: Trust? = nil) -> String {
        VerifyCaseTests.outcome(of: BadInput(envelope.bytes + [0x0A], trust ?? signer.trust)).code
    }

    private func pinned(_ digest: String) -> Trust {
        var trust = Trust()
        let added = trust.add(sha256: digest)
        #expect(added)
        return trust
    }

    @Test func `only who is trusted by the caller is believed`() throws {
        #expect(outcome(envelope) == "ok")
        #expect(outcome(envelope, Trust()) == "envelope.signature")
        #expect(try outcome(envelope, Signer().trust) == "envelope.signature")
    }

    @Test func `a key id decides nothing`() throws {
        let other = try Signer()
        for id in [JSONValue.string(other.publicKey.keyId), "x", nil] {
            #expect(outcome(envelope.setting("signatures.0.keyid", id)) == "ok")
            #expect(
                outcome(envelope.setting("signatures.0.keyid", id), other.trust)
                    == "envelope.signature")
        }
        let claimed = try other.envelope(SampleReport.payload().bytes)
            .setting("signatures.0.keyid", .string(signer.publicKey.keyId))
        #expect(outcome(claimed) == "envelope.signature")
    }

    @Test func `a key that comes with the line counts only under the digest that the caller named`()
        throws
    {
        let id = signer.publicKey.keyId
        #expect(outcome(envelope, pinned(id)) == "ok")
        #expect(outcome(envelope, pinned(id.uppercased())) == "ok")
        let other = try Signer()
        #expect(outcome(envelope, pinned(other.publicKey.keyId)) == "envelope.signature")
        let bare = envelope.setting("signatures.0.publicKey", nil)
        #expect(outcome(bare, pinned(id)) == "envelope.signature")
        #expect(outcome(bare) == "ok")
        let swapped = envelope.setting(
            "signatures.0.publicKey", .string(base64(other.publicKey.der)))
        #expect(outcome(swapped, pinned(id)) == "envelope.signature")
        #expect(outcome(swapped, pinned(other.publicKey.keyId)) == "envelope.signature")
        #expect(outcome(swapped) == "ok")
    }

    @Test(arguments: [
        "", "abc", String(repeating: "g", count: 64), String(repeating: "0", count: 63),
    ])
    func `a digest that is none is not added`(text: String) {
        var trust = Trust()
        let added = trust.add(sha256: text)
        #expect(!added)
        #expect(trust.isEmpty)
    }

    @Test func `a file that is not one accepted public key adds nobody`() throws {
        let wrong: [([UInt8], EvidenceCode)] = [
            (signer.pem, .keyUnusable), ([], .keyUnusable), ([0xFF, 0x00], .keyUnusable),
            (Array(SampleKeys.rsa1024PEM.utf8), .trustAlgorithm),
        ]
        for (pem, code) in wrong {
            var trust = Trust()
            let error = #expect(throws: EvidenceError.self) {
                try trust.add(pem: pem, from: "host.pem")
            }
            #expect(error?.code == code)
            #expect(trust.isEmpty)
        }
    }

    @Test func `no change of a line gives another report`() throws {
        let identity = try SHA256.hex(of: SampleReport.payload().bytes)
        let line = envelope.bytes
        var random = SplitMix(state: 42)
        for _ in 0..<2_000 {
            var changed = line
            for _ in 0...random.next() % 3 {
                let place = Int(random.next() % UInt64(changed.count))
                switch random.next() % 3 {
                case 0: changed[place] = UInt8(truncatingIfNeeded: random.next())
                case 1: changed.remove(at: place)
                default: changed.insert(UInt8(truncatingIfNeeded: random.next()), at: place)
                }
            }
            var verifier = Verifier(signer.trust)
            _ = try? verifier.read(LineReader(changed + [0x0A], name: "x")) {
                #expect($0.payload.sha256 == identity)
            }
        }
    }

    /// The same numbers in every run.
    private struct SplitMix {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            let mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
            return mixed ^ mixed >> 27
        }
    }

    @Test func `one trusted signature among eight is enough, and nine are too many`() throws {
        let foreign = try (0..<8).map { _ in
            try Signer().envelope(SampleReport.payload().bytes)["signatures"]?.array?[0] ?? .null
        }
        let own = try #require(envelope["signatures"]?.array)
        let eight = Array(foreign.prefix(7)) + own
        #expect(outcome(envelope.setting("signatures", .array(eight))) == "ok")
        #expect(
            outcome(envelope.setting("signatures", .array(foreign + own))) == "envelope.limit")
        #expect(
            outcome(envelope.setting("signatures", .array(foreign))) == "envelope.signature")
    }

    @Test(arguments: ["payload", "payloadType", "signatures", "signatures.0.sig"])
    func `a member that is missing or of another kind is refused`(path: String) {
        for value in [nil, JSONValue.null, 1, .object([])] {
            #expect(outcome(envelope.setting(path, value)) == "json.schema")
        }
    }

    @Test func `a member that nobody knows is ignored`() {
        #expect(outcome(envelope.setting("timestamp", .object(["rfc3161": "AAAA"]))) == "ok")
    }

    @Test(
        arguments: [
            ("", []), ("Zg==", [0x66]), ("Zm8=", [0x66, 0x6F]), ("Zm9v", [0x66, 0x6F, 0x6F]),
            ("-_-_", [0xFB, 0xFF, 0xBF]), ("+/+/", [0xFB, 0xFF, 0xBF]),
        ] as [(String, [UInt8])])
    func `base64 is read in both alphabets`(text: String, bytes: [UInt8]) throws {
        // What the payload was decoded to is seen by what signature it has.
        let signed = try signer.envelope(bytes).setting("payload", .string(text))
        #expect(outcome(signed) == "json.syntax")
    }

    @Test(arguments: [
        "Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Z===", "====", "Zm9v=", "+_+_", "Zm9\u{e9}",
    ])
    func `base64 that is not exact is refused`(text: String) {
        #expect(outcome(envelope.setting("payload", .string(text))) == "envelope.base64")
    }

    @Test(arguments: ["{}", "[]", "null", "\"x\"", "1", "{\"a\":1}"])
    func `a line that is no envelope is refused`(text: String) {
        let input = BadInput(Array("\(text)\n".utf8), signer.trust)
        #expect(VerifyCaseTests.outcome(of: input) == ("json.schema", 2))
    }

    @Test func `a message names file, line and member, and nothing that was read`() throws {
        let payload = SampleReport.payload().setting("predicate.results.0.verdict", "<script>")
        let file = try signer.line(SampleReport.payload()) + signer.line(payload)
        var verifier = Verifier(signer.trust)
        let error = #expect(throws: EvidenceError.self) {
            try verifier.read(LineReader(file, name: "given.jsonl"))
        }
        #expect(error?.file == "given.jsonl")
        #expect(error?.line == 2)
        #expect(
            error?.message
                == "predicate.results[0].verdict is not one of pass, fail, unknown, notApplicable")
    }
}
