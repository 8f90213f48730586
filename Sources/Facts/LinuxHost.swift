import Linux

/// A Linux machine, or a root directory that does not run.
///
/// Everything is read by descriptors below its root; what is read is bounded.
package final class LinuxHost: HostView {
    package let kind: HostKind
    /// What bounds the view: codes of `HostLimit`.
    package let limits: [String]
    package let namespaceGaps: [NamespaceGap]
    package let replay: (any RuleReplay)?
    let files: PathWalk
    /// As `files`, but only root is trusted.
    let programs: PathWalk
    let processes: ProcessFiles

    /// More names than this in one directory are not sorted in memory.
    private static let entryLimit = 1 << 18
    private static let largestLimit = 1 << 30
    private static let pieceSize = 1 << 18

    /// Whether a program would see other files than are read here, unless it enters the namespace
    /// and the root of the host's first process.
    let programsNeedFirstRoot: Bool

    init(
        _ kind: HostKind, files: PathWalk, programs: PathWalk, processes: consuming ProcessFiles,
        limits: [HostLimit], isFirstRoot: Bool, replay: (any RuleReplay)?
    ) {
        self.kind = kind
        self.files = files
        self.programs = programs
        self.limits = limits.map(\.rawValue)
        namespaceGaps = kind == .live ? processes.namespaceGaps() : []
        self.replay = replay
        programsNeedFirstRoot = isFirstRoot && !processes.isOwnRoot(files.root.information)
        self.processes = processes
    }

    package var now: Int64 { SystemClock.now }

    package func read(_ path: HostPath, limit: Int) throws(HostError) -> [UInt8] {
        let place = try files.place(at: path, followsLast: true)
        guard place.information.kind == .regular else { throw HostError(.notRegular, path) }
        try checkMount(of: place, for: path)
        let bounded = min(max(limit, 0), LinuxHost.largestLimit)
        let bytes = try content(of: place, limit: bounded, for: path)
        guard bytes.count <= bounded else { throw HostError(.tooLarge, path) }
        return bytes
    }

    package func beginning(of path: HostPath, count: Int) throws(HostError) -> [UInt8] {
        let place = try files.place(at: path, followsLast: true)
        guard place.information.kind == .regular else { throw HostError(.notRegular, path) }
        try checkMount(of: place, for: path)
        let bounded = min(max(count, 0), LinuxHost.largestLimit)
        return Array(try content(of: place, limit: bounded, for: path).prefix(bounded))
    }

    package func anyPiece(
        of path: HostPath, limit: Int, _ test: ([UInt8]) -> Bool
    ) throws(HostError) -> Bool {
        let place = try files.place(at: path, followsLast: true)
        guard place.information.kind == .regular else { throw HostError(.notRegular, path) }
        guard place.information.size <= limit else { throw HostError(.tooLarge, path) }
        try checkMount(of: place, for: path)
        do throws(SystemError) {
            let file = try place.descriptor.reopened(through: processes.descriptors)
            var piece: [UInt8] = []
            var count = 0
            while count <= limit {
                let next = try file.readSome(Self.pieceSize)
                guard !next.isEmpty else { return false }
                piece = piece.suffix(Self.pieceOverlap) + next
                if test(piece) { return true }
                count += next.count
            }
        } catch {
            throw HostError(error, path)
        }
        throw HostError(.tooLarge, path)
    }

    func content(of place: Place, limit: Int, for path: HostPath) throws(HostError) -> [UInt8] {
        do throws(SystemError) {
            return try place.descriptor.reopened(through: processes.descriptors)
                .read(limit: limit, expected: place.information.size)
        } catch {
            throw HostError(error, path)
        }
    }

    package func list(_ path: HostPath) throws(HostError) -> [DirectoryEntry] {
        let place = try files.place(at: path, followsLast: true)
        guard place.information.kind == .directory else { throw HostError(.notRegular, path) }
        let listing: DirectoryListing
        do throws(SystemError) {
            listing = try place.descriptor.reopened(through: processes.descriptors)
                .listing(limit: LinuxHost.entryLimit)
        } catch {
            throw HostError(error, path)
        }
        guard !listing.isCut else { throw HostError(.tooLarge, path) }
        return listing.entries.compactMap { entry(for: $0, in: place) }.sorted { $0.name < $1.name }
    }

    // Nil where the name went away since it was read.
    private func entry(for entry: DirectoryListing.Entry, in place: Place) -> DirectoryEntry? {
        let name = HostPath(bytes: entry.name)
        if let kind = entry.kind { return DirectoryEntry(name: name, kind: FileKind(kind)) }
        // A mount point is not touched to find out what it is.
        guard !files.mounts.location(of: place.components + [name]).isRemote else {
            return DirectoryEntry(name: name, kind: .directory)
        }
        guard let information = try? place.descriptor.information(of: entry.name) else {
            return nil
        }
        return DirectoryEntry(name: name, kind: FileKind(information.kind))
    }

    package func status(of path: HostPath) throws(HostError) -> FileStatus {
        let place = try files.place(at: path, followsLast: false)
        try checkMount(of: place, for: path)
        return FileStatus(place.information)
    }

    package func target(ofLink path: HostPath) throws(HostError) -> HostPath {
        let place = try files.place(at: path, followsLast: false)
        guard place.information.kind == .link else { throw HostError(.notRegular, path) }
        do throws(SystemError) {
            return HostPath(bytes: try place.descriptor.linkTarget())
        } catch {
            throw HostError(error, path)
        }
    }

    package func resolve(_ path: HostPath) throws(HostError) -> HostPath {
        try files.place(at: path, followsLast: true).path
    }

    private func checkMount(of place: Place, for path: HostPath) throws(HostError) {
        guard place.isSingleMount, !declaresMount(at: place.path) else { return }
        throw HostError(.overmounted, path)
    }
}

extension FileStatus {
    init(_ information: FileInformation) {
        self.init(
            kind: FileKind(information.kind), mode: information.mode, owner: information.owner,
            group: information.group, size: information.size, changed: information.changed)
    }
}

extension FileKind {
    init(_ kind: FileInformation.Kind) {
        switch kind {
        case .regular: self = .regular
        case .directory: self = .directory
        case .link: self = .link
        case .device: self = .device
        case .pipe: self = .pipe
        case .socket: self = .socket
        }
    }
}
