import Facts
import PacketFilter

/// Loaders of Debian whose files we know, though their units run scripts.
enum KnownLoader {
    case firewalld
    case persistent
    case ufw

    /// Nil of other units.
    init?(_ unit: BootUnits.Unit, _ commands: [ExecLine]) {
        let words = commands.map(\.words)
        switch unit.name.text {
        // What comes after the start only asks whether it has.
        case "firewalld.service"
        where Set(words) == [Self.daemon] || Set(words) == [Self.daemon, Self.question]:
            self = .firewalld
        case "netfilter-persistent.service"
        where words == [["/usr/sbin/netfilter-persistent", "start"]]:
            self = .persistent
        case "ufw.service"
        where words == [["/lib/ufw/ufw-init", "start", "quiet"]]
            || words == [["/usr/lib/ufw/ufw-init", "start", "quiet"]]:
            self = .ufw
        default: return nil
        }
    }

    private static let daemon = ["/usr/sbin/firewalld", "--nofork", "--nopid"]
    private static let question = ["/usr/bin/firewall-cmd", "--state"]

    /// What it loads, in its order; nil where that is not followed.
    func steps(on host: some HostView, _ units: BootUnits) -> [LoaderStep]? {
        switch self {
        case .firewalld:
            FirewalldRules(on: host, units).map { rules in
                [LoaderStep(.nft, .firewalld(rules), by: "/usr/sbin/firewalld")]
            }
        case .persistent: Self.persistentSteps(on: host)
        case .ufw: UFWSettings(on: host)?.steps
        }
    }

    // The plugins of /usr/share/netfilter-persistent/plugins.d, in the order of run-parts(8).
    private static func persistentSteps(on host: some HostView) -> [LoaderStep]? {
        let plugins: [(name: HostPath, step: LoaderStep)] = [
            ("10-ipset", step(.ipset, "/etc/iptables/ipsets", "/usr/sbin/ipset")),
            (
                "15-ip4tables",
                step(
                    .xtables(.v4, keepsRules: false), "/etc/iptables/rules.v4",
                    "/usr/sbin/iptables-restore")
            ),
            (
                "25-ip6tables",
                step(
                    .xtables(.v6, keepsRules: false), "/etc/iptables/rules.v6",
                    "/usr/sbin/ip6tables-restore")
            ),
        ]
        let directory: HostPath = "/usr/share/netfilter-persistent/plugins.d"
        do throws(HostError) {
            var steps: [LoaderStep] = []
            for plugin in plugins where try host.exists(directory.appending(plugin.name)) {
                steps.append(plugin.step)
            }
            return steps
        } catch {
            return nil
        }
    }

    private static func step(
        _ reader: LoaderStep.Reader, _ file: HostPath, _ program: HostPath
    ) -> LoaderStep {
        LoaderStep(reader, .file(file), by: program, mayFail: true, isOptional: true)
    }
}
