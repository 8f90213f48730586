import Evidence
import StrictJSON

extension BadInput {
    static let chains: [String: Maker] = [
        "chain-missing-report": { signer in
            var payloads = try signer.series(5)
            payloads.remove(at: 2)
            return try lines(signer, payloads)
        },
        "chain-reorder": { signer in
            var payloads = try signer.series(5)
            payloads.swapAt(1, 2)
            return try lines(signer, payloads)
        },
        "chain-repeat": { signer in
            let payloads = try signer.series(3)
            return try lines(signer, payloads + [payloads[1]])
                + lines(signer, [payloads[0], payloads[0]])
        },
        "chain-restart": { signer in
            let again = SampleReport.payload(day: 9)
            return try lines(signer, signer.series(3) + [again])
                + lines(signer, signer.series(3, from: 4) + [again])
        },
        "chain-previous": { signer in
            var payloads = try signer.series(3)
            payloads[1] = payloads[1].setting(
                "predicate.chain.previousSha256", .string(SampleReport.digest))
            return try lines(signer, Array(payloads.prefix(2)))
        },
        "reg-cloned-host": { signer in
            let payloads = try signer.series(3)
            let clone = payloads[2].setting("predicate.host.kernel", "6.1.0-clone")
            return try lines(signer, payloads + [clone])
                + lines(signer, [payloads[0], payloads[0].setting("predicate.host.osId", "x")])
        },
    ]
}
