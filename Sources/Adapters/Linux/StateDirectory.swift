import CLinux
import Glibc

/// A directory of our own state, held open: what is below it is reached through its descriptor.
///
/// It belongs to the user who runs us; nobody else can write to it, and, below the first one, use it.
package struct StateDirectory: ~Copyable {
    private let descriptor: CInt
    /// The path as it was given, for messages.
    package let path: String

    /// Opens a directory; with `creating` it is made, and what is missing above it, mode 0700.
    package init(path: String, creating: Bool) throws(StateError) {
        if creating { try StateDirectory.makeParents(of: path) }
        self = try StateDirectory.opened(
            in: AT_FDCWD, path, path: path, creating: creating, forbidden: 0o022)
    }

    private init(adopting descriptor: CInt, path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    deinit { close(descriptor) }

    /// A directory below it, made with mode 0700 where `creating` is said.
    package func directory(_ name: String, creating: Bool) throws(StateError) -> StateDirectory {
        try StateDirectory.opened(
            in: descriptor, try single(name), path: "\(path)/\(name)", creating: creating,
            forbidden: 0o077)
    }

    private static func opened(
        in parent: CInt, _ name: String, path: String, creating: Bool, forbidden: UInt32
    ) throws(StateError) -> StateDirectory {
        let made = creating ? unsafe cstate_mkdir(parent, name, 0o700) : -EEXIST
        guard made == 0 || made == -EEXIST else { throw StateError(errno: made, path) }
        let opened = unsafe cstate_open(parent, name, O_RDONLY | O_DIRECTORY, 0)
        guard opened >= 0 else { throw StateError(errno: opened, path) }
        let directory = StateDirectory(adopting: opened, path: path)
        try directory.requireOwn(forbidden: forbidden)
        if made == 0, parent != AT_FDCWD { _ = cstate_sync(parent) }
        return directory
    }

    /// A file to read.
    package func file(_ name: String) throws(StateError) -> StateFile {
        try open(name, O_RDONLY | O_NONBLOCK)
    }

    /// A file to read and to add to, made with mode 0600 where it is not there.
    package func appendable(_ name: String) throws(StateError) -> StateFile {
        do throws(StateError) {
            return try open(name, O_RDWR | O_APPEND | O_NONBLOCK)
        } catch  where error.code == .notFound {
            let file = try open(name, O_RDWR | O_APPEND | O_CREAT)
            try sync()
            return file
        }
    }

    /// A lock file, held as long as what is given back lives.
    package func lock(_ name: String) throws(StateError) -> StateFile {
        let file = try open(name, O_RDWR | O_CREAT)
        try file.lock()
        return file
    }

    /// The names below it, sorted by their bytes; a name that is not UTF-8 is not one of ours.
    package func names() throws(StateError) -> [String] {
        var names: [String] = []
        let done = unsafe withUnsafeMutablePointer(to: &names) {
            unsafe cstate_names(
                descriptor,
                { context, name in
                    guard let context = unsafe context, let name = unsafe name,
                        let text = unsafe String(validatingCString: name)
                    else { return 1 }
                    unsafe context.assumingMemoryBound(to: [String].self).pointee.append(text)
                    return 1
                }, $0)
        }
        guard done == 0 else { throw StateError(errno: done, path) }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Sees the names below it on the disk.
    package func sync() throws(StateError) {
        let done = cstate_sync(descriptor)
        guard done == 0 else { throw StateError(errno: done, path) }
    }

    /// Opens a regular file of ours that nobody else may use.
    func open(_ name: String, _ flags: CInt) throws(StateError) -> StateFile {
        let opened = unsafe cstate_open(descriptor, try single(name), flags, 0o600)
        guard opened >= 0 else { throw StateError(errno: opened, "\(path)/\(name)") }
        let file = StateFile(adopting: opened, path: "\(path)/\(name)")
        try file.requirePrivate()
        return file
    }

    func rename(_ from: String, _ to: String) throws(StateError) {
        let done = unsafe cstate_rename(descriptor, from, try single(to))
        guard done == 0 else { throw StateError(errno: done, "\(path)/\(to)") }
    }

    /// Gives a file a second name, if nothing has it.
    func link(_ from: String, _ to: String) throws(StateError) {
        let done = unsafe cstate_link(descriptor, from, try single(to))
        guard done == 0 else { throw StateError(errno: done, "\(path)/\(to)") }
    }

    /// Removes a file, if it is there.
    package func remove(_ name: String) {
        _ = unsafe cstate_unlink(descriptor, name)
    }

    private func requireOwn(forbidden: UInt32) throws(StateError) {
        var status = cstate_status()
        let done = unsafe cstate_status(descriptor, &status)
        guard done == 0 else { throw StateError(errno: done, path) }
        guard status.owner == geteuid() else { throw StateError(.owner, path) }
        guard status.mode & forbidden == 0 else { throw StateError(.mode, path) }
    }

    /// A name that cannot lead out of the directory.
    private func single(_ name: String) throws(StateError) -> String {
        guard !name.isEmpty, name != ".", name != "..", !name.utf8.contains(UInt8(ascii: "/")),
            !name.utf8.contains(0)
        else { throw StateError(.kind, "\(path)/…") }
        return name
    }

    private static func makeParents(of path: String) throws(StateError) {
        var parents: [String] = []
        for (index, byte) in path.utf8.enumerated() where byte == UInt8(ascii: "/") && index > 0 {
            parents.append(String(decoding: path.utf8.prefix(index), as: UTF8.self))
        }
        for parent in parents {
            let made = unsafe cstate_mkdir(AT_FDCWD, parent, 0o700)
            guard made == 0 || made == -EEXIST || made == -EROFS || made == -EACCES else {
                throw StateError(errno: made, parent)
            }
        }
    }
}
