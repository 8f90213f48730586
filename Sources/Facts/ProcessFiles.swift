import Linux

/// What `/proc` offers to the scan itself: its own descriptors, mounts and namespaces.
struct ProcessFiles: ~Copyable, Sendable {
    /// `/proc`.
    let directory: Descriptor
    /// `/proc/self/fd`, through which a place is opened for reading.
    let descriptors: Descriptor

    /// A longer file of the kernel's is not understood.
    static let limit = 16 << 20

    private init(directory: consuming Descriptor) throws(SystemError) {
        descriptors = try directory.open(Array("self/fd".utf8), .followedPlace)
        self.directory = directory
    }

    /// Opens `/proc`, which must be the kernel's.
    static func open() throws(HostError) -> ProcessFiles {
        do throws(SystemError) {
            let files = try ProcessFiles(
                directory: try Descriptor.open(Array("/proc".utf8), .followedPlace))
            // What only looks like it could lead anywhere.
            guard files.descriptors.isOnProcessFileSystem else { throw .invalid }
            return files
        } catch {
            throw HostError(error, "/proc/self/fd")
        }
    }

    /// The root directory of the host's first process.
    func firstRoot() throws(SystemError) -> Descriptor {
        try directory.open(Array("1/root".utf8), .followedPlace)
    }

    /// Whether this directory is this process's own root: no two namespaces share a mount.
    func isOwnRoot(_ root: FileInformation) -> Bool {
        guard let own = try? Descriptor.open(Array("/".utf8), .followedPlace).information(),
            let mount = own.mount
        else { return false }
        return mount == root.mount && own.inode == root.inode
    }

    /// The mount namespace of the host's first process, to be entered.
    func firstMountNamespace() throws(SystemError) -> Descriptor {
        try directory.open(Array("1/ns/mnt".utf8), .reopening)
    }

    /// The mounts that a process sees.
    func mounts(of process: String) throws(HostError) -> [UInt8] {
        let path = HostPath("/proc/\(process)/mountinfo")
        do throws(SystemError) {
            let lines = try directory.open(Array("\(process)/mountinfo".utf8), .reading)
                .read(limit: ProcessFiles.limit)
            guard lines.count <= ProcessFiles.limit else { throw .invalid }
            return lines
        } catch {
            throw HostError(error, path)
        }
    }

    /// The path, in this process's own root, of an open directory.
    func path(of descriptor: borrowing Descriptor) throws(SystemError) -> HostPath {
        HostPath(
            bytes: try descriptors.target(ofLink: Array(String(descriptor.number).utf8)))
    }

    /// The namespaces that are not known to be those of the host's first process.
    func namespaceGaps() -> [NamespaceGap] {
        guard let copy = try? directory.duplicated() else {
            return NamespaceKind.allCases.map { NamespaceGap($0, .notComparable) }
        }
        return Namespaces(copy).gaps()
    }
}
