import COpenSSL

/// Bytes that OpenSSL reads from or writes to; what it held is cleared when it is freed.
@safe struct MemoryBIO: ~Copyable {
    let handle: OpaquePointer

    /// An empty one, to write to.
    init() throws(OpenSSLError) {
        guard let handle = unsafe BIO_new(BIO_s_secmem()) else { throw .last(.failed) }
        unsafe self.handle = handle
    }

    deinit { unsafe BIO_free_all(handle) }

    /// One to read these bytes from.
    static func holding(_ bytes: [UInt8]) throws(OpenSSLError) -> MemoryBIO {
        let memory = try MemoryBIO()
        let written = unsafe bytes.withUnsafeBufferPointer {
            unsafe BIO_write(memory.handle, $0.baseAddress, CInt(clamping: $0.count))
        }
        guard bytes.isEmpty || Int(written) == bytes.count else { throw .last(.failed) }
        return memory
    }

    /// Everything that was written.
    func bytes() throws(OpenSSLError) -> [UInt8] {
        let count = unsafe BIO_ctrl_pending(handle)
        var bytes = [UInt8](repeating: 0, count: count)
        let read = unsafe bytes.withUnsafeMutableBufferPointer {
            unsafe BIO_read(handle, $0.baseAddress, CInt(clamping: count))
        }
        guard count == 0 || Int(read) == count else { throw .last(.failed) }
        return bytes
    }
}
