import COpenSSL

/// HMAC with SHA-256 (RFC 2104).
package enum HMACSHA256 {
    /// The code of a message under a key of any length.
    package static func code(
        of message: [UInt8], key: [UInt8]
    ) throws(OpenSSLError) -> Digest {
        guard let keyLength = CInt(exactly: key.count) else { throw OpenSSLError(.failed) }
        var code = [UInt8](repeating: 0, count: 32)
        let done = unsafe key.withUnsafeBufferPointer { key in
            unsafe message.withUnsafeBufferPointer { message in
                unsafe code.withUnsafeMutableBufferPointer { code in
                    unsafe HMAC(
                        EVP_sha256(), key.baseAddress, keyLength, message.baseAddress,
                        message.count, code.baseAddress, nil) != nil
                }
            }
        }
        guard done else { throw .last(.failed) }
        return Digest(bytes: code)
    }
}
