import COpenSSL

/// SHA-256 (FIPS 180-4).
package enum SHA256 {
    /// The digest of bytes.
    package static func digest(of bytes: [UInt8]) throws(OpenSSLError) -> Digest {
        var digest = [UInt8](repeating: 0, count: 32)
        let done = unsafe bytes.withUnsafeBufferPointer { bytes in
            unsafe digest.withUnsafeMutableBufferPointer { digest in
                unsafe EVP_Digest(
                    bytes.baseAddress, bytes.count, digest.baseAddress, nil, EVP_sha256(), nil)
            }
        }
        guard done == 1 else { throw .last(.failed) }
        return Digest(bytes: digest)
    }

    /// The digest of bytes in 64 lower-case hexadecimal digits.
    package static func hex(of bytes: [UInt8]) throws(OpenSSLError) -> String {
        try digest(of: bytes).hex
    }
}
