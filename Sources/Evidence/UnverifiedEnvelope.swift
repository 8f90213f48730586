import OpenSSL
import StrictJSON

/// An envelope that was read, and of which nothing is believed yet.
package struct UnverifiedEnvelope: Sendable {
    /// A signature and what it says of its key.
    struct Signature: Sendable {
        var keyId: String?
        var publicKey: [UInt8]?
        var bytes: [UInt8]
    }

    private let payload: [UInt8]
    private let signatures: [Signature]
    private let place: EvidencePlace

    /// The limits of the line: the payload alone may be long.
    private static let limits = JSONLimits(
        document: Envelope.lineLimit, string: (Envelope.payloadLimit + 2) / 3 * 4, depth: 16,
        values: 200_000, numbers: .natural, asciiNames: true)

    /// Reads one line without its newline; members that are not known are ignored, as DSSE has it.
    package init(line: [UInt8], at place: EvidencePlace) throws(EvidenceError) {
        self.place = place
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue(parsing: line, limits: UnverifiedEnvelope.limits)
        } catch {
            throw EvidenceError(error, in: "envelope", at: place)
        }
        let envelope = SchemaValue(value, at: place, in: "the envelope")
        let type = try envelope.member("payloadType").text()
        guard type == Envelope.payloadType else {
            throw EvidenceError(
                .envelopeType, at: place, "what is signed is not an in-toto statement")
        }
        let elements = try envelope.member("signatures").elements()
        guard elements.count <= 8 else {
            throw EvidenceError(.envelopeLimit, at: place, "there are more than 8 signatures")
        }
        payload = try UnverifiedEnvelope.bytes(of: envelope.member("payload"), at: place)
        var signatures: [Signature] = []
        for element in elements {
            signatures.append(
                Signature(
                    keyId: try element.optional("keyid")?.text(),
                    publicKey: try element.optional("publicKey").map {
                        member throws(EvidenceError) in
                        try UnverifiedEnvelope.bytes(of: member, at: place)
                    },
                    bytes: try UnverifiedEnvelope.bytes(of: element.member("sig"), at: place)))
        }
        self.signatures = signatures
    }

    /// The payload, if one of the signatures is a trusted key's; the others are ignored.
    package func verify(_ trust: Trust) throws(EvidenceError) -> VerifiedPayload {
        let signed = Envelope.signedBytes(of: payload)
        do throws(OpenSSLError) {
            for signature in signatures {
                for key in try trust.candidates(for: signature)
                where try key.verifies(signature.bytes, of: signed) {
                    return try VerifiedPayload(payload, signer: key, at: place)
                }
            }
        } catch  where error.code == .algorithm {
            throw EvidenceError(
                .trustAlgorithm, at: place,
                "the trusted key is none of P-256, P-384 and RSA of at least 3072 bits")
        } catch {
            throw EvidenceError(error, at: place)
        }
        throw refusal(trust)
    }

    /// Whether it says, without proof, that a key has signed it.
    func claims(_ keyId: String) -> Bool {
        signatures.contains { $0.keyId == keyId }
    }

    private func refusal(_ trust: Trust) -> EvidenceError {
        guard !signatures.isEmpty else {
            return EvidenceError(.envelopeSignature, at: place, "there is no signature")
        }
        let isKnown = signatures.contains { $0.keyId.map(trust.names) ?? false }
        return EvidenceError(
            .envelopeSignature, at: place,
            isKnown ? "the signature does not hold" : "no signature is by a trusted key",
            hint: isKnown ? nil : "name the signer's public key, or its SHA-256, if you trust it")
    }

    private static func bytes(
        of member: SchemaValue, at place: EvidencePlace
    ) throws(EvidenceError) -> [UInt8] {
        guard let bytes = Base64.bytes(of: try member.text()) else {
            throw EvidenceError(.envelopeBase64, at: place, "\(member.path) is not strict base64")
        }
        return bytes
    }
}
