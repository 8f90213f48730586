/// One line of `/proc/PID/mountinfo`; see proc_pid_mountinfo(5).
struct MountEntry: Sendable, Hashable {
    var id: UInt64
    /// The id of the mount that it is mounted on.
    var parent: UInt64
    var point: HostPath
    var type: [UInt8]

    /// The line's fields, or nil where it is not such a line.
    init?(_ line: ArraySlice<UInt8>) {
        let fields = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
            .map(Array.init)
        guard fields.count >= 10, let id = MountEntry.number(fields[0]),
            let parent = MountEntry.number(fields[1]),
            let point = MountEntry.unescaped(fields[4]), point.first == UInt8(ascii: "/"),
            // Optional fields end with a hyphen.
            let hyphen = fields[6...].firstIndex(of: [UInt8(ascii: "-")]),
            fields.indices.contains(hyphen + 2)
        else { return nil }
        self.id = id
        self.parent = parent
        self.point = HostPath(bytes: point)
        guard let type = MountEntry.unescaped(fields[hyphen + 1]) else { return nil }
        self.type = type
    }

    private static func number(_ field: [UInt8]) -> UInt64? {
        guard field.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return UInt64(Readable.text(field))
    }

    /// The bytes of a field in which space, tab, newline, `#` and backslash are `\NNN` in octal.
    static func unescaped(_ field: some Collection<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var rest = Array(field)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                bytes.append(byte)
                continue
            }
            let digits = rest.prefix(3)
            guard digits.count == 3, digits.allSatisfy({ (0x30...0x37).contains($0) }) else {
                return nil
            }
            let value = digits.reduce(0) { $0 * 8 + Int($1 - 0x30) }
            guard let decoded = UInt8(exactly: value) else { return nil }
            bytes.append(decoded)
            rest = rest.dropFirst(3)
        }
        return bytes
    }

    /// Whether touching it may wait for another machine, for a program or for a mount to be made.
    var isRemote: Bool {
        type.starts(with: "fuse.".utf8) || MountEntry.remoteTypes.contains(type)
    }

    private static let remoteTypes: Set<[UInt8]> = Set(
        [
            "9p", "acfs", "afs", "autofs", "beegfs", "ceph", "cifs", "coda", "davfs", "fuse",
            "fuseblk", "gfs", "gfs2", "glusterfs", "gpfs", "kafs", "lustre", "ncpfs", "ncp",
            "nfs", "nfs4", "ocfs2", "orangefs", "panfs", "prl_fs", "pvfs2", "shfs", "smb3", "smbfs",
            "vboxsf",
            "virtiofs", "vmhgfs", "wekafs",
        ].map { Array($0.utf8) })
}
