import COpenSSL

/// A public key of an accepted algorithm, in its one encoding.
package struct PublicKey: Sendable, Hashable {
    /// SubjectPublicKeyInfo in DER (RFC 5280, section 4.1.2.7).
    package let der: [UInt8]
    /// Lower-case hexadecimal SHA-256 of `der`.
    package let keyId: String
    package let algorithm: KeyAlgorithm

    /// A key from its SubjectPublicKeyInfo in DER, without a byte more.
    package init(der: [UInt8]) throws(OpenSSLError) {
        try self.init(KeyHandle(publicDER: der))
        guard self.der == der else { throw OpenSSLError(.malformed) }
    }

    /// A key from one PEM block `PUBLIC KEY` (RFC 7468, section 13) and nothing else.
    package init(pem: [UInt8]) throws(OpenSSLError) {
        let text = String(decoding: pem, as: UTF8.self).split(whereSeparator: \.isNewline)
        guard text.first == "-----BEGIN PUBLIC KEY-----", text.last == "-----END PUBLIC KEY-----",
            text.count(where: { $0.hasPrefix("-----") }) == 2
        else { throw OpenSSLError(.malformed) }
        let memory = try MemoryBIO.holding(pem)
        guard let key = unsafe PEM_read_bio_PUBKEY(memory.handle, nil, nil, nil) else {
            throw .last(.malformed)
        }
        try unsafe self.init(KeyHandle(adopting: key))
    }

    /// The public half of a key.
    init(_ key: borrowing KeyHandle) throws(OpenSSLError) {
        algorithm = try key.algorithm()
        der = try key.publicDER()
        keyId = try SHA256.hex(of: der)
        if let length = algorithm.publicDERLength, length != der.count {
            throw OpenSSLError(.algorithm)
        }
    }

    /// The key as one PEM block `PUBLIC KEY`.
    package func pem() throws(OpenSSLError) -> [UInt8] {
        let memory = try MemoryBIO()
        let key = try KeyHandle(publicDER: der)
        guard unsafe PEM_write_bio_PUBKEY(memory.handle, key.pointer) == 1 else {
            throw .last(.failed)
        }
        return try memory.bytes()
    }

    /// Whether the signature is this key's over the message, with SHA-256.
    ///
    /// An ECDSA signature is a DER `SEQUENCE` of r and s (RFC 3279, section 2.2.3), exactly.
    package func verifies(_ signature: [UInt8], of message: [UInt8]) throws(OpenSSLError) -> Bool {
        let key = try KeyHandle(publicDER: der)
        guard let context = unsafe EVP_MD_CTX_new() else { throw .last(.failed) }
        defer { unsafe EVP_MD_CTX_free(context) }
        guard unsafe EVP_DigestVerifyInit(context, nil, EVP_sha256(), nil, key.pointer) == 1 else {
            throw .last(.failed)
        }
        let verdict = unsafe signature.withUnsafeBufferPointer { signature in
            unsafe message.withUnsafeBufferPointer { message in
                unsafe EVP_DigestVerify(
                    context, signature.baseAddress, signature.count, message.baseAddress,
                    message.count)
            }
        }
        ERR_clear_error()
        return verdict == 1
    }
}

extension KeyHandle {
    /// The key that the bytes begin with; whoever cares for the rest compares what it encodes to.
    init(publicDER der: [UInt8]) throws(OpenSSLError) {
        let key: OpaquePointer? = unsafe der.withUnsafeBufferPointer {
            var next = $0.baseAddress
            return unsafe d2i_PUBKEY(nil, &next, $0.count)
        }
        guard let key = unsafe key else { throw .last(.malformed) }
        unsafe self.init(adopting: key)
    }
}
