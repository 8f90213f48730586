import COpenSSL

/// An `EVP_PKEY` of ours.
@safe struct KeyHandle: ~Copyable {
    let pointer: OpaquePointer

    init(adopting pointer: OpaquePointer) { unsafe self.pointer = pointer }

    deinit { unsafe EVP_PKEY_free(pointer) }

    /// The key's algorithm, if it is one that we accept.
    func algorithm() throws(OpenSSLError) -> KeyAlgorithm {
        if unsafe EVP_PKEY_is_a(pointer, "EC") == 1 {
            switch groupName() {
            case "prime256v1", "P-256": return .p256
            case "secp384r1", "P-384": return .p384
            default: throw OpenSSLError(.algorithm)
            }
        }
        let bits = unsafe EVP_PKEY_get_bits(pointer)
        guard unsafe EVP_PKEY_is_a(pointer, "RSA") == 1, (3072...8192).contains(bits) else {
            throw OpenSSLError(.algorithm)
        }
        return .rsa
    }

    private func groupName() -> String? {
        var name = [CChar](repeating: 0, count: 64)
        var length = 0
        let found = unsafe name.withUnsafeMutableBufferPointer {
            unsafe EVP_PKEY_get_group_name(pointer, $0.baseAddress, $0.count, &length)
        }
        guard found == 1, length < name.count else {
            ERR_clear_error()
            return nil
        }
        return String(decoding: name[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The SubjectPublicKeyInfo (RFC 5280, section 4.1.2.7) in DER.
    func publicDER() throws(OpenSSLError) -> [UInt8] {
        let memory = try MemoryBIO()
        guard unsafe i2d_PUBKEY_bio(memory.handle, pointer) == 1 else { throw .last(.failed) }
        return try memory.bytes()
    }
}
