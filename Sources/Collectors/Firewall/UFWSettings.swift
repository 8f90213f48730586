import Facts
import PacketFilter

/// What ufw(8) loads when it starts: the rules that its script pipes into iptables-restore, and its
/// files; see ufw-init-functions.
struct UFWSettings {
    private static let files: [HostPath] = ["/etc/default/ufw", "/etc/ufw/ufw.conf"]
    private static let policies: Set<String> = ["ACCEPT", "DROP", "REJECT"]

    private var values: [String: String] = [:]

    /// Nil where what the script does is not followed.
    init?(on host: some HostView) {
        for path in Self.files {
            guard let lines = try? host.lines(of: path), !lines.isEmpty else { return nil }
            for line in lines where !add(line) { return nil }
        }
        let hooks: [HostPath] = ["/etc/ufw/before.init", "/etc/ufw/after.init"]
        for hook in hooks {
            do throws(HostError) {
                if try host.status(of: hook).mode & 0o111 != 0 { return nil }
            } catch {
                if error.code != .notFound { return nil }
            }
        }
        let directions = ["INPUT", "OUTPUT", "FORWARD"]
        guard directions.allSatisfy({ Self.policies.contains(policy($0)) }),
            values["MANAGE_BUILTINS"] != "yes"
        else { return nil }
    }

    /// It loads its rules at boot.
    var isEnabled: Bool { ["yes", "YES"].contains(values["ENABLED"]) }

    /// The settings of the kernel that it makes.
    var settingsFile: HostPath? {
        values["IPT_SYSCTL"].flatMap { $0.isEmpty ? nil : HostPath($0) }
    }

    /// Everything that it loads, in its order.
    var steps: [LoaderStep] {
        guard isEnabled else { return [] }
        guard ["yes", "YES"].contains(values["IPV6"]) else { return Self.closed + steps(.v4) }
        return steps(.v4) + steps(.v6)
    }

    private func policy(_ direction: String) -> String {
        values["DEFAULT_\(direction)_POLICY"] ?? ""
    }

    // The shell reads these files; only plain assignments are followed.
    private mutating func add(_ line: [UInt8]) -> Bool {
        let text = String(decoding: line, as: UTF8.self)
        let plain = text.drop { $0 == " " || $0 == "\t" }
        guard let first = plain.first, first != "#" else { return true }
        guard let match = plain.wholeMatch(of: /([A-Z_0-9]+)=("[^"$`\\]*"|[^"'$`\\;&|<>() ]*)\s*/)
        else { return false }
        values[String(match.1)] = match.2.filter { $0 != "\"" }
        return true
    }

    // Without IPv6 everything of it is dropped, but for the host's own.
    private static let closed = [
        text(
            .v6, keepsRules: false,
            [
                ":INPUT DROP [0:0]", ":FORWARD DROP [0:0]", ":OUTPUT DROP [0:0]",
                "-A INPUT -i lo -j ACCEPT", "-A OUTPUT -o lo -j ACCEPT",
            ])
    ]

    private func steps(_ family: Address.Family) -> [LoaderStep] {
        let ufw = family == .v6 ? "ufw6" : "ufw"
        let suffix = family == .v6 ? "6" : ""
        var steps = [Self.text(family, Self.primary(ufw))]
        for (direction, name) in Self.directions {
            switch policy(direction) {
            case "REJECT":
                steps.append(Self.text(family, ["-A \(ufw)-reject-\(name) -j REJECT"]))
            case "ACCEPT":
                let new = "-m conntrack --ctstate NEW -j ACCEPT"
                steps.append(
                    Self.text(
                        family,
                        ["tcp", "udp"].map { "-A \(ufw)-track-\(name) -p \($0) \(new)" }))
            default: break
            }
        }
        steps.append(Self.text(family, [":\(ufw)-logging-deny -", ":\(ufw)-logging-allow -"]))
        steps.append(
            Self.text(
                family,
                Self.directions.map { ":\(ufw)-skip-to-policy-\($0.name) -" }
                    + Self.directions.map {
                        "-A \(ufw)-skip-to-policy-\($0.name) -j \(policy($0.direction))"
                    }))
        steps.append(Self.file(family, "before\(suffix).rules"))
        steps.append(Self.file(family, "after\(suffix).rules"))
        steps.append(
            Self.text(
                family,
                [
                    "input", "output", "forward", "logging-input", "logging-output",
                    "logging-forward", "limit", "limit-accept",
                ].map { ":\(ufw)-user-\($0) -" }))
        steps.append(Self.file(family, "user\(suffix).rules"))
        steps.append(
            Self.text(
                family,
                Self.directions.map { "-A \(ufw)-before-\($0.name) -j \(ufw)-user-\($0.name)" }))
        steps.append(
            Self.text(
                family,
                Self.directions.map { direction, _ in
                    let policy = policy(direction)
                    return ":\(direction) \(policy == "REJECT" ? "DROP" : policy) [0:0]"
                }))
        return steps
    }

    private static let directions = [
        (direction: "INPUT", name: "input"), (direction: "OUTPUT", name: "output"),
        (direction: "FORWARD", name: "forward"),
    ]

    private static func primary(_ ufw: String) -> [String] {
        let kinds = ["before-logging", "before", "after", "after-logging", "reject", "track"]
        let chains = kinds.flatMap { kind in
            directions.map { ":\(ufw)-\(kind)-\($0.name) - [0:0]" }
        }
        let jumps = directions.flatMap { direction in
            kinds.map { "-A \(direction.direction) -j \(ufw)-\($0)-\(direction.name)" }
        }
        return chains + jumps
    }

    private static func text(
        _ family: Address.Family, keepsRules: Bool = true, _ lines: [String]
    ) -> LoaderStep {
        let text = (["*filter"] + lines + ["COMMIT", ""]).joined(separator: "\n")
        return LoaderStep(
            .xtables(family, keepsRules: keepsRules), .text(text, name: "ufw-init-functions"),
            by: program(family), mayFail: true)
    }

    private static func file(_ family: Address.Family, _ name: String) -> LoaderStep {
        LoaderStep(
            .xtables(family, keepsRules: true), .file(HostPath("/etc/ufw/\(name)")),
            by: program(family), mayFail: true)
    }

    private static func program(_ family: Address.Family) -> HostPath {
        family == .v4 ? "/usr/sbin/iptables-restore" : "/usr/sbin/ip6tables-restore"
    }
}
