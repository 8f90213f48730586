import Facts

/// Which modules the kernel of a running host has, so that nothing is asked of it that would load
/// another.
struct PresentModules {
    // Nil: it loads none, whatever is asked.
    private let present: Set<String>?

    /// Reads what is loaded and what is built in; what cannot be seen is not there.
    init(of host: some HostView) {
        guard (try? host.exists("/proc/modules")) != false, !Self.areDisabled(on: host) else {
            present = nil
            return
        }
        let loaded = ((try? host.lines(of: "/proc/modules")) ?? []).compactMap {
            $0.split(separator: 0x20).first.map { String(decoding: $0, as: UTF8.self) }
        }
        present = Set(loaded + Self.builtIn(on: host))
    }

    /// Whether asking for it loads nothing.
    func has(_ name: String) -> Bool { present?.contains(name) ?? true }

    private static func areDisabled(on host: some HostView) -> Bool {
        let text = (try? host.read("/proc/sys/kernel/modules_disabled", limit: 16)) ?? []
        return text.first == UInt8(ascii: "1")
    }

    // `kernel/net/netfilter/nft_ct.ko`; a module's name has `_` for `-`.
    private static func builtIn(on host: some HostView) -> [String] {
        guard let release = (try? host.lines(of: "/proc/sys/kernel/osrelease"))?.first,
            !release.contains(UInt8(ascii: "/")), release != Array("..".utf8)
        else { return [] }
        let directory = HostPath("/lib/modules").appending(HostPath(bytes: release))
        let lines = (try? host.lines(of: directory.appending("modules.builtin"))) ?? []
        return lines.map { line in
            let file = line.split(separator: UInt8(ascii: "/")).last ?? []
            let name = String(decoding: file, as: UTF8.self).prefix { $0 != "." }
            return name.map { $0 == "-" ? "_" : String($0) }.joined()
        }
    }
}
