import Linux

/// Finds a path below a root, by descriptors: nothing outside the root is ever reached, and only
/// links are followed that the trusted owners alone could have placed.
struct PathWalk: Sendable {
    let root: Place
    let mounts: MountTable
    /// Whose links are followed.
    let owners: Set<UInt32>
    /// Whether `/proc/self` is the host's first process, so that neither `/proc/net` nor
    /// `/proc/mounts` tells of the scan instead of the host.
    let selfIsFirst: Bool

    /// As many links as the kernel follows; see path_resolution(7).
    private static let linkLimit = 40
    // Every directory on the way is held open.
    private static let depthLimit = 128

    /// A walk below an open directory.
    init(
        below root: consuming Descriptor, mounts: MountTable, owners: Set<UInt32>,
        selfIsFirst: Bool
    ) throws(SystemError) {
        self.selfIsFirst = selfIsFirst
        self.mounts = mounts
        self.owners = owners
        let information = try root.information()
        guard information.kind == .directory else { throw .notDirectory }
        self.root = Place(
            root, information, components: [], parent: nil, location: mounts.location(of: []),
            isTrusted: information.isOnlyWritable(by: owners))
    }

    /// The place of a path; its last component may be a link where `followsLast` is false.
    func place(at path: HostPath, followsLast: Bool) throws(HostError) -> Place {
        guard path.hasPrefix("/"), !path.bytes.contains(0) else {
            throw HostError(.readFailed, path)
        }
        if let place = try direct(path), !followsLast || place.information.kind != .link {
            return place
        }
        return try trustedPlace(at: path, followsLast: followsLast)
    }

    // One system call for the usual path, which has no link in it; nil where it must be walked.
    private func direct(_ path: HostPath) throws(HostError) -> Place? {
        let components = path.components.filter { $0 != "." }
        // With `..` in it, what the kernel touches is not what the text says.
        guard !components.contains("..") else { return nil }
        let location = mounts.location(of: components)
        // A link before the mount point may lead elsewhere.
        guard !location.isRemote else { return nil }
        do throws(SystemError) {
            let descriptor = try root.descriptor.openInside(path.bytes)
            let information = try descriptor.information()
            guard isExpected(information, location) else { return nil }
            return Place(
                descriptor, information, components: components, parent: nil, location: location,
                isTrusted: false)
        } catch {
            switch error {
            case .noEntry, .notDirectory, .accessDenied, .noProcess:
                throw HostError(error, path)
            default: return nil
            }
        }
    }

    /// The place of a path, found component by component, so that it is known who could have placed
    /// what stands on the way.
    func trustedPlace(at path: HostPath, followsLast: Bool) throws(HostError) -> Place {
        guard path.hasPrefix("/"), !path.bytes.contains(0) else {
            throw HostError(.readFailed, path)
        }
        var place = root
        var rest = Array(path.components.reversed())
        var links = 0
        while let name = rest.popLast() {
            guard place.information.kind == .directory else { throw HostError(.notFound, path) }
            if name == "." { continue }
            if name == ".." {
                place = place.parent ?? root
                continue
            }
            let next = try step(to: name, in: place, for: path)
            guard next.information.kind == .link, followsLast || !rest.isEmpty else {
                place = next
                continue
            }
            links += 1
            guard links <= PathWalk.linkLimit else { throw HostError(.readFailed, path) }
            let target = try target(of: next, in: place, for: path)
            if target.hasPrefix("/") { place = root }
            rest += target.components.reversed()
        }
        return place
    }

    private func step(to name: HostPath, in place: Place, for path: HostPath) throws(HostError)
        -> Place
    {
        let components = place.components + [name]
        guard components.count <= PathWalk.depthLimit else { throw HostError(.readFailed, path) }
        let location = mounts.location(of: components)
        guard !location.isRemote else { throw HostError(.remoteFileSystem, path) }
        let next: Place
        do throws(SystemError) {
            let descriptor = try place.descriptor.open(name.bytes, .place)
            let information = try descriptor.information()
            next = Place(
                descriptor, information, components: components, parent: place,
                location: location,
                isTrusted: place.isTrusted && information.isOnlyWritable(by: owners))
        } catch {
            throw HostError(error, path)
        }
        guard isExpected(next.information, location) else { throw HostError(.changed, path) }
        return next
    }

    // A mount that was made since the table was read is not where the table was looked at.
    private func isExpected(_ information: FileInformation, _ location: MountTable.Location) -> Bool
    {
        information.mount.map { $0 == location.mount } ?? true
    }

    private func target(of link: Place, in directory: Place, for path: HostPath) throws(HostError)
        -> HostPath
    {
        let isOnProc = directory.descriptor.isOnProcessFileSystem
        // Below the processes' directories of /proc a link's text is not where it leads; see proc(5).
        // Its own root, whose inode is 1, has ordinary links.
        let isMagic = isOnProc && directory.information.inode != 1
        guard directory.isTrusted, !isMagic else { throw HostError(.unsafeLink, path) }
        if isOnProc, selfIsFirst {
            if link.components.last == "self" { return "1" }
            if link.components.last == "thread-self" { return "1/task/1" }
        }
        do throws(SystemError) {
            return HostPath(bytes: try link.descriptor.linkTarget())
        } catch {
            throw HostError(error, path)
        }
    }
}
