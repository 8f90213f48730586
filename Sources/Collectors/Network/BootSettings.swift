import Facts

/// Settings below `/proc/sys/net` that files bring at boot; see sysctl.d(5).
struct BootSettings {
    // In the order in which they are written; the last of a name counts.
    private var assignments: [(name: [String], value: String)] = []

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

    /// Adds what the files of systemd.network(5) turn on.
    mutating func addNetworks(of host: some HostView) throws(HostError) {
        add(try NetworkFiles.ofAll(on: host))
        // Files of packages are about interfaces of containers, which something else must start.
        for file in try NetworkFiles(of: host).files where !file.isOfPackage { add(file.settings) }
    }

    private mutating func add(_ file: UnitFile) {
        func isOn(_ key: String, _ words: [String]) -> Bool {
            words.contains(file.value(key, in: "Network")?.lowercased() ?? "")
        }
        let yes = ["yes", "true", "1", "on"]
        let both = yes + ["both"]
        if isOn("IPForward", both + ["ipv4"]) || isOn("IPv4Forwarding", yes)
            || isOn("IPMasquerade", both + ["ipv4"])
        {
            add(Array("net.ipv4.ip_forward=1".utf8))
        }
        if isOn("IPForward", both + ["ipv6"]) || isOn("IPv6Forwarding", yes)
            || isOn("IPMasquerade", ["both", "ipv6"])
        {
            add(Array("net.ipv6.conf.all.forwarding=1".utf8))
        }
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
        for (name, value) in assignments {
            let isOwn =
                name.count == 5 && name[0] == "net" && name[1] == family && name[2] == "conf"
                && name[4] == setting
                && (name[3] == "all"
                    || PathPattern.fits(Array(interface.utf8), Array(name[3].utf8)))
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
        guard let first = plain.first, first != "#", first != ";",
            let equals = plain.firstIndex(of: "=")
        else { return }
        let key = plain[..<equals].filter { $0 != " " && $0 != "\t" }
        let value = plain[plain.index(after: equals)...].filter { $0 != " " && $0 != "\t" }
        // The first separator says which of the two is none; see sysctl.d(5).
        let isDotted = key.first { $0 == "." || $0 == "/" } == "."
        let name = key.split(separator: isDotted ? "." : "/").map { part in
            isDotted ? String(part).replacing("/", with: ".") : String(part)
        }
        assignments.removeAll { $0.name == name }
        assignments.append((name, String(value)))
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
