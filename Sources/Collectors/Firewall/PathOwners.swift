import Facts

/// Who can change what a path leads to.
struct PathOwners<View: HostView> {
    let host: View

    /// What the way to a file shows.
    struct Places {
        /// Others than root can write them.
        var writable: [HostPath] = []
        /// Root's group can write them: its members, or those of an access control list, whose
        /// mask takes the place of the group's bits.
        var doubtful: [HostPath] = []
    }

    private static var largestLinkCount: Int { 40 }

    /// The places on the way to a file that others than root may write, every link followed; what
    /// is not there has no owner.
    func places(on path: HostPath) throws(HostError) -> Places {
        var places = Places()
        var place: HostPath = "/"
        var rest = path.components
        var links = 0
        try add(place, to: &places)
        while let name = rest.first {
            rest.removeFirst()
            if name == "." { continue }
            if name == ".." {
                place = place.parent
                continue
            }
            let next = place.appending(name)
            do throws(HostError) {
                try add(next, to: &places)
                guard try host.status(of: next).kind == .link else {
                    place = next
                    continue
                }
                links += 1
                guard links <= Self.largestLinkCount else { throw HostError(.readFailed, path) }
                let target = try host.target(ofLink: next)
                if target.hasPrefix("/") { place = "/" }
                rest = target.components + rest
            } catch {
                if error.code == .notFound { return places }
                throw error
            }
        }
        return places
    }

    // The permission bits of a link mean nothing; whose it is does.
    private func add(_ place: HostPath, to places: inout Places) throws(HostError) {
        let status = try host.status(of: place)
        let isOpen =
            status.mode & 0o002 != 0 || (status.mode & 0o020 != 0 && status.group != 0)
        if status.owner != 0 || status.kind != .link && isOpen {
            places.writable.append(place)
        } else if status.kind != .link, status.mode & 0o020 != 0 {
            places.doubtful.append(place)
        }
    }
}
