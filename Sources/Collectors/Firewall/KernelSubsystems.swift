import Facts

/// Which parts of the kernel that filter packets are there; a part that is not holds no rule, and is
/// not asked, because the question would load it.
struct KernelSubsystems<View: HostView> {
    let host: View

    /// nf_tables is loaded or built in.
    func hasNfTables() throws(HostError) -> Bool {
        guard let modules = try lines(of: "/proc/modules") else {
            // A kernel without modules loads nothing.
            return true
        }
        if modules.contains(where: { $0.starts(with: "nf_tables ".utf8) }) { return true }
        guard try hasNetfilterSocket() else { return false }
        return try isBuiltIn("nf_tables_newtable")
    }

    /// The tables of the legacy engine that exist, `ip_tables` for IPv4 and `ip6_tables` for IPv6.
    func legacyTables(_ engine: String) throws(HostError) -> [String] {
        let path = HostPath("/proc/net/\(engine)_names")
        return try (lines(of: path) ?? []).map { String(decoding: $0, as: UTF8.self) }
    }

    // /proc/net/netlink: address, protocol, process; the kernel's own end is of process 0.
    private func hasNetfilterSocket() throws(HostError) -> Bool {
        try (lines(of: "/proc/net/netlink") ?? []).contains { line in
            let words = line.split(separator: 0x20)
            return words.count > 2 && words[1].elementsEqual("12".utf8)
                && words[2].elementsEqual("0".utf8)
        }
    }

    private func isBuiltIn(_ symbol: String) throws(HostError) -> Bool {
        let bytes: [UInt8]
        do throws(HostError) {
            bytes = try host.read("/proc/kallsyms", limit: 64 << 20)
        } catch {
            if error.code == .notFound { return true }
            throw error
        }
        return bytes.split(separator: 0x0A).contains { line in
            line.split(separator: 0x20).last?.elementsEqual(symbol.utf8) == true
        }
    }

    private func lines(of path: HostPath) throws(HostError) -> [[UInt8]]? {
        do throws(HostError) {
            return try host.lines(of: path)
        } catch {
            if error.code == .notFound { return nil }
            throw error
        }
    }
}
