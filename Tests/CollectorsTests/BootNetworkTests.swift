import Facts
import Testing

/// Settings of the network that the next boot brings to an image.
@Suite struct BootNetworkTests {
    private typealias Given = BootHooksTests

    private static func enabled(_ name: String) -> [HostPath: GivenHost.Node] {
        let path = HostPath("/usr/lib/systemd/system/" + name)
        return [
            path: Given.file("[Service]\nExecStart=/usr/lib/systemd/x\n"),
            HostPath("/etc/systemd/system/sysinit.target.wants/" + name): .link(path),
        ]
    }

    private func finding(
        _ parts: [[HostPath: GivenHost.Node]], _ direction: String
    ) throws -> String? {
        var nodes: [HostPath: GivenHost.Node] = [:]
        for part in parts { nodes.merge(part) { $1 } }
        return try BootHooksTests().finding(Given.host(nodes), direction)
    }

    @Test(arguments: [
        ("/etc/systemd/networkd.conf", "[Network]\nIPv4Forwarding=yes\n"),
        ("/etc/systemd/networkd.conf.d/x.conf", "[Network]\nIPv6Forwarding=yes\n"),
        ("/etc/systemd/network/a.network.d/x.conf", "[Network]\nIPForward=yes\n"),
        ("/usr/local/lib/systemd/network/b.network", "[Network]\nIPMasquerade=both\n"),
    ])
    func `every file of networkd that turns forwarding on counts`(
        path: HostPath, text: String
    ) throws {
        let files: [HostPath: GivenHost.Node] = [
            "/etc/systemd/network/a.network": Given.file("[Match]\nName=eth0\n")
        ]
        #expect(
            try finding(
                [Self.enabled("systemd-networkd.service"), files, [path: Given.file(text)]],
                "forward") == "undeclared flow")
    }

    @Test func `what packages say of interfaces of containers turns nothing on`() throws {
        let files: [HostPath: GivenHost.Node] = [
            "/usr/lib/systemd/network/80-x.network": Given.file(
                "[Match]\nName=ve-*\n[Network]\nIPMasquerade=both\n")
        ]
        let networkd = Self.enabled("systemd-networkd.service")
        #expect(try finding([networkd, files], "forward") == "all declared")
    }

    @Test func `one interface that forwards leaves an image open`() throws {
        let files: [HostPath: GivenHost.Node] = [
            "/etc/sysctl.d/x.conf": Given.file("net.ipv4.conf.eth0.forwarding=1\n")
        ]
        #expect(try finding([files], "forward") == "notParsed")
    }

    @Test(arguments: [
        ("", "depends on loading"), ("LinkLocalAddressing=no\n", "all declared"),
        ("LinkLocalAddressing=no\nAddress=2001:db8::5/64\n", "depends on loading"),
    ])
    func `networkd turns IPv6 on again`(setting: String, expected: String) throws {
        let files: [HostPath: GivenHost.Node] = [
            "/etc/nftables.conf": Given.file(
                """
                table ip filter {
                  chain input { type filter hook input priority 0; policy drop; tcp dport 22 accept; }
                }
                """),
            "/etc/sysctl.d/x.conf": Given.file(
                "net.ipv6.conf.all.disable_ipv6=1\nnet.ipv6.conf.default.disable_ipv6=1\n"),
            "/etc/systemd/network/a.network": Given.file(
                "[Match]\nName=eth0\n[Network]\n\(setting)"),
        ]
        let sysctl = Self.enabled("systemd-sysctl.service")
        #expect(try finding([files, sysctl], "input") == "all declared")
        let networkd = Self.enabled("systemd-networkd.service")
        #expect(try finding([files, sysctl, networkd], "input") == expected)
        let manager = Self.enabled("NetworkManager.service")
        #expect(try finding([files, sysctl, manager], "input") == "depends on loading")
    }
}
