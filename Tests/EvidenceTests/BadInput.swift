import Evidence
import FoundationEssentials
import OpenSSL
import StrictJSON

/// What a case of `verify.yaml` gives to the verifier: lines of a file, and whom the caller trusts.
struct BadInput {
    var file: [UInt8]
    var trust: Trust

    init(_ file: [UInt8], _ trust: Trust) {
        self.file = file
        self.trust = trust
    }

    typealias Maker = @Sendable (Signer) throws -> [BadInput]

    /// The makers of every case that can be made today, by the case's id.
    static let makers: [String: Maker] = envelopes.merging(payloads) { one, _ in one }
        .merging(chains) { one, _ in one }

    /// A good line whose envelope was changed.
    static func changed(
        _ signer: Signer, _ change: (JSONValue) throws -> JSONValue
    ) throws -> [BadInput] {
        let envelope = try change(signer.envelope(SampleReport.payload().bytes))
        return [BadInput(envelope.bytes + [0x0A], signer.trust)]
    }

    /// A good line whose payload was changed as text before it was signed.
    static func signed(_ signer: Signer, _ payload: [UInt8]) throws -> BadInput {
        BadInput(try signer.envelope(payload).bytes + [0x0A], signer.trust)
    }

    /// The payload with one text replaced by bytes, signed.
    static func replacing(
        _ signer: Signer, _ text: String, with bytes: [UInt8]
    ) throws -> BadInput {
        let payload = SampleReport.payload().bytes
        guard let range = payload.firstRange(of: Array(text.utf8)) else {
            throw MissingText(text: text)
        }
        return try signed(
            signer, payload[..<range.lowerBound] + bytes + payload[range.upperBound...])
    }

    struct MissingText: Error { var text: String }

    /// Several good reports in a file.
    static func lines(_ signer: Signer, _ payloads: [JSONValue]) throws -> [BadInput] {
        [BadInput(try payloads.flatMap(signer.line), signer.trust)]
    }
}
