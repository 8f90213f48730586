import CLinux

extension Descriptor {
    /// Reads until the end, and at most `limit` bytes and one more, whatever the file's size says.
    ///
    /// A caller that gets more than `limit` bytes knows that there are more. `expected` bytes are
    /// read at a time, within bounds: it saves calls, and nothing depends on it.
    package func read(limit: Int, expected: Int64 = 0) throws(SystemError) -> [UInt8] {
        var bytes: [UInt8] = []
        let usual = min(max(expected, 0) + 1, 1 << 20)
        var chunk = [UInt8](repeating: 0, count: min(limit + 1, max(Int(usual), 1 << 12)))
        while bytes.count <= limit {
            let length = try read(into: &chunk, atMost: limit + 1 - bytes.count)
            guard length > 0 else { break }
            bytes += chunk[..<length]
        }
        return bytes
    }

    /// One read(2): what is there now, at most `count` bytes; empty is the end.
    package func readSome(_ count: Int) throws(SystemError) -> [UInt8] {
        var chunk = [UInt8](repeating: 0, count: count)
        let length = try read(into: &chunk, atMost: count)
        chunk.removeLast(count - length)
        return chunk
    }

    private func read(into chunk: inout [UInt8], atMost count: Int) throws(SystemError) -> Int {
        unsafe try SystemError.checked(clinux_read(number, &chunk, min(count, chunk.count)))
    }

    /// One write(2) or send(2), without SIGPIPE on a socket: how many of the bytes were taken.
    package func writeSome(_ bytes: ArraySlice<UInt8>) throws(SystemError) -> Int {
        let answer = unsafe bytes.withUnsafeBytes { buffer in
            unsafe clinux_write(number, buffer.baseAddress, buffer.count)
        }
        return try SystemError.checked(answer)
    }

    /// Writes all the bytes, waiting where it must.
    package func write(_ bytes: [UInt8]) throws(SystemError) {
        var rest = bytes[...]
        while !rest.isEmpty { rest = rest.dropFirst(try writeSome(rest)) }
    }

    /// Makes reads and writes return instead of waiting.
    package func setNonblocking() throws(SystemError) {
        _ = try SystemError.checked(clinux_nonblocking(number))
    }
}
