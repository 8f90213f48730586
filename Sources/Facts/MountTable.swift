/// What is mounted below a root: which mount a path lies on, before anything touches the path.
///
/// Made from `/proc/PID/mountinfo`; see proc_pid_mountinfo(5).
package struct MountTable: Sendable {
    /// Where a path lies.
    package struct Location: Sendable, Hashable {
        /// The id of the mount that the path lies on.
        package var mount: UInt64
        /// Whether the way there leads over a network or FUSE mount, or an automatic one.
        package var isRemote: Bool
        /// Whether the path itself is where something is mounted.
        package var isMountPoint: Bool
    }

    private struct Mount: Sendable {
        var id: UInt64
        var isRemote: Bool
    }

    // A tree of the mount points' components: most paths leave it after one or two steps.
    private struct Point: Sendable {
        var below: [HostPath: Int] = [:]
        /// What is mounted here, by the id of the mount that it is mounted on.
        var mounts: [UInt64: Mount] = [:]
    }

    /// The id of the mount that the root directory lies on; it is touched whatever its type is.
    package let rootMount: UInt64
    private var points = [Point()]

    /// The mounts of `lines` below `base`, seen from a root that lies on `rootMount`.
    ///
    /// A kernel that does not say it (`nil`) is taken to mean the last mount at `base`. A line that
    /// is not understood is an error, since it may hide a mount.
    package init(_ lines: [UInt8], below base: HostPath, rootMount: UInt64?) throws(HostError) {
        var entries: [MountEntry] = []
        for line in lines.split(separator: UInt8(ascii: "\n")) {
            guard let entry = MountEntry(line) else { throw HostError(.readFailed, "/proc/mounts") }
            guard !entry.point.hasSuffix("//deleted"), entry.point.isWithin(base) else { continue }
            entries.append(entry)
        }
        self.rootMount = rootMount ?? entries.last { $0.point == base }?.id ?? 0
        let depth = base.components.count
        for entry in entries { insert(entry, at: entry.point.components.dropFirst(depth)) }
    }

    private mutating func insert(_ entry: MountEntry, at components: ArraySlice<HostPath>) {
        // The root's own mount is where every path begins, not something on it.
        guard entry.id != rootMount else { return }
        var point = 0
        for component in components {
            if let next = points[point].below[component] {
                point = next
            } else {
                points.append(Point())
                points[point].below[component] = points.count - 1
                point = points.count - 1
            }
        }
        points[point].mounts[entry.parent] = Mount(id: entry.id, isRemote: entry.isRemote)
    }

    /// Where these components lead from the root, if none of them is a link.
    package func location(of components: some Sequence<HostPath>) -> Location {
        var location = Location(mount: rootMount, isRemote: false, isMountPoint: false)
        var point: Int? = 0
        for component in components {
            guard let current = point else {
                location.isMountPoint = false
                return location
            }
            point = points[current].below[component]
            climb(at: point, &location)
        }
        return location
    }

    // One mount may stand on another at the same point; the last one is what is seen.
    private func climb(at point: Int?, _ location: inout Location) {
        location.isMountPoint = false
        guard let point else { return }
        var top: Mount?
        // A table that names itself as its own parent would never end.
        for _ in 0..<points[point].mounts.count {
            guard let next = points[point].mounts[top?.id ?? location.mount] else { break }
            top = next
        }
        guard let top else { return }
        location.mount = top.id
        location.isMountPoint = true
        if top.isRemote { location.isRemote = true }
    }

    /// The ids of the mounts in these lines, which no two mount namespaces share.
    package static func ids(in lines: [UInt8]) -> Set<UInt64> {
        Set(lines.split(separator: UInt8(ascii: "\n")).compactMap { MountEntry($0)?.id })
    }
}
