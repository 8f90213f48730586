import COpenSSL

/// A private key that signs: in memory, in a TPM or in a token.
package struct PrivateKey: ~Copyable {
    private let handle: KeyHandle
    /// What verifies its signatures.
    package let publicKey: PublicKey

    private init(_ handle: consuming KeyHandle) throws(OpenSSLError) {
        publicKey = try PublicKey(handle)
        self.handle = handle
    }

    /// A new key on P-256.
    package static func generate() throws(OpenSSLError) -> PrivateKey {
        guard let context = unsafe EVP_PKEY_CTX_new_from_name(nil, "EC", nil) else {
            throw .last(.failed)
        }
        defer { unsafe EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard unsafe EVP_PKEY_keygen_init(context) == 1,
            unsafe EVP_PKEY_CTX_set_group_name(context, "P-256") == 1,
            unsafe EVP_PKEY_generate(context, &key) == 1, let key = unsafe key
        else { throw .last(.failed) }
        return try unsafe PrivateKey(KeyHandle(adopting: key))
    }

    /// A key from an unencrypted PEM block; nobody is asked for a passphrase.
    package init(pem: [UInt8]) throws(OpenSSLError) {
        let memory = try MemoryBIO.holding(pem)
        // Without a callback OpenSSL would ask on the terminal.
        let read = unsafe PEM_read_bio_PrivateKey(memory.handle, nil, { _, _, _, _ in -1 }, nil)
        guard let key = unsafe read else { throw .last(.malformed) }
        try unsafe self.init(KeyHandle(adopting: key))
    }

    /// A key from a store of OpenSSL: `file:`, `pkcs11:` or `handle:`; see `ossl_store(7)`.
    ///
    /// What else than a file can be opened hangs on the providers that the host configures.
    package init(storeURI uri: String) throws(OpenSSLError) {
        guard ["file:", "pkcs11:", "handle:"].contains(where: uri.hasPrefix) else {
            throw OpenSSLError(.scheme)
        }
        guard let store = unsafe OSSL_STORE_open(uri, UI_null(), nil, nil, nil) else {
            throw .last(.notFound)
        }
        defer { unsafe OSSL_STORE_close(store) }
        _ = unsafe OSSL_STORE_expect(store, OSSL_STORE_INFO_PKEY)
        while unsafe OSSL_STORE_eof(store) == 0 {
            guard let info = unsafe OSSL_STORE_load(store) else { break }
            defer { unsafe OSSL_STORE_INFO_free(info) }
            if let key = unsafe OSSL_STORE_INFO_get1_PKEY(info) {
                try unsafe self.init(KeyHandle(adopting: key))
                return
            }
        }
        throw .last(.notFound)
    }

    /// The key as an unencrypted PEM block `PRIVATE KEY` (PKCS #8); a token does not give it.
    package func pem() throws(OpenSSLError) -> [UInt8] {
        let memory = try MemoryBIO()
        let written = unsafe PEM_write_bio_PKCS8PrivateKey(
            memory.handle, handle.pointer, nil, nil, 0, nil, nil)
        guard written == 1 else { throw .last(.failed) }
        return try memory.bytes()
    }

    /// The signature over the message with SHA-256; ECDSA's is a DER `SEQUENCE` of r and s.
    package func signature(of message: [UInt8]) throws(OpenSSLError) -> [UInt8] {
        guard let context = unsafe EVP_MD_CTX_new() else { throw .last(.failed) }
        defer { unsafe EVP_MD_CTX_free(context) }
        // The digest by its name, so that a key in a provider is asked to sign with it itself.
        let began = unsafe EVP_DigestSignInit_ex(
            context, nil, "SHA256", nil, nil, handle.pointer, nil)
        guard began == 1 else { throw .last(.failed) }
        return try unsafe PrivateKey.sign(message, with: context)
    }

    @unsafe private static func sign(
        _ message: [UInt8], with context: OpaquePointer
    ) throws(OpenSSLError) -> [UInt8] {
        var signature = [UInt8](repeating: 0, count: 1024)
        var length = signature.count
        let done = unsafe message.withUnsafeBufferPointer { message in
            unsafe signature.withUnsafeMutableBufferPointer { signature in
                unsafe EVP_DigestSign(
                    context, signature.baseAddress, &length, message.baseAddress, message.count)
            }
        }
        guard done == 1, length <= signature.count else { throw .last(.failed) }
        return Array(signature[..<length])
    }
}
