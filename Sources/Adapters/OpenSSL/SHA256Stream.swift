import COpenSSL

/// A SHA-256 (FIPS 180-4) of bytes that are never all in memory.
@safe package struct SHA256Stream: ~Copyable {
    private let context: OpaquePointer

    /// Nothing was taken yet.
    package init() throws(OpenSSLError) {
        unsafe context = try SHA256Stream.started()
    }

    private static func started() throws(OpenSSLError) -> OpaquePointer {
        guard let context = unsafe EVP_MD_CTX_new() else { throw .last(.failed) }
        guard unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
            unsafe EVP_MD_CTX_free(context)
            throw .last(.failed)
        }
        return unsafe context
    }

    deinit {
        unsafe EVP_MD_CTX_free(context)
    }

    /// Takes further bytes.
    package mutating func update(_ bytes: [UInt8]) throws(OpenSSLError) {
        let done = unsafe bytes.withUnsafeBufferPointer { bytes in
            unsafe EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
        }
        guard done == 1 else { throw .last(.failed) }
    }

    /// The digest of all that was taken.
    package consuming func digest() throws(OpenSSLError) -> Digest {
        var digest = [UInt8](repeating: 0, count: 32)
        let done = unsafe digest.withUnsafeMutableBufferPointer { digest in
            unsafe EVP_DigestFinal_ex(context, digest.baseAddress, nil)
        }
        guard done == 1 else { throw .last(.failed) }
        return Digest(bytes: digest)
    }
}
