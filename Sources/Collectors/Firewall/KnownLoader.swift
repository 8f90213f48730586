import Facts
import PacketFilter

/// Loaders of Debian whose files we know, though their units run scripts.
enum KnownLoader {
    case persistent

    /// Nil of other units.
    init?(_ unit: BootUnits.Unit, _ commands: [ExecLine]) {
        guard unit.name.text == "netfilter-persistent.service",
            commands.map(\.words) == [["/usr/sbin/netfilter-persistent", "start"]]
        else { return nil }
        self = .persistent
    }

    /// The files that it loads, in its order.
    func steps(on host: some HostView) -> [LoaderStep] {
        switch self {
        case .persistent: Self.persistentSteps(on: host)
        }
    }

    // The plugins of /usr/share/netfilter-persistent/plugins.d, in the order of run-parts(8).
    private static func persistentSteps(on host: some HostView) -> [LoaderStep] {
        let plugins: [(HostPath, LoaderStep)] = [
            (
                "10-ipset",
                LoaderStep(
                    .ipset, "/etc/iptables/ipsets", by: "/usr/sbin/ipset", mayFail: true,
                    isOptional: true)
            ),
            (
                "15-ip4tables",
                LoaderStep(
                    .xtables(.v4, keepsRules: false), "/etc/iptables/rules.v4",
                    by: "/usr/sbin/iptables-restore", mayFail: true, isOptional: true)
            ),
            (
                "25-ip6tables",
                LoaderStep(
                    .xtables(.v6, keepsRules: false), "/etc/iptables/rules.v6",
                    by: "/usr/sbin/ip6tables-restore", mayFail: true, isOptional: true)
            ),
        ]
        let directory: HostPath = "/usr/share/netfilter-persistent/plugins.d"
        return plugins.filter { name, _ in
            (try? host.exists(directory.appending(name))) == true
        }.map(\.1)
    }
}
