package import OpenSSL

/// The keys that a caller believes; nothing of what is verified adds to them.
package struct Trust: Sendable, Hashable {
    private var keys: [PublicKey] = []
    /// Digests of keys that the caller knows no more of: lower-case hexadecimal.
    private var digests: Set<String> = []

    /// Trust in nobody.
    package init() {}

    /// Trust in one key.
    package init(_ key: PublicKey) { keys = [key] }

    /// Whether nobody is trusted.
    package var isEmpty: Bool { keys.isEmpty && digests.isEmpty }

    /// Adds the key of a PEM file.
    package mutating func add(pem: [UInt8], from file: String) throws(EvidenceError) {
        do throws(OpenSSLError) {
            keys.append(try PublicKey(pem: pem))
        } catch  where error.code == .algorithm {
            throw EvidenceError(
                .trustAlgorithm, at: EvidencePlace(file),
                "the key is none of P-256, P-384 and RSA of at least 3072 bits")
        } catch {
            throw EvidenceError(
                .keyUnusable, at: EvidencePlace(file), "is not one public key in PEM",
                hint: "write one with openssl pkey -pubout")
        }
    }

    /// Adds a key by the SHA-256 of its SubjectPublicKeyInfo in DER, in 64 hexadecimal digits.
    ///
    /// It gives false, and adds nothing, where the text is not that.
    package mutating func add(sha256: String) -> Bool {
        let digest = sha256.lowercased()
        guard digest.isHexadecimal(64) else { return false }
        digests.insert(digest)
        return true
    }

    /// Whether the id is a trusted key's.
    func names(_ keyId: String) -> Bool {
        digests.contains(keyId) || keys.contains { $0.keyId == keyId }
    }

    /// The trusted keys that a signature may be by: which one it says it is by decides nothing.
    func candidates(
        for signature: UnverifiedEnvelope.Signature
    ) throws(OpenSSLError) -> [PublicKey] {
        guard let der = signature.publicKey, try digests.contains(SHA256.hex(of: der)) else {
            return keys
        }
        return try keys + [PublicKey(der: der)]
    }
}
