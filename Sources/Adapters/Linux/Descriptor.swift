import CLinux
import Glibc

/// An open file, directory, socket or pipe, which is closed when its owner lets go of it.
package struct Descriptor: ~Copyable, Sendable {
    /// The kernel's number for it.
    package let number: Int32

    /// Takes over an open descriptor.
    package init(adopting number: Int32) {
        self.number = number
    }

    deinit {
        close(number)
    }

    /// How a path is opened.
    package enum Opening: Sendable {
        /// As a place alone: nothing is read, no device or pipe is touched; a link is not followed.
        case place
        /// As `place`, and links are followed as the kernel does; only for paths of our own.
        case followedPlace
        /// For reading, without waiting; a link is not followed.
        case reading
        /// For reading, through a link of `/proc/self/fd`.
        case reopening

        var flags: Int32 {
            switch self {
            case .place: clinux_path_flag | O_NOFOLLOW | O_CLOEXEC
            case .followedPlace: clinux_path_flag | O_CLOEXEC
            case .reading: O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
            case .reopening: O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
            }
        }
    }

    /// Opens an absolute path of the process's own root, without a NUL in it.
    package static func open(_ path: [UInt8], _ opening: Opening) throws(SystemError) -> Descriptor
    {
        try open(path, at: AT_FDCWD, opening)
    }

    /// Opens one name in this directory; see openat(2).
    package func open(_ name: [UInt8], _ opening: Opening) throws(SystemError) -> Descriptor {
        try Descriptor.open(name, at: number, opening)
    }

    /// Opens a place below this directory, as if it were the root, if no component is a link.
    ///
    /// The last component may be a link, which is then the place; see openat2(2), where
    /// RESOLVE_IN_ROOT, RESOLVE_NO_SYMLINKS and RESOLVE_NO_MAGICLINKS are explained.
    package func openInside(_ path: [UInt8]) throws(SystemError) -> Descriptor {
        let resolve: UInt64 = 0x10 | 0x04 | 0x02
        let text = try cString(path)
        let answer = unsafe clinux_openat2(
            number, text, UInt64(UInt32(bitPattern: Opening.place.flags)), 0, resolve)
        return Descriptor(adopting: try SystemError.checked(answer))
    }

    /// Opens for reading what this place is, through a descriptor of `/proc/self/fd`.
    package func reopened(through descriptors: borrowing Descriptor) throws(SystemError)
        -> Descriptor
    {
        try descriptors.open(Array(String(number).utf8), .reopening)
    }

    private static func open(_ path: [UInt8], at directory: Int32, _ opening: Opening)
        throws(SystemError) -> Descriptor
    {
        let text = try cString(path)
        return unsafe Descriptor(
            adopting: try SystemError.checked(clinux_openat(directory, text, opening.flags)))
    }

    /// The target of the link that this place is, as it is written.
    package func linkTarget() throws(SystemError) -> [UInt8] {
        try target(ofLink: [])
    }

    /// The target of a link of this directory, as it is written.
    package func target(ofLink name: [UInt8]) throws(SystemError) -> [UInt8] {
        let text = try cString(name)
        // PATH_MAX: the kernel keeps no longer one.
        var buffer = [UInt8](repeating: 0, count: 4096)
        let length = unsafe try SystemError.checked(
            clinux_readlink(number, text, &buffer, buffer.count))
        return Array(buffer.prefix(length))
    }

    /// Whether the file system is the kernel's own view of processes.
    package var isOnProcessFileSystem: Bool {
        clinux_file_system(number) == 0x9FA0
    }

    /// A second descriptor of the same open file.
    package func duplicated() throws(SystemError) -> Descriptor {
        Descriptor(adopting: try SystemError.checked(clinux_duplicate(number)))
    }
}

/// The bytes with the NUL that C ends a text with.
func cString(_ bytes: [UInt8]) throws(SystemError) -> [CChar] {
    guard !bytes.contains(0) else { throw .invalid }
    return bytes.map { CChar(bitPattern: $0) } + [0]
}
