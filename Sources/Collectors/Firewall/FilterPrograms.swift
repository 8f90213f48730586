import Linux

/// Programs that change what filters packets, and texts that name them.
enum FilterPrograms {
    /// Programs whose only work, or part of it, is to change the rules.
    private static let names: Set<String> = [
        "nft", "iptables", "ip6tables", "ebtables", "arptables", "ipset", "ufw", "firewall-cmd",
        "firewall-offline-cmd", "firewalld", "netfilter-persistent", "iptables-persistent",
        "shorewall", "shorewall6", "ferm", "fail2ban-server", "fail2ban-client", "dockerd",
        "libvirtd", "virtnetworkd", "wg-quick", "kubelet", "kube-proxy", "k3s", "tailscaled",
        "lxc-net", "incusd", "lxd", "bpftool", "xdp-loader", "crowdsec-firewall-bouncer",
        "ufw-init", "arno-iptables-firewall", "firehol", "sshguard", "miniupnpd", "iptables-apply",
        "cilium-agent", "calico-node", "opensnitchd", "psad", "csf", "lfd", "xtables-monitor",
        "podman", "netavark", "nerdctl", "systemd-nspawn", "charon-systemd", "ipsec", "keepalived",
        "connmand", "knockd", "fwknopd", "portsentry", "nftset", "pve-firewall",
        "proxmox-firewall", "foomuuri", "shorewall-lite", "shorewall6-lite", "shorewall-init",
        "fireqos", "vuurmuur", "rke2", "k0s", "microk8s", "crio", "cri-dockerd", "nomad", "netbird",
        "warp-svc", "mullvad-daemon", "nordvpnd", "vpnserver", "flanneld", "kube-router",
        "antrea-agent", "sshuttle", "ansible-pull", "waydroid",
    ]
    private static let engines: Set<String> = [
        "iptables", "ip6tables", "ebtables", "arptables", "xtables",
    ]

    /// Whether a program of this name may change the rules; one that only shows them does not.
    static func contains(_ name: some StringProtocol) -> Bool {
        if names.contains(String(name)) { return true }
        let parts = name.split(separator: "-")
        guard let first = parts.first, engines.contains(String(first)) else { return false }
        return parts.last != "save"
    }

    // Those that names put together from parts are held against, with the ends of their names.
    private static let composed: [[Character]] = {
        let ends = ["", "-restore", "-nft", "-legacy", "-nft-restore", "-legacy-restore", "-apply"]
        let others = [
            "nft", "ipset", "ufw", "firewall-cmd", "netfilter-persistent", "xtables-nft-multi",
            "xtables-legacy-multi",
        ]
        return ["iptables", "ip6tables", "ebtables", "arptables"].flatMap { engine in
            ends.map { Array(engine + $0) }
        } + others.map(Array.init)
    }()

    /// Whether a name that is known in parts may be that of a program that changes the rules; nil
    /// stands for any text.
    static func mayBe(_ name: ArraySlice<Character?>) -> Bool {
        composed.contains { matches($0[...], name) }
    }

    private static func matches(
        _ text: ArraySlice<Character>, _ pattern: ArraySlice<Character?>
    ) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        guard let character = first else {
            let rest = pattern.drop { $0 == nil }
            return (text.startIndex...text.endIndex).contains { matches(text[$0...], rest) }
        }
        return text.first == character && matches(text.dropFirst(), pattern.dropFirst())
    }

    private static let spellings = ByteSearch.Texts(names.union(engines))

    /// Whether a script or a command line names one of them; comments do not count.
    static func areNamed(in text: some Sequence<UInt8>) -> Bool {
        let bytes = Array(text)
        guard ByteSearch.index(ofAny: spellings, in: bytes) != nil else { return false }
        let lines = bytes.split(separator: 0x0A)
        return lines.contains { line in
            let plain = line.drop { $0 == 0x20 || $0 == 0x09 }
            guard plain.first != UInt8(ascii: "#") else { return false }
            return plain.split { !isOfName($0) }.contains { word in
                contains(String(decoding: word, as: UTF8.self))
            }
        }
    }

    private static let talkers: Set<String> = [
        "echo", "logger", "printf", "which", "test", "command", "type", "systemctl", "service",
        "apt", "apt-get", "grep", "pgrep", "man",
    ]
    private static let shown: Set<String> = [
        "list", "describe", "monitor", "reset", "flush", "delete", "-c", "--check", "status",
        "--version", "-v", "-V", "-h", "--help", "--state",
    ]
    private static let added: Set<String> = [
        "-A", "-I", "-P", "-R", "--append", "--insert", "--policy", "--replace",
    ]

    /// Whether a text has a command that puts rules into the kernel, and does not only show, check
    /// or remove them.
    static func areLoaded(by text: some Sequence<UInt8>) -> Bool {
        let ends = Set(";|&\n".utf8)
        return Array(text).split { ends.contains($0) }.contains { command in
            let plain = command.drop { $0 == 0x20 || $0 == 0x09 }
            guard plain.first != UInt8(ascii: "#") else { return false }
            let words = plain.split { !isOfName($0) }.map { String(decoding: $0, as: UTF8.self) }
            guard let first = words.first, !talkers.contains(first),
                let index = words.firstIndex(where: contains)
            else { return false }
            let arguments = words[(index + 1)...]
            let engine = words[index].split(separator: "-").first.map(String.init) ?? ""
            if engines.contains(engine),
                words[index] == engine || words[index].contains("-nft")
                    || words[index].contains("-legacy"), !words[index].hasSuffix("-restore")
            {
                return !added.isDisjoint(with: arguments) || command.contains(UInt8(ascii: "$"))
            }
            // Rules in quotes have ends of commands in them.
            if command.count(where: { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }) % 2 > 0
            {
                return true
            }
            let isShown = arguments.first { !$0.hasPrefix("-") }.map(shown.contains) ?? false
            return !isShown && arguments.allSatisfy { !$0.hasPrefix("-") || !shown.contains($0) }
        }
    }

    /// Whether a name begins like that of a program that changes rules, or shows them.
    static func isOfEngine(_ name: some StringProtocol) -> Bool {
        name.split(separator: "-").first.map { engines.contains(String($0)) } ?? false
    }

    // Parts of tc(8) and ip(8) that let programs see packets before the rules do.
    private static let attachments: [String: Set<String>] = [
        "tc": ["filter", "ingress", "clsact", "bpf"],
        "ip": ["xdp", "xdpgeneric", "xdpdrv", "xdpoffload", "netkit"],
    ]

    private static let attached = ByteSearch.Texts(attachments.values.joined())

    /// Whether a text has a word without which no program is attached.
    static func mayBeAttached(by text: [UInt8]) -> Bool {
        ByteSearch.index(ofAny: attached, in: text) != nil
    }

    /// Whether a line has a command that attaches programs to where packets come in.
    static func areAttached(by line: some Sequence<UInt8>) -> Bool {
        let words = Set(
            Array(line).split { !isOfName($0) }.map { String(decoding: $0, as: UTF8.self) })
        return attachments.contains { program, parts in
            words.contains(program) && !words.isDisjoint(with: parts)
        }
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
