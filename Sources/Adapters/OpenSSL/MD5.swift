import COpenSSL

/// MD5 (RFC 1321), for holding files against what dpkg(1) wrote down when it installed them: it
/// shows what was edited, and nothing against whoever wants it to.
package enum MD5 {
    /// The digest of bytes in 32 lower-case hexadecimal digits.
    package static func hex(of bytes: [UInt8]) throws(OpenSSLError) -> String {
        var digest = [UInt8](repeating: 0, count: 16)
        let done = unsafe bytes.withUnsafeBufferPointer { bytes in
            unsafe digest.withUnsafeMutableBufferPointer { digest in
                unsafe EVP_Digest(
                    bytes.baseAddress, bytes.count, digest.baseAddress, nil, EVP_md5(), nil)
            }
        }
        guard done == 1 else { throw .last(.failed) }
        return Digest(bytes: digest).hex
    }
}
