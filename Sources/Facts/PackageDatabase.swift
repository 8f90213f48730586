import Linux

/// What dpkg installed on a host; see dpkg(1).
struct PackageDatabase {
    let host: LinuxHost

    private static let directory: HostPath = "/var/lib/dpkg/info"
    private static let listLimit = 16 << 20
    /// Directories that are links into `/usr`, and whose files packages name by either path.
    private static let aliases = ["/bin/", "/sbin/", "/lib/", "/lib32/", "/lib64/", "/libx32/"]

    /// Whether a package lists this file, whose path has no links.
    func lists(_ path: HostPath) throws(HostError) -> Bool {
        let directory = try host.programs.trustedPlace(at: Self.directory, followsLast: true)
        guard directory.isTrusted else { return false }
        let needles = Self.names(of: path).map { [0x0A] + $0.bytes + [0x0A] }
        for list in try lists(likelyFor: path.name) {
            let bytes = try host.read(Self.directory.appending(list), limit: Self.listLimit)
            // Every line has an end on both sides then.
            let lines = [0x0A] + bytes + [0x0A]
            if needles.contains(where: { ByteSearch.contains($0, in: lines) }) { return true }
        }
        return false
    }

    // Packages are often named like their programs, so those are looked at first.
    private func lists(likelyFor name: HostPath) throws(HostError) -> [HostPath] {
        let lists = try host.list(Self.directory).map(\.name).filter { $0.hasSuffix(".list") }
        return lists.map { list in
            (zip(list.bytes, name.bytes).prefix { $0 == $1 }.count, list)
        }.sorted { $0.0 > $1.0 }.map(\.1)
    }

    static func names(of path: HostPath) -> [HostPath] {
        let usr = "/usr"
        guard aliases.contains(where: { path.hasPrefix(usr + $0) }) else { return [path] }
        return [path, HostPath(bytes: Array(path.bytes.dropFirst(usr.utf8.count)))]
    }
}
