import CLinux
import Glibc

/// What statx(2) says about a file.
package struct FileInformation: Sendable, Hashable {
    /// What the file is; see inode(7).
    package enum Kind: Sendable, Hashable {
        case regular, directory, link, device, pipe, socket
    }

    package var kind: Kind
    /// The permission bits, without the type.
    package var mode: UInt32
    package var owner: UInt32
    package var group: UInt32
    package var size: Int64
    /// Microseconds since 1970 when anything of it was last changed; see statx(2), `stx_ctime`.
    package var changed: Int64
    package var inode: UInt64
    /// The id of the mount, as in `/proc/self/mountinfo`; nil where the kernel does not say it.
    package var mount: UInt64?

    init(_ status: clinux_status) {
        kind = Kind(type: status.mode & S_IFMT)
        mode = status.mode & 0o7777
        owner = status.owner
        group = status.group
        size = status.size
        changed = status.changed
        inode = status.inode
        mount = status.mount == 0 ? nil : status.mount
    }
}

extension FileInformation.Kind {
    init(type: UInt32) {
        switch type {
        case S_IFREG: self = .regular
        case S_IFDIR: self = .directory
        case S_IFLNK: self = .link
        case S_IFIFO: self = .pipe
        case S_IFSOCK: self = .socket
        default: self = .device
        }
    }

    /// What getdents64(2) says; nil where the file system does not say it.
    init?(entryType: UInt8) {
        switch Int(entryType) {
        case Int(DT_UNKNOWN): return nil
        default: self.init(type: UInt32(entryType) << 12)
        }
    }
}

extension Descriptor {
    /// What this is.
    package func information() throws(SystemError) -> FileInformation {
        try information(of: [])
    }

    /// What a name of this directory is; a link is not followed, an automatic mount not made.
    package func information(of name: [UInt8]) throws(SystemError) -> FileInformation {
        let text = try cString(name)
        var status = clinux_status()
        _ = unsafe try SystemError.checked(clinux_stat(number, text, &status))
        return FileInformation(status)
    }
}
