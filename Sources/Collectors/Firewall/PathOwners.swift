import Facts

/// Who can change what a path leads to.
struct PathOwners<View: HostView> {
    let host: View

    /// The places on the way to a file that others than root can write, links followed; what is not
    /// there has no owner.
    func writablePlaces(on path: HostPath) throws(HostError) -> [HostPath] {
        var places = try writable(on: path)
        if let target = try resolved(path), target != path { places += try writable(on: target) }
        return places
    }

    private func writable(on path: HostPath) throws(HostError) -> [HostPath] {
        var places: [HostPath] = []
        var place: HostPath = "/"
        for component in [nil] + path.components.map(Optional.some) {
            if let component { place = place.appending(component) }
            do throws(HostError) {
                if try isWritable(place) { places.append(place) }
            } catch {
                if error.code == .notFound { return places }
                throw error
            }
        }
        return places
    }

    // The permission bits of a link mean nothing; whose it is does.
    private func isWritable(_ place: HostPath) throws(HostError) -> Bool {
        let status = try host.status(of: place)
        if status.owner != 0 { return true }
        guard status.kind != .link else { return false }
        return status.mode & 0o002 != 0 || (status.mode & 0o020 != 0 && status.group != 0)
    }

    private func resolved(_ path: HostPath) throws(HostError) -> HostPath? {
        do throws(HostError) {
            return try host.resolve(path)
        } catch {
            if error.code == .notFound { return nil }
            throw error
        }
    }
}
