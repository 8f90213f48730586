import Evidence
import FoundationEssentials
import OpenSSL
import StrictJSON

/// A key that was made for one test, and the envelopes that it signs.
struct Signer {
    let pem: [UInt8]
    let publicKey: PublicKey

    init() throws {
        let key = try PrivateKey.generate()
        pem = try key.pem()
        publicKey = key.publicKey
    }

    /// What believes this key alone.
    var trust: Trust { Trust(publicKey) }

    /// The envelope of a payload.
    func envelope(_ payload: [UInt8]) throws -> JSONValue {
        let line = try Envelope.line(signing: payload, with: PrivateKey(pem: pem))
        return try JSONValue(parsing: line, limits: .host(document: 64 << 20))
    }

    /// An envelope of any type, by the words of DSSE.
    func envelope(_ payload: [UInt8], type: String) throws -> JSONValue {
        let signed = Array("DSSEv1 \(type.utf8.count) \(type) \(payload.count) ".utf8) + payload
        let signature = try PrivateKey(pem: pem).signature(of: signed)
        return try envelope(payload).setting("payloadType", .string(type))
            .setting("signatures.0.sig", .string(base64(signature)))
    }

    /// A line and its newline.
    func line(_ payload: JSONValue) throws -> [UInt8] {
        try envelope(payload.bytes).bytes + [0x0A]
    }

    /// Reports that follow each other.
    func series(_ count: Int, from first: Int64 = 1) throws -> [JSONValue] {
        var payloads: [JSONValue] = []
        var previous = first == 1 ? nil : SampleReport.digest
        for index in 0..<count {
            let payload = SampleReport.payload(
                sequence: first + Int64(index), previous: previous, day: index % 28 + 1)
            previous = try SHA256.hex(of: payload.bytes)
            payloads.append(payload)
        }
        return payloads
    }
}

/// Base64 by another reader and writer than the one under test.
func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }
