import Facts

/// Settings below `/proc/sys/net` that files bring at boot; see sysctl.d(5).
struct BootSettings {
    // In the order in which they are written; the last of a name counts.
    private var assignments: [(name: [String], value: String)] = []
    // Names that no pattern sets.
    private var excepted: Set<[String]> = []

    private static let directories: [HostPath] = [
        "/etc/sysctl.d", "/usr/local/lib/sysctl.d", "/usr/lib/sysctl.d", "/lib/sysctl.d",
    ]

    /// Reads all files; one hides those of its name in directories that count less.
    init(of host: some HostView) throws(HostError) {
        var files: [HostPath: HostPath] = [:]
        for directory in Self.directories {
            for entry in try Self.entries(of: directory, on: host)
            where entry.name.hasSuffix(".conf") && files[entry.name] == nil {
                files[entry.name] = directory.appending(entry.name)
            }
        }
        for path in files.sorted(by: { $0.key < $1.key }).map(\.value) {
            try add(path, on: host)
        }
        for directory: HostPath in [
            "/usr/lib/tmpfiles.d", "/usr/local/lib/tmpfiles.d", "/etc/tmpfiles.d",
        ] {
            for entry in try Self.entries(of: directory, on: host)
            where entry.name.hasSuffix(".conf") {
                try addWritten(directory.appending(entry.name), on: host)
            }
        }
    }

    // tmpfiles.d(5) writes into files too: type, path, mode, user, group, age, content.
    private mutating func addWritten(
        _ path: HostPath, on host: some HostView
    ) throws(HostError) {
        guard let lines = try Self.lines(of: path, on: host) else { return }
        for line in lines {
            let plain = String(decoding: line, as: UTF8.self).filter { $0 != "\"" }
            let words = plain.split { $0 == " " || $0 == "\t" }
            guard words.count >= 7, let type = words[0].first, "wfF".contains(type),
                words[1].hasPrefix("/proc/sys/")
            else { continue }
            add(Array("\(words[1].dropFirst("/proc/sys/".count))=\(words[6])".utf8))
        }
    }

    /// Adds what systemd-networkd(8) turns on.
    mutating func add(_ networks: NetworkForwarding) {
        for line in networks.lines { add(Array(line.utf8)) }
    }

    /// Adds a file that something else than systemd-sysctl brings, and later.
    mutating func add(_ path: HostPath, on host: some HostView) throws(HostError) {
        for line in try Self.lines(of: path, on: host) ?? [] { add(line) }
    }

    // A link to /dev/null, or to nothing, hides a file.
    private static func lines(
        of path: HostPath, on host: some HostView
    ) throws(HostError) -> [[UInt8]]? {
        do throws(HostError) {
            return try host.lines(of: path)
        } catch {
            if error.code == .notRegular || error.code == .notFound { return nil }
            throw error
        }
    }

    /// Whether a setting that stands in full is other than 0.
    func isSet(_ name: [String]) -> Bool {
        assignments.contains { $0.name == name && $0.value != "0" }
    }

    /// Whether packets are forwarded that come by an interface, or `default`.
    func forwards(_ family: String, _ interface: String) -> Bool {
        isOn("forwarding", family, interface, startingFromDefault: true)
    }

    /// Whether some interface forwards by a setting of its own.
    func forwardsSingly(_ family: String) -> Bool {
        assignments.contains { name, value in
            name.count == 5 && name[0] == "net" && name[1] == family && name[2] == "conf"
                && name[4] == "forwarding" && value != "0" && name[3] != "lo"
        }
    }

    /// Whether a setting of an interface, or of `default`, is on; nobody's setting is off.
    ///
    /// What is written to `all` is written to every interface; only the settings that this version
    /// asks for behave so.
    func isOn(
        _ setting: String, _ family: String, _ interface: String,
        startingFromDefault: Bool = false
    ) -> Bool {
        var isOn = false
        let own = ["net", family, "conf", interface, setting]
        let isNamed = excepted.contains(own) || assignments.contains { $0.name == own }
        for (name, value) in assignments {
            let isOwn =
                name.count == 5 && name[0] == "net" && name[1] == family && name[2] == "conf"
                && name[4] == setting
                && (name[3] == "all" || name == own
                    || !isNamed && PathPattern.fits(Array(interface.utf8), Array(name[3].utf8)))
            // An interface that comes later begins with what `default` says.
            let isDefault =
                startingFromDefault && name.count == 5 && name[1] == family && name[3] == "default"
                && name[4] == setting
            let isOld =
                setting == "forwarding" && family == "ipv4"
                && name == ["net", "ipv4", "ip_forward"]
            if isOwn || isDefault || isOld { isOn = value != "0" }
        }
        return isOn
    }

    private mutating func add(_ line: [UInt8]) {
        let text = String(decoding: line, as: UTF8.self)
        let plain = text.drop { $0 == " " || $0 == "\t" || $0 == "-" }
        guard let first = plain.first, first != "#", first != ";" else { return }
        guard let equals = plain.firstIndex(of: "=") else {
            // A name alone is excepted from patterns.
            if text.contains("-") { excepted.insert(Self.name(plain)) }
            return
        }
        let name = Self.name(plain[..<equals])
        let value = plain[plain.index(after: equals)...].filter { $0 != " " && $0 != "\t" }
        assignments.removeAll { $0.name == name }
        assignments.append((name, String(value)))
    }

    // The first separator says which of the two is none; see sysctl.d(5).
    private static func name(_ text: Substring) -> [String] {
        let key = text.filter { $0 != " " && $0 != "\t" && $0 != "\r" }
        let isDotted = key.first { $0 == "." || $0 == "/" } == "."
        return key.split(separator: isDotted ? "." : "/").map { part in
            isDotted ? String(part).replacing("/", with: ".") : String(part)
        }
    }

    private static func entries(
        of directory: HostPath, on host: some HostView
    ) throws(HostError) -> [DirectoryEntry] {
        do throws(HostError) {
            return try host.list(directory)
        } catch {
            if error.code == .notFound { return [] }
            throw error
        }
    }
}
