import Facts

/// Which zones of firewalld(1) NetworkManager(8) gives interfaces to at boot; it does so whatever
/// firewalld's own files say.
struct NetworkManagerZones {
    /// NetworkManager starts.
    let isRunning: Bool
    /// Zones that its connections name; nil where that is not followed.
    private var zones: Set<String>? = []

    private static let directories: [HostPath] = [
        "/etc/NetworkManager/system-connections", "/usr/lib/NetworkManager/system-connections",
        "/etc/NetworkManager/conf.d", "/usr/lib/NetworkManager/conf.d",
    ]
    // Whoever makes connections when the host starts.
    private static let generators: [HostPath] = [
        "/usr/sbin/netplan", "/usr/libexec/netplan/generate", "/usr/lib/netplan/generate",
        "/etc/sysconfig/network-scripts",
    ]

    /// Reads the connections of a host.
    init(of host: some HostView, _ units: BootUnits) {
        isRunning = units.all.contains { $0.name.text == "NetworkManager.service" }
        guard isRunning else { return }
        do throws(HostError) {
            for generator in Self.generators where try host.exists(generator) { zones = nil }
            try take("/etc/NetworkManager/NetworkManager.conf", on: host)
            for directory in Self.directories {
                for entry in try Self.entries(of: directory, on: host) {
                    try take(directory.appending(entry.name), on: host)
                }
            }
        } catch {
            zones = nil
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

    // Settings of a connection, and what the configuration says of all of them.
    private mutating func take(_ path: HostPath, on host: some HostView) throws(HostError) {
        let lines: [[UInt8]]
        do throws(HostError) {
            lines = try host.lines(of: path)
        } catch {
            if error.code == .notFound { return }
            throw error
        }
        for line in lines {
            let text = String(decoding: line, as: UTF8.self)
            let pair = text.split(separator: "=", maxSplits: 1).map { part in
                part.filter { $0 != " " && $0 != "\t" && $0 != "\r" && $0 != "\"" }
            }
            guard pair.count == 2, !pair[0].hasPrefix("#") else { continue }
            switch (pair[0], pair[1]) {
            case ("zone", let zone), ("connection.zone", let zone):
                if !zone.isEmpty { zones?.insert(zone) }
            // It shares a network by rules and zones of its own.
            case ("method", "shared"): zones = nil
            case ("firewall-backend", _): break
            default: break
            }
        }
    }

    /// Whatever NetworkManager does, every interface is in the zone where these files have it.
    func isFollowed(_ configuration: FirewalldConfiguration) -> Bool {
        guard isRunning else { return true }
        guard let zones else { return false }
        let isBound = configuration.zones.values.contains { !$0.interfaces.isEmpty }
        return !isBound && zones.allSatisfy { $0 == configuration.defaultZone?.name }
    }
}
