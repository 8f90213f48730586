import COpenSSL

/// Bytes from OpenSSL's generator that nobody can guess; see `RAND_bytes(3)`.
package func randomBytes(_ count: Int) throws(OpenSSLError) -> [UInt8] {
    guard let length = CInt(exactly: count), length >= 0 else { throw OpenSSLError(.failed) }
    var bytes = [UInt8](repeating: 0, count: count)
    let done = unsafe bytes.withUnsafeMutableBufferPointer {
        unsafe RAND_bytes($0.baseAddress, length)
    }
    guard done == 1 else { throw .last(.failed) }
    return bytes
}
