import Evidence
import Linux
import Testing

struct VerifyCaseTests {
    /// Cases that wait for a part that is not there yet, and for which.
    static let waiting: [(reason: String, ids: [String])] = [
        (
            "needs a bundle (ZIP, manifest, CMS, time stamp)",
            VerifyCase.all.filter {
                ["container", "manifest", "cms", "tst"].contains($0.area)
                    || $0.id.hasPrefix("cms-") || $0.id == "crl-stale"
                    || ["ok-expired-cert-with-stamp", "ok-revoked-later"].contains($0.id)
            }.map(\.id)
        ),
        (
            "needs a register",
            [
                "env-role-fleet-signs-report", "reg-folder-swap", "reg-revoked-key",
                "reg-before-valid", "reg-rollback", "reg-expired", "reg-fleet-key-swap",
            ]
        ),
        ("needs seals", ["seal-missing"]),
        (
            "needs a gate and its policy",
            VerifyCase.all.filter { ["gate", "policy"].contains($0.area) }.map(\.id)
        ),
    ]

    @Test(arguments: VerifyCase.all.filter { BadInput.makers[$0.id] != nil })
    func `bad input comes to the code and the exit status that its case names`(
        given: VerifyCase
    ) throws {
        let make = try #require(BadInput.makers[given.id])
        let inputs = try make(Signer())
        #expect(!inputs.isEmpty)
        for input in inputs {
            let (code, exit) = VerifyCaseTests.outcome(of: input)
            #expect(code == given.code)
            #expect(exit == given.exit)
        }
    }

    @Test func `every case is made or waits for a reason, and none does both`() {
        #expect(VerifyCase.all.count > 80)
        #expect(VerifyCase.all.allSatisfy { !$0.area.isEmpty && $0.exit >= 0 && !$0.code.isEmpty })
        let made = Set(BadInput.makers.keys)
        let waits = VerifyCaseTests.waiting.flatMap(\.ids)
        #expect(waits.count == Set(waits).count)
        #expect(made.isDisjoint(with: waits))
        #expect(made.union(waits) == Set(VerifyCase.all.map(\.id)))
    }

    @Test func `a report keeps its identity under another good signature`() throws {
        let signer = try Signer()
        var identities: Set<String> = []
        for id in ["ok-high-s", "ok-urlsafe-base64"] {
            let make = try #require(BadInput.makers[id])
            for input in try make(signer) {
                var verifier = Verifier(input.trust)
                try verifier.read(LineReader(input.file, name: id)) {
                    identities.insert($0.payload.sha256)
                }
            }
        }
        #expect(identities.count == 1)
    }

    /// The code that a verifier gives, and the exit status that it means.
    static func outcome(of input: BadInput) -> (code: String, exit: Int) {
        var verifier = Verifier(input.trust)
        do throws(EvidenceError) {
            try verifier.read(LineReader(input.file, name: "given.jsonl"))
            _ = try verifier.series()
            return ("ok", 0)
        } catch {
            switch error.code.kind {
            case .rejected: return (error.code.rawValue, 2)
            case .notCurrent: return (error.code.rawValue, 3)
            case .unusable: return (error.code.rawValue, 64)
            }
        }
    }
}
