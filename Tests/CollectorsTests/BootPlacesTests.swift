import Facts
import Testing

/// Places where something is run while the host runs, and what starts units there.
@Suite struct BootPlacesTests {
    private typealias Given = BootHooksTests

    private func gap(_ nodes: [HostPath: GivenHost.Node]) throws -> Gap? {
        try BootSuspicionsTests().gap(nodes)
    }

    @Test(arguments: [
        (
            "/etc/logrotate.d/x",
            "/var/log/x {\n  postrotate\n    nft flush ruleset\n  endscript\n}\n"
        ),
        ("/etc/apt/apt.conf.d/x", "DPkg::Post-Invoke { \"nft flush ruleset\"; };\n"),
        ("/etc/pam.d/sshd", "session optional pam_exec.so /opt/x\n"),
        ("/etc/dnsmasq.d/x.conf", "nftset=/example.org/4#inet#filter#open\n"),
        ("/etc/dnsmasq.conf", "ipset=/example.org/open\n"),
        ("/etc/letsencrypt/renewal-hooks/pre/x", "#!/bin/sh\nufw allow 80\n"),
        ("/etc/letsencrypt/renewal/x.conf", "pre_hook = ufw allow 80\n"),
        ("/etc/cron.yearly/x", "#!/bin/sh\n/opt/x\n"),
        ("/etc/inetd.conf", "x stream tcp nowait root /opt/x\n"),
    ])
    func `hooks of daemons and of upgrades are looked at`(path: HostPath, text: String) throws {
        let nodes: [HostPath: GivenHost.Node] = [
            "/usr/sbin/logrotate": Given.program("code"), "/usr/bin/apt-get": Given.program("code"),
            "/usr/sbin/dnsmasq": Given.program("code"), "/opt/x": Given.program(Given.flush),
            path: Given.program(text),
        ]
        #expect([path.description, "/opt/x"].contains(try gap(nodes)?.object))
    }

    @Test(arguments: [
        (
            "/etc/logrotate.d/x",
            "/var/log/nft/x.log /run/x {\n  daily\n  postrotate\n    kill -HUP 1\n  endscript\n}\n"
        ),
        ("/etc/apt/apt.conf.d/x", "APT::Never-MarkAuto-Sections { \"nft\"; };\n"),
        ("/etc/pam.d/sshd", "auth required pam_unix.so\n# nft\n"),
        ("/etc/dnsmasq.conf", "#ipset=/example.org/open\nlocal=/example.org/\n"),
    ])
    func `what is not run of their files does not count`(path: HostPath, text: String) throws {
        let nodes: [HostPath: GivenHost.Node] = [
            "/usr/sbin/logrotate": Given.program("code"), "/usr/bin/apt-get": Given.program("code"),
            "/usr/sbin/dnsmasq": Given.program("code"), path: Given.file(text),
        ]
        #expect(try gap(nodes) == nil)
    }

    @Test(arguments: [
        "/usr/lib/systemd/system-generators/x", "/usr/lib/udev/rules.d/x.rules",
        "/usr/lib/systemd/system-sleep/x", "/usr/lib/modprobe.d/x.conf",
    ])
    func `what no package put among the files of packages is looked at`(path: HostPath) throws {
        var nodes: [HostPath: GivenHost.Node] = [
            path: Given.program("install x /opt/x\nRUN+=\"/opt/x\"\n"),
            "/opt/x": Given.program(Given.flush),
            "/var/lib/dpkg/info/y.list": Given.file("/.\n/usr/lib/udev/rules.d/y.rules\n"),
        ]
        #expect(try gap(nodes)?.object == "/opt/x")
        nodes["/var/lib/dpkg/info/x.list"] = Given.file("/.\n\(path.description.dropFirst(4))\n")
        #expect(try gap(nodes) == nil)
    }

    @Test(arguments: [
        "systemctl start y.service", "systemctl restart --no-block y", "service y start",
        "/usr/bin/systemctl enable --now y", "invoke-rc.d y start", "systemctl start outer.target",
    ])
    func `a unit that a script starts is followed`(line: String) throws {
        var nodes = BootSuspicionsTests.script("#!/bin/sh\n\(line)\n")
        #expect(try gap(nodes) == nil)
        nodes["/usr/lib/systemd/system/outer.target"] = Given.file("[Unit]\nWants=y.service\n")
        nodes["/usr/lib/systemd/system/y.service"] = Given.file(
            "[Service]\nExecStart=/usr/sbin/nft flush ruleset\n")
        #expect(try gap(nodes)?.object == "/usr/lib/systemd/system/y.service")
    }

    @Test func `a script of init that a script starts is followed`() throws {
        var nodes = BootSuspicionsTests.script("#!/bin/sh\nservice y start\n")
        nodes["/etc/init.d/y"] = Given.program(Given.flush)
        #expect(try gap(nodes)?.object == "/etc/init.d/y")
    }

    @Test(arguments: [
        "start nftables", "restart cron.service", "status y", "reload nginx", "stop cron",
    ])
    func `units of the boot are looked at by themselves`(words: String) throws {
        var nodes = BootSuspicionsTests.script("#!/bin/sh\nsystemctl \(words)\n")
        nodes["/usr/lib/systemd/system/cron.service"] = Given.file(
            "[Service]\nExecStart=/usr/sbin/cron\n")
        nodes["/usr/lib/systemd/system/y.service"] = Given.file(
            "[Service]\nExecStart=/usr/sbin/nft\n")
        #expect(try gap(nodes) == nil)
    }

    @Test func `what NetworkManager shares is not known`() throws {
        let unit: HostPath = "/usr/lib/systemd/system/NetworkManager.service"
        var nodes: [HostPath: GivenHost.Node] = [
            "/etc/NetworkManager/system-connections/x.nmconnection": Given.file(
                "[ipv4]\nmethod=shared\n"),
            unit: Given.file("[Service]\nExecStart=/usr/sbin/NetworkManager\n"),
        ]
        #expect(try gap(nodes) == nil)
        nodes["/etc/systemd/system/sysinit.target.wants/NetworkManager.service"] = .link(unit)
        #expect(
            try gap(nodes)?.sentence
                == "it shares a network, for which rules are made and packets are forwarded")
    }

    @Test(arguments: [
        "libc.so.6\0/usr/sbin/nft\0", "\0nft\0", "github.com/google/nftables", "runs iptables -F",
        "libnftnl.so.11", "/sbin/ipset\0",
    ])
    func `machine code of the administrator is known by what it names`(text: String) throws {
        let filler = String(repeating: "x", count: 5 << 20)
        for path: HostPath in ["/opt/x", "/usr/bin/own"] {
            var nodes = Given.unit("[Service]\nExecStart=\(path)\n")
            nodes["/var/lib/dpkg/info/y.list"] = Given.file("/.\n/usr/bin/y\n")
            nodes[path] = Given.program("\u{7F}ELF\0\(filler)\0daft nfts chipset tables snft\0")
            #expect(try gap(nodes) == nil)
            nodes[path] = Given.program("\u{7F}ELF\0\(filler)\0\(text)\0")
            #expect(try gap(nodes)?.object == path.description)
            nodes["/var/lib/dpkg/info/x.list"] = Given.file("/.\n\(path)\n")
            #expect(try (gap(nodes) == nil) == path.hasPrefix("/usr/"))
        }
    }
}
