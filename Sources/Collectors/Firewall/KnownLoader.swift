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

    /// The scripts of its package that do so, where they are there: what is known of them is known
    /// of no others.
    func scripts(on host: some HostView) -> [HostPath] {
        let paths: [HostPath] =
            switch self {
            case .firewalld: ["/usr/sbin/firewalld"]
            case .persistent:
                ["/usr/sbin/netfilter-persistent"]
                    + ["10-ipset", "15-ip4tables", "25-ip6tables"].map { name in
                        Self.plugins.appending(name)
                    }
            case .ufw: ["/usr/lib/ufw/ufw-init", "/usr/lib/ufw/ufw-init-functions"]
            }
        return paths.filter { (try? host.exists($0)) != false }
    }

    private static let plugins: HostPath = "/usr/share/netfilter-persistent/plugins.d"

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

    // The plugins of /usr/share/netfilter-persistent/plugins.d, in the order of run-parts(8), which
    // runs no file that is not executable. Nil where there are others than Debian's.
    private static func persistentSteps(on host: some HostView) -> [LoaderStep]? {
        do throws(HostError) {
            let settings = try persistentSettings(on: host)
            guard let settings else { return nil }
            var steps: [LoaderStep] = []
            for entry in try host.list(plugins) {
                let path = try host.resolve(plugins.appending(entry.name))
                let status = try host.status(of: path)
                guard status.kind == .regular, status.mode & 0o111 != 0 else { continue }
                guard let step = plugin(entry.name, settings) else { return nil }
                steps.append(step)
            }
            return steps
        } catch {
            return error.code == .notFound ? [] : nil
        }
    }

    private static func plugin(_ name: HostPath, _ settings: Set<String>) -> LoaderStep? {
        switch name {
        case "10-ipset": step(.ipset, "/etc/iptables/ipsets", "/usr/sbin/ipset")
        case "15-ip4tables":
            step(
                .xtables(.v4, keepsRules: settings.contains("IPTABLES_RESTORE_NOFLUSH")),
                "/etc/iptables/rules.v4", "/usr/sbin/iptables-restore")
        case "25-ip6tables":
            step(
                .xtables(.v6, keepsRules: settings.contains("IP6TABLES_RESTORE_NOFLUSH")),
                "/etc/iptables/rules.v6", "/usr/sbin/ip6tables-restore")
        default: nil
        }
    }

    // The settings that are on; nil where the file does more than set.
    private static func persistentSettings(
        on host: some HostView
    ) throws(HostError) -> Set<String>? {
        var settings: Set<String> = []
        do throws(HostError) {
            for line in try host.lines(of: "/etc/default/netfilter-persistent") {
                let text = String(decoding: line, as: UTF8.self).filter { $0 != " " && $0 != "\t" }
                if text.isEmpty || text.hasPrefix("#") { continue }
                guard let match = text.wholeMatch(of: /([A-Z_0-9]+)=["']?([a-z0-9]*)["']?/) else {
                    return nil
                }
                if match.2 == "yes" { settings.insert(String(match.1)) }
            }
        } catch {
            if error.code != .notFound { throw error }
        }
        return settings
    }

    private static func step(
        _ reader: LoaderStep.Reader, _ file: HostPath, _ program: HostPath
    ) -> LoaderStep {
        LoaderStep(reader, .file(file), by: program, mayFail: true, isOptional: true)
    }
}
