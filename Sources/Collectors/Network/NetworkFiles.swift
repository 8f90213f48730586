import Facts

/// The files of systemd.network(5), each with its drop-ins.
struct NetworkFiles {
    /// What one file, and all drop-ins of its name, say.
    struct File {
        var settings: UnitFile
        /// Neither it nor a drop-in is the administrator's.
        var isOfPackage: Bool
    }

    private(set) var files: [File] = []

    private static let directories: [HostPath] = [
        "/usr/lib/systemd/network", "/usr/local/lib/systemd/network", "/etc/systemd/network",
    ]

    /// Reads all of them; one hides those of its name in directories that count less.
    init(of host: some HostView) throws(HostError) {
        var named: [HostPath: File] = [:]
        var added: [HostPath: [(UnitFile, isOfPackage: Bool)]] = [:]
        for directory in Self.directories {
            let isOfPackage = directory.hasPrefix("/usr/lib/")
            for entry in try host.entries(of: directory) {
                let path = directory.appending(entry.name)
                if entry.name.hasSuffix(".network") {
                    named[entry.name] = File(
                        settings: try Self.settings(path, on: host), isOfPackage: isOfPackage)
                }
                guard entry.name.hasSuffix(".network.d") else { continue }
                let owner = HostPath(bytes: Array(entry.name.bytes.dropLast(2)))
                for part in try host.entries(of: path) where part.name.hasSuffix(".conf") {
                    let settings = try Self.settings(path.appending(part.name), on: host)
                    added[owner, default: []].append((settings, isOfPackage))
                }
            }
        }
        for (name, file) in named {
            var file = file
            for part in added[name, default: []] {
                file.settings.add(part.0)
                if !part.isOfPackage { file.isOfPackage = false }
            }
            files.append(file)
        }
    }

    /// What networkd.conf(5) says for all interfaces.
    static func ofAll(on host: some HostView) throws(HostError) -> UnitFile {
        var settings = UnitFile()
        for place: HostPath in ["/usr/lib/systemd", "/usr/local/lib/systemd", "/etc/systemd"] {
            settings.add(try Self.settings(place.appending("networkd.conf"), on: host))
            let parts = place.appending("networkd.conf.d")
            for entry in try host.entries(of: parts) where entry.name.hasSuffix(".conf") {
                settings.add(try Self.settings(parts.appending(entry.name), on: host))
            }
        }
        return settings
    }

    // A link to /dev/null, or to nothing, hides a file.
    private static func settings(
        _ path: HostPath, on host: some HostView
    ) throws(HostError) -> UnitFile {
        do throws(HostError) {
            return UnitFile(parsing: try host.read(path), from: path)
        } catch {
            if error.code == .notFound || error.code == .notRegular { return UnitFile() }
            throw error
        }
    }
}
