import Linux

/// A file of a host that was found, held open as a place: nothing of it has been read.
final class Place: Sendable {
    let descriptor: Descriptor
    let information: FileInformation
    /// The path from the root, without links.
    let components: [HostPath]
    /// The directory that it was found in; nil for the root, and where nobody asked.
    let parent: Place?
    let location: MountTable.Location
    /// Whether only the owners that are trusted can place something here, all the way from the root.
    let isTrusted: Bool

    init(
        _ descriptor: consuming Descriptor, _ information: FileInformation,
        components: [HostPath], parent: Place?, location: MountTable.Location, isTrusted: Bool
    ) {
        self.descriptor = descriptor
        self.information = information
        self.components = components
        self.parent = parent
        self.location = location
        self.isTrusted = isTrusted
    }

    var path: HostPath {
        HostPath(bytes: components.isEmpty ? [0x2F] : components.flatMap { [0x2F] + $0.bytes })
    }

    /// Whether something that is no directory is mounted exactly here.
    var isSingleMount: Bool { location.isMountPoint && information.kind != .directory }
}

extension FileInformation {
    /// Whether only these users can change it: an access list's writers are in the group's bits.
    func isOnlyWritable(by owners: Set<UInt32>) -> Bool {
        owners.contains(owner) && mode & 0o022 == 0
    }
}
