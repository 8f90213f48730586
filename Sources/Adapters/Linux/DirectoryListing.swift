import CLinux

/// The names in a directory, as getdents64(2) gives them: in no order, without `.` and `..`.
package struct DirectoryListing: Sendable {
    /// One name.
    package struct Entry: Sendable, Hashable {
        package var name: [UInt8]
        /// Nil where the file system does not say it.
        package var kind: FileInformation.Kind?
    }

    package var entries: [Entry] = []
    /// Whether there are more names than were read.
    package var isCut = false
}

extension Descriptor {
    /// The first `limit` names of this directory, which must be open for reading.
    package func listing(limit: Int) throws(SystemError) -> DirectoryListing {
        var listing = DirectoryListing()
        var buffer = [UInt8](repeating: 0, count: 1 << 15)
        while true {
            let length = unsafe try SystemError.checked(
                clinux_entries(number, &buffer, buffer.count))
            guard length > 0 else { return listing }
            listing.entries += DirectoryListing.parsed(buffer[..<length])
            guard listing.entries.count <= limit else {
                listing.isCut = true
                return listing
            }
        }
    }
}

extension DirectoryListing {
    // struct linux_dirent64: inode and offset of 8 bytes each, the record's length in 2, the type
    // in 1, and the name with its NUL.
    private static let nameOffset = 19

    fileprivate static func parsed(_ bytes: ArraySlice<UInt8>) -> [Entry] {
        var entries: [Entry] = []
        var rest = bytes
        while rest.count > nameOffset {
            let start = rest.startIndex
            let length = Int(rest[start + 16]) | Int(rest[start + 17]) << 8
            guard length > nameOffset, length <= rest.count else { break }
            let name = Array(rest[(start + nameOffset)..<(start + length)].prefix { $0 != 0 })
            if name != Array(".".utf8), name != Array("..".utf8) {
                entries.append(
                    Entry(name: name, kind: FileInformation.Kind(entryType: rest[start + 18])))
            }
            rest = rest.dropFirst(length)
        }
        return entries
    }
}
