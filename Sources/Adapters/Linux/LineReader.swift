import CLinux
import Glibc

/// Reads lines of a file that may be of any size, one at a time.
package struct LineReader: ~Copyable {
    /// A line without its newline.
    package struct Line: Sendable, Hashable {
        package var bytes: [UInt8]
        /// Whether a newline ended it.
        package var isTerminated: Bool
    }

    /// The path as it was given, or the name of what was given.
    package let name: String
    /// -1 where everything is in the buffer.
    private let descriptor: CInt
    private var buffer: [UInt8]
    /// Where the next line begins in the buffer.
    private var start = 0
    private var isAtEnd: Bool

    /// Opens a file, or whatever else can be read at that path.
    package init(path: String) throws(StateError) {
        let opened = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
        guard opened >= 0 else { throw StateError(errno: -errno, path) }
        self.init(opened, path, [], isAtEnd: false)
    }

    /// The lines of bytes that are there already.
    package init(_ bytes: [UInt8], name: String) {
        self.init(-1, name, bytes, isAtEnd: true)
    }

    private init(_ descriptor: CInt, _ name: String, _ buffer: [UInt8], isAtEnd: Bool) {
        self.descriptor = descriptor
        self.name = name
        self.buffer = buffer
        self.isAtEnd = isAtEnd
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// The next line, if it is not longer than so many bytes; nil after the last one.
    package mutating func next(limit: Int) throws(StateError) -> Line? {
        var searched = start
        while true {
            if let end = newline(from: searched) {
                defer { start = end + 1 }
                guard end - start <= limit else { throw StateError(.tooLarge, name) }
                return Line(bytes: Array(buffer[start..<end]), isTerminated: true)
            }
            searched = buffer.count
            guard searched - start <= limit else { throw StateError(.tooLarge, name) }
            if isAtEnd {
                defer { start = buffer.count }
                guard start < buffer.count else { return nil }
                return Line(bytes: Array(buffer[start...]), isTerminated: false)
            }
            searched -= try fill()
        }
    }

    /// Reads more; gives how many bytes that were done with it has dropped.
    private mutating func fill() throws(StateError) -> Int {
        let dropped = start
        buffer.removeFirst(dropped)
        start = 0
        let kept = buffer.count
        let chunk = max(64 << 10, kept)
        buffer += [UInt8](repeating: 0, count: chunk)
        let length = unsafe buffer.withUnsafeMutableBytes {
            unsafe cstate_read(descriptor, $0.baseAddress?.advanced(by: kept), chunk)
        }
        guard length >= 0 else { throw StateError(errno: CInt(length), name) }
        buffer.removeLast(chunk - length)
        isAtEnd = length == 0
        return dropped
    }

    private func newline(from index: Int) -> Int? {
        unsafe buffer.withUnsafeBytes {
            guard let base = $0.baseAddress, index < $0.count,
                let found = unsafe memchr(base + index, 0x0A, $0.count - index)
            else { return nil }
            return unsafe UnsafeRawPointer(found) - base
        }
    }
}
