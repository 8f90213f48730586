package import OpenSSL
import StrictJSON

/// A DSSE envelope around an in-toto statement: one line of JSON (DSSE protocol 1.0.2).
package enum Envelope {
    /// The media type of what is signed (in-toto attestation framework, version 1).
    static let payloadType = "application/vnd.in-toto+json"
    /// Bytes of the largest payload that is accepted.
    package static let payloadLimit = 16 << 20
    /// Bytes of the longest line that is accepted.
    package static let lineLimit = 24 << 20

    /// The payload, signed: one line without its newline.
    ///
    /// `keyid` and `publicKey` (base64 of the SubjectPublicKeyInfo in DER) are hints that no
    /// signature protects: a reader who knows the key's digest may use them, none may trust them.
    package static func line(
        signing payload: [UInt8], with key: borrowing PrivateKey
    ) throws(OpenSSLError) -> [UInt8] {
        let signature = try key.signature(of: signedBytes(of: payload))
        let element = JSONValue.object([
            "keyid": .string(key.publicKey.keyId),
            "publicKey": .string(Base64.text(of: key.publicKey.der)),
            "sig": .string(Base64.text(of: signature)),
        ])
        return JSONValue.object([
            "payload": .string(Base64.text(of: payload)),
            "payloadType": .string(payloadType),
            "signatures": .array([element]),
        ]).bytes
    }

    /// The payload, signed, and its identity; an error names the key's use at a place.
    static func signed(
        _ payload: [UInt8], with key: borrowing PrivateKey, at place: EvidencePlace
    ) throws(EvidenceError) -> (line: [UInt8], sha256: String) {
        do throws(OpenSSLError) {
            return (try line(signing: payload, with: key), try SHA256.hex(of: payload))
        } catch {
            throw EvidenceError(error, at: place)
        }
    }

    /// What a signature is over: DSSE's pre-authentication encoding of type and payload.
    static func signedBytes(of payload: [UInt8]) -> [UInt8] {
        let type = Envelope.payloadType
        return Array("DSSEv1 \(type.utf8.count) \(type) \(payload.count) ".utf8) + payload
    }
}
