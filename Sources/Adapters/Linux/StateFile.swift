import CLinux
import Glibc

/// An open file of our own state.
package struct StateFile: ~Copyable {
    private let descriptor: CInt
    /// The path as it was given, for messages.
    package let path: String

    init(adopting descriptor: CInt, path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    deinit { close(descriptor) }

    /// How many bytes it has.
    package func size() throws(StateError) -> Int { Int(try status().size) }

    /// Refuses a file that is not a regular one, is another user's, or is open to others.
    package func requirePrivate() throws(StateError) {
        let status = try status()
        guard status.mode & S_IFMT == S_IFREG else { throw StateError(.kind, path) }
        guard status.owner == geteuid() else { throw StateError(.owner, path) }
        guard status.mode & 0o077 == 0 else { throw StateError(.mode, path) }
    }

    /// So many bytes from an offset, or fewer where the file ends.
    package func read(_ count: Int, at offset: Int) throws(StateError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let length = unsafe bytes.withUnsafeMutableBytes {
                unsafe cstate_pread(
                    descriptor, $0.baseAddress?.advanced(by: filled), count - filled,
                    Int64(offset + filled))
            }
            guard length >= 0 else { throw StateError(errno: CInt(length), path) }
            if length == 0 { break }
            filled += length
        }
        bytes.removeLast(count - filled)
        return bytes
    }

    /// Everything, if it is not more than so many bytes.
    package func readAll(limit: Int) throws(StateError) -> [UInt8] {
        let bytes = try read(min(try size(), limit) + 1, at: 0)
        guard bytes.count <= limit else { throw StateError(.tooLarge, path) }
        return bytes
    }

    /// Adds bytes at the end and sees them on the disk, or leaves the file as long as it was.
    package func append(_ bytes: [UInt8]) throws(StateError) {
        let before = try size()
        do throws(StateError) {
            try write(bytes)
            try sync()
        } catch {
            try truncate(to: before)
            throw error
        }
    }

    /// Cuts the file and sees that on the disk.
    package func truncate(to size: Int) throws(StateError) {
        let done = cstate_truncate(descriptor, Int64(size))
        guard done == 0 else { throw StateError(errno: done, path) }
        try sync()
    }

    /// Waits until nobody else holds the file, at most 30 seconds; it is held until it is closed.
    func lock() throws(StateError) {
        let done = cstate_lock(descriptor, 30)
        guard done == 0 else { throw StateError(errno: done, path) }
    }

    func write(_ bytes: [UInt8]) throws(StateError) {
        let done = unsafe bytes.withUnsafeBytes {
            unsafe cstate_write(descriptor, $0.baseAddress, $0.count)
        }
        guard done == 0 else { throw StateError(errno: done, path) }
    }

    func sync() throws(StateError) {
        let done = cstate_sync(descriptor)
        guard done == 0 else { throw StateError(errno: done, path) }
    }

    private func status() throws(StateError) -> cstate_status {
        var status = cstate_status()
        let done = unsafe cstate_status(descriptor, &status)
        guard done == 0 else { throw StateError(errno: done, path) }
        return status
    }
}
