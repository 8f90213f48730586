import Facts
import PacketFilter

/// Interfaces that files give a default route, a lease, or a globally routable address: what an
/// image shows of where an interface leads. Their names may be patterns.
struct OutwardInterfaces {
    /// Their names.
    private(set) var names: Set<String> = []

    /// None are known.
    init() {}

    /// Reads interfaces(5) and the files of systemd.network(5).
    init(of host: some HostView) throws(HostError) {
        var files: [HostPath] = ["/etc/network/interfaces"]
        files += try Self.files("/etc/network/interfaces.d", on: host)
        for path in files { addStanzas(try Self.bytes(path, on: host)) }
        for directory: HostPath in ["/etc/systemd/network", "/usr/lib/systemd/network"] {
            for path in try Self.files(directory, on: host) where path.hasSuffix(".network") {
                add(UnitFile(parsing: try Self.bytes(path, on: host)))
            }
        }
        for directory: HostPath in ["/etc", "/usr/lib"] {
            let place = directory.appending("NetworkManager/system-connections")
            for path in try Self.files(place, on: host) {
                addConnection(UnitFile(parsing: try Self.bytes(path, on: host)))
            }
        }
    }

    /// Whether a name fits one of them.
    func contain(_ name: String) -> Bool {
        names.contains { $0 == name || PathPattern.fits(Array(name.utf8), Array($0.utf8)) }
    }

    /// Whether a pattern fits one of them, or they fit it.
    func meet(_ pattern: String) -> Bool {
        contain(pattern)
            || names.contains { PathPattern.fits(Array($0.utf8), Array(pattern.utf8)) }
    }

    // nm-settings-keyfile(5); an address may be followed by a gateway.
    private mutating func addConnection(_ file: UnitFile) {
        guard let name = file.value("interface-name", in: "connection") else { return }
        for section in ["ipv4", "ipv6"] {
            let addresses = file.keys(beginning: "address", in: section).compactMap {
                file.value($0, in: section)
            }
            let isNever = file.value("never-default", in: section) == "true"
            let leads =
                file.value("method", in: section) == "auto"
                || file.value("gateway", in: section) != nil
                || addresses.contains { $0.contains(",") }
            let isGlobal = addresses.contains {
                Self.isGlobal(String($0.prefix { $0 != "," && $0 != ";" }))
            }
            if leads && !isNever || isGlobal { names.insert(name) }
        }
    }

    private mutating func addStanzas(_ bytes: [UInt8]) {
        var current: String?
        for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
            let words = line.split { $0 == " " || $0 == "\t" }.map(String.init)
            guard let key = words.first else { continue }
            switch key {
            case "iface" where words.count >= 4:
                current = words[1]
                if ["dhcp", "auto", "ppp", "wvdial"].contains(words[3]) { names.insert(words[1]) }
            case "auto", "mapping", "source", "source-directory": current = nil
            case "gateway": if let current { names.insert(current) }
            case "address" where words.count > 1:
                if let current, Self.isGlobal(words[1]) { names.insert(current) }
            default: break
            }
        }
    }

    private mutating func add(_ file: UnitFile) {
        let leases =
            file.value("DHCP", in: "Network").map { !["no", "false"].contains($0) } ?? false
        let gateways = file.values("Gateway", in: "Network") + file.values("Gateway", in: "Route")
        let addresses = file.words("Address", in: "Network") + file.words("Address", in: "Address")
        guard leases || !gateways.isEmpty || addresses.contains(where: Self.isGlobal) else {
            return
        }
        names.formUnion(file.words("Name", in: "Match"))
    }

    private static func isGlobal(_ text: String) -> Bool {
        Prefix(text)?.first.isGloballyRoutable ?? false
    }

    private static func files(
        _ directory: HostPath, on host: some HostView
    ) throws(HostError) -> [HostPath] {
        do throws(HostError) {
            return try host.list(directory).map { directory.appending($0.name) }
        } catch {
            if error.code == .notFound { return [] }
            throw error
        }
    }

    private static func bytes(
        _ path: HostPath, on host: some HostView
    ) throws(HostError) -> [UInt8] {
        do throws(HostError) {
            return try host.read(path)
        } catch {
            if error.code == .notFound || error.code == .notRegular { return [] }
            throw error
        }
    }
}
