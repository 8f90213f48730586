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

    // The version of systemd that dpkg wrote down.
    private static func systemd(_ version: Int?) -> [HostPath: GivenHost.Node] {
        guard let version else { return [:] }
        let text = """
            Package: adduser
            Status: install ok installed
            Version: 3.134

            Package: systemd
            Status: install ok installed
            Version: \(version).9-1

            """
        return ["/var/lib/dpkg/status": Given.file(text)]
    }

    @Test(arguments: [
        ("/etc/systemd/networkd.conf", "IPv4Forwarding=yes", "all declared", "undeclared flow"),
        (
            "/etc/systemd/networkd.conf.d/x.conf", "IPv6Forwarding=y", "all declared",
            "undeclared flow"
        ),
        (
            "/etc/systemd/network/a.network.d/x.conf", "IPForward=yes", "undeclared flow",
            "notParsed"
        ),
        (
            "/etc/systemd/network/a.network.d/x.conf", "IPv4Forwarding=yes", "all declared",
            "notParsed"
        ),
        (
            "/usr/local/lib/systemd/network/b.network", "IPMasquerade=both", "undeclared flow",
            "undeclared flow"
        ),
    ])
    func `what turns forwarding on hangs on the version of networkd`(
        path: HostPath, setting: String, old: String, new: String
    ) throws {
        let files: [HostPath: GivenHost.Node] = [
            "/etc/systemd/network/a.network": Given.file("[Match]\nName=eth0\n"),
            path: Given.file("[Network]\n\(setting)\n"),
        ]
        let networkd = Self.enabled("systemd-networkd.service")
        for (version, expected) in [(252, old), (257, new), (nil, old == new ? old : "notParsed")] {
            #expect(
                try finding([networkd, files, Self.systemd(version)], "forward") == expected,
                "\(version ?? 0)")
        }
    }

    @Test func `networkd turns off what sysctl turned on, where it is told so`() throws {
        let files: [HostPath: GivenHost.Node] = [
            "/etc/sysctl.d/x.conf": Given.file("net.ipv4.ip_forward=1\n"),
            "/etc/systemd/networkd.conf": Given.file("[Network]\nIPv4Forwarding=no\n"),
        ]
        let networkd = Self.enabled("systemd-networkd.service")
        #expect(
            try finding([networkd, files, Self.systemd(257)], "forward") == "all declared")
        #expect(
            try finding([networkd, files, Self.systemd(252)], "forward") == "undeclared flow")
    }

    @Test(arguments: [
        ("net.ipv6.conf.all.disable_ipv6=1\nnet.ipv6.conf.default.disable_ipv6=1\n", true),
        ("net.ipv6.conf.*.disable_ipv6=1\n", true),
        ("net.ipv6.conf.default.disable_ipv6=0\nnet.ipv6.conf.*.disable_ipv6=1\n", false),
        ("-net.ipv6.conf.default.disable_ipv6\nnet.ipv6.conf.*.disable_ipv6=1\n", false),
    ])
    func `a pattern of sysctl sets nothing that is named`(text: String, isOff: Bool) throws {
        let files: [HostPath: GivenHost.Node] = [
            "/etc/nftables.conf": Given.file(
                """
                table ip filter {
                  chain input { type filter hook input priority 0; policy drop; tcp dport 22 accept; }
                }
                """),
            "/etc/sysctl.d/x.conf": Given.file(text),
        ]
        let sysctl = Self.enabled("systemd-sysctl.service")
        #expect(
            try finding([files, sysctl], "input") == (isOff ? "all declared" : "undeclared flow"))
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
        ("GRUB_CMDLINE_LINUX=\"ipv6.disable=1\"\n", "depends on loading"),
        ("#GRUB_CMDLINE_LINUX=\"ipv6.disable=1\"\n", "undeclared flow"),
    ])
    func `whether the kernel is started without IPv6 is not seen of an image`(
        text: String, expected: String
    ) throws {
        let files: [HostPath: GivenHost.Node] = [
            "/etc/default/grub": Given.file(text),
            "/etc/nftables.conf": Given.file(
                """
                table ip filter {
                  chain input { type filter hook input priority 0; policy drop; tcp dport 22 accept; }
                }
                """),
        ]
        #expect(try finding([files], "input") == expected)
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
