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
        "connmand",
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

    /// Whether a script or a command line names one of them; comments do not count.
    static func areNamed(in text: some Sequence<UInt8>) -> Bool {
        let lines = Array(text).split(separator: 0x0A)
        return lines.contains { line in
            let plain = line.drop { $0 == 0x20 || $0 == 0x09 }
            guard plain.first != UInt8(ascii: "#") else { return false }
            return plain.split { !isOfName($0) }.contains { word in
                contains(String(decoding: word, as: UTF8.self))
            }
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
