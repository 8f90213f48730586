package import OpenSSL

/// Bytes that a trusted key has signed as an in-toto statement; only a verified envelope gives them.
package struct VerifiedPayload: Sendable, Hashable {
    /// What was signed.
    package let bytes: [UInt8]
    /// Lower-case hexadecimal SHA-256 of `bytes`: the identity of what they say, whatever the
    /// envelope or the signature looks like.
    package let sha256: String
    /// The trusted key whose signature held.
    package let signer: PublicKey
    /// Where the envelope stood.
    package let place: EvidencePlace

    init(_ bytes: [UInt8], signer: PublicKey, at place: EvidencePlace) throws(OpenSSLError) {
        self.bytes = bytes
        self.signer = signer
        self.place = place
        sha256 = try SHA256.hex(of: bytes)
    }
}
