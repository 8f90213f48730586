/// What bounds the view of a whole scan: a closed list, stable for machines.
package enum HostLimit: String, Sendable, Hashable, CaseIterable {
    /// An ordinary user scans: what that user may not read is unknown.
    case unprivileged
    /// The root of the host's first process could not be opened; the scan's own is read.
    case ownRoot
    /// The scan's own view of files is read, and it has other mounts than the host's first process.
    case otherMounts
    /// The scan's own view of files is read, and nobody knows whether it is the host's.
    case mountsNotComparable
}
