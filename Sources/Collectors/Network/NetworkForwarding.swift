import Facts

/// What the files of systemd-networkd(8) say about forwarding, which hangs on its version: from 256
/// on a network says it of its own interfaces, and networkd.conf(5) of the host.
struct NetworkForwarding {
    /// As sysctl.d(5) would say it; an interface that is only known by what it must be like has a
    /// name that no interface has.
    private(set) var lines: [String] = []
    /// Another version would say something else, and which one is installed is not known.
    private(set) var isDoubtful = false

    private static let firstOfOwn = 256
    private static let yes = ["yes", "y", "true", "t", "1", "on"]
    private static let no = ["no", "n", "false", "f", "0", "off"]
    private static let families = [(4, "ipv4"), (6, "ipv6")]

    /// Reads the files of a host.
    init(of host: some HostView) throws(HostError) {
        let global = try NetworkFiles.ofAll(on: host)
        // Files of packages are about interfaces of containers, which something else must start.
        let files = try NetworkFiles(of: host).files.filter { !$0.isOfPackage }.map(\.settings)
        let old = files.flatMap(Self.said)
        let new = Self.said(of: global, files)
        guard old != new else {
            lines = old
            return
        }
        guard let version = try SystemdVersion(of: host) else {
            isDoubtful = true
            return
        }
        lines = version.major < Self.firstOfOwn ? old : new
    }

    // Until 255: one network turns it on for all of the host.
    private static func said(by file: UnitFile) -> [String] {
        families.compactMap { number, family in
            let isOn =
                has(file, "IPForward", yes + ["both", family])
                || has(file, "IPMasquerade", masks(family))
            return isOn ? all(family, 1) : nil
        }
    }

    private static func said(of global: UnitFile, _ files: [UnitFile]) -> [String] {
        families.flatMap { number, family -> [String] in
            let key = "IPv\(number)Forwarding"
            var lines: [String] = []
            let isMasked = files.contains { has($0, "IPMasquerade", masks(family)) }
            if has(global, key, yes) || isMasked && !has(global, key, no) {
                lines.append(all(family, 1))
            } else if has(global, key, no) {
                lines.append(all(family, 0))
            }
            let isSingle = files.contains {
                has($0, key, yes) || has($0, "IPForward", yes + ["both", family])
            }
            if isSingle { lines.append("net.\(family).conf./.forwarding=1") }
            return lines
        }
    }

    private static func all(_ family: String, _ value: Int) -> String {
        family == "ipv4"
            ? "net.ipv4.ip_forward=\(value)" : "net.ipv6.conf.all.forwarding=\(value)"
    }

    // A truth value was once enough.
    private static func masks(_ family: String) -> [String] {
        family == "ipv4" ? yes + ["both", family] : ["both", family]
    }

    private static func has(_ file: UnitFile, _ key: String, _ words: [String]) -> Bool {
        words.contains(file.value(key, in: "Network")?.lowercased() ?? "")
    }
}
