import Collectors
import Documents
import Facts
import Site
import Testing

/// What may change the rules at boot beside the unit that loads them.
@Suite struct BootHooksTests {
    private static let rules = """
        flush ruleset
        table inet filter {
          chain input {
            type filter hook input priority filter; policy drop;
            iif "lo" accept
            ct state established,related accept
            tcp dport 22 accept
          }
        }
        """
    static let loader = """
        [Service]
        Type=oneshot
        RemainAfterExit=yes
        ExecStart=/usr/sbin/nft -f /etc/nftables.conf
        """
    static let flush = "#!/bin/sh\nnft flush ruleset\n"
    private static let units = "/etc/systemd/system/"

    static func file(_ text: String) -> GivenHost.Node { .file(Array(text.utf8)) }
    static func program(_ text: String) -> GivenHost.Node {
        .file(Array(text.utf8), mode: 0o755)
    }

    static func host(
        _ changes: [HostPath: GivenHost.Node], isLoaded: Bool = true
    ) -> GivenHost {
        var nodes: [HostPath: GivenHost.Node] = [
            "/usr/lib/systemd/system/default.target": file("[Unit]\nRequires=sysinit.target\n"),
            "/usr/lib/systemd/system/sysinit.target": file("[Unit]\n"),
            "/usr/lib/systemd/system/rc-local.service": file(
                "[Service]\nExecStart=/etc/rc.local start\n"),
            "/usr/sbin/nft": program("code"), "/etc/nftables.conf": file(rules),
        ]
        if isLoaded {
            nodes["/usr/lib/systemd/system/nftables.service"] = file(loader)
            nodes["/etc/systemd/system/sysinit.target.wants/nftables.service"] = .link(
                "/usr/lib/systemd/system/nftables.service")
        }
        for (path, node) in changes { nodes[path] = node }
        return GivenHost(nodes)
    }

    // A unit that the boot starts.
    static func unit(_ text: String) -> [HostPath: GivenHost.Node] {
        [
            "/etc/systemd/system/x.service": file(text),
            "/etc/systemd/system/sysinit.target.wants/x.service": .link("../x.service"),
        ]
    }

    func finding(
        _ host: GivenHost, _ wanted: String = "input", flow: String = "proto: tcp, dport: 22"
    ) throws -> String? {
        let text = "firewall: { ingress: [{ \(flow), from: any, purpose: work }] }"
        let source = SourceFile(name: "site.yaml", text: "schema: 1\n" + text)
        let site = try #require(SiteFile.reading([source], bounds: .none).value)
        let table = FirewallLayers().gather(from: host, declared: site)
        guard table.gaps.isEmpty else { return table.gaps.first?.code.rawValue }
        let names = table.schema.columns.map(\.name)
        let direction = try #require(names.firstIndex(of: "direction"))
        let finding = try #require(names.firstIndex(of: "finding"))
        let row = table.rows.first { $0[direction] == .text(wanted) }
        guard case .text(let word)? = row?[finding] else { return nil }
        return word
    }

    @Test(arguments: [
        "/bin/sh /opt/x", "/bin/sh -c 'exec /opt/x start'", "/opt/outer", "/opt/%p",
        "/bin/sh -c 'cd /opt && ./x'", "tweak", "/opt/there",
    ])
    func `a command is followed to the script that changes the rules`(line: String) throws {
        var nodes = Self.unit("[Service]\nExecStart=\(line)\n")
        // Without a first line a shell still runs it.
        nodes["/opt/x"] = Self.file("nft flush ruleset\n")
        nodes["/opt/outer"] = Self.program("#!/bin/sh\n. /opt/x\n")
        nodes["/opt/there"] = Self.program("#!/bin/sh\nD=/opt\n$D/x\n")
        nodes["/usr/local/sbin/tweak"] = Self.program(Self.flush)
        #expect(try finding(Self.host(nodes)) == "notParsed")
    }

    @Test func `sockets run commands too`() throws {
        let nodes: [HostPath: GivenHost.Node] = [
            "/etc/systemd/system/x.socket": Self.file(
                "[Socket]\nListenStream=/run/x\nExecStartPost=/usr/sbin/nft flush ruleset\n"),
            "/etc/systemd/system/sysinit.target.wants/x.socket": .link("../x.socket"),
        ]
        #expect(try finding(Self.host(nodes)) == "notParsed")
    }

    @Test func `what a unit names in its environment is part of its commands`() throws {
        var nodes = Self.unit("[Service]\nEnvironment=S=/opt/x\nExecStart=/bin/sh $S\n")
        nodes["/opt/x"] = Self.file(Self.flush)
        #expect(try finding(Self.host(nodes)) == "notParsed")
    }

    @Test(arguments: [
        "/etc/systemd/system/a.service.d/x.conf", "/etc/systemd/system/b.service.d/x.conf",
    ])
    func `drop-ins under every name of a unit count`(path: String) throws {
        let nodes: [HostPath: GivenHost.Node] = [
            "/usr/lib/systemd/system/a.service": Self.file("[Service]\nExecStart=/bin/true\n"),
            "/etc/systemd/system/b.service": .link("/usr/lib/systemd/system/a.service"),
            "/etc/systemd/system/sysinit.target.wants/a.service": .link(
                "/usr/lib/systemd/system/a.service"),
            HostPath(path): Self.file("[Service]\nExecStartPre=/usr/sbin/nft flush ruleset\n"),
        ]
        #expect(try finding(Self.host(nodes)) == "notParsed")
    }

    @Test(arguments: ["OnSuccess=y.service", "Wants=z.service\ty.service", "OnFailure=y.service"])
    func `units that a unit of the boot starts count`(setting: String) throws {
        var nodes = Self.unit("[Unit]\n\(setting)\n[Service]\nExecStart=/bin/true\n")
        nodes["/etc/systemd/system/y.service"] = Self.file(
            "[Service]\nExecStart=/usr/sbin/nft flush ruleset\n")
        #expect(try finding(Self.host(nodes)) == "notParsed")
    }

    @Test func `a device starts what it wants`() throws {
        let nodes: [HostPath: GivenHost.Node] = [
            "/etc/systemd/system/y.service": Self.file(
                "[Service]\nExecStart=/usr/sbin/nft flush ruleset\n"),
            "/etc/systemd/system/sys-subsystem-net-devices-eth0.device.wants/y.service": .link(
                "../y.service"),
        ]
        #expect(try finding(Self.host(nodes)) == "notParsed")
    }

    @Test(arguments: [
        ("x.timer", "[Timer]\nOnCalendar=yearly\n"), ("x.socket", "[Socket]\nListenStream=/x\n"),
        ("x.path", "[Path]\nPathExists=/x\n"),
    ])
    func `a loader that something must trigger may not have run`(
        name: String, text: String
    ) throws {
        let nodes: [HostPath: GivenHost.Node] = [
            "/etc/systemd/system/x.service": Self.file(Self.loader),
            HostPath(Self.units + name): Self.file(text),
            HostPath(Self.units + "sysinit.target.wants/" + name): .link(HostPath("../" + name)),
        ]
        #expect(try finding(Self.host(nodes, isLoaded: false)) == "depends on loading")
    }

    @Test func `a unit that conflicts with the loader may stop it`() throws {
        let nodes = Self.unit(
            "[Unit]\nConflicts=nftables.service\n[Service]\nExecStart=/bin/true\n")
        #expect(try finding(Self.host(nodes)) == "depends on loading")
    }

    @Test(arguments: [
        "/etc/cron.daily/x", "/etc/cron.d/x", "/etc/systemd/system-generators/x",
        "/etc/udev/rules.d/x.rules", "/etc/crontab", "/etc/rc.local",
    ])
    func `hooks are followed to the script that they run`(path: HostPath) throws {
        let nodes: [HostPath: GivenHost.Node] = [
            path: Self.program("#!/bin/sh\n0 2 * * * root RUN+=\"/opt/x\"\n"),
            "/opt/x": Self.program(Self.flush),
        ]
        #expect(try finding(Self.host(nodes)) == "notParsed")
    }

    @Test(arguments: [
        ("#!/bin/sh\nnft -f /etc/nftables.conf\nexit 0\n", "all declared"),
        ("#!/bin/sh\nexit 0\nnft -f /etc/nftables.conf\n", "everything enters"),
        ("#!/bin/sh -e\nnft -f /etc/gone\nnft -f /etc/nftables.conf\n", "everything enters"),
        ("#!/bin/sh\nnft -f /etc/gone\nnft -f /etc/nftables.conf\n", "all declared"),
        ("nft -f /etc/nftables.conf\n", "notParsed"),
    ])
    func `rc.local loads what a shell would load`(script: String, expected: String) throws {
        let nodes: [HostPath: GivenHost.Node] = ["/etc/rc.local": Self.program(script)]
        let found = try finding(Self.host(nodes, isLoaded: false))
        #expect(found == (expected == "everything enters" ? "undeclared flow" : expected))
    }

    @Test func `a program of the administrator takes the place of one without a directory`() throws
    {
        var nodes: [HostPath: GivenHost.Node] = [
            "/etc/rc.local": Self.program("#!/bin/sh\nnft -f /etc/nftables.conf\n")
        ]
        #expect(try finding(Self.host(nodes, isLoaded: false)) == "all declared")
        nodes["/usr/local/sbin/nft"] = Self.program("#!/bin/sh\ntrue\n")
        #expect(try finding(Self.host(nodes, isLoaded: false)) == "notParsed")
    }

    @Test(arguments: [
        ("auto eth0\niface eth0 inet manual\n", "all declared"),
        ("iface eth0 inet manual\n", "depends on loading"),
    ])
    func `interfaces that are brought up at boot run their commands`(
        head: String, expected: String
    ) throws {
        let nodes: [HostPath: GivenHost.Node] = [
            "/usr/sbin/ifup": Self.program("code"),
            "/usr/lib/systemd/system/networking.service": Self.file(
                "[Service]\nExecStart=/sbin/ifup -a\n"),
            "/etc/systemd/system/sysinit.target.wants/networking.service": .link(
                "/usr/lib/systemd/system/networking.service"),
            "/etc/network/interfaces": Self.file("source /etc/network/site/*\n"),
            "/etc/network/site/a": Self.file(head + " pre-up \\\n nft -f /etc/nftables.conf\n"),
            // Nothing sources this one.
            "/etc/network/interfaces.d/b": Self.file(
                "auto eth1\niface eth1 inet manual\n up nft flush ruleset\n"),
        ]
        #expect(try finding(Self.host(nodes, isLoaded: false)) == expected)
    }

    @Test(arguments: [
        ("/etc/tmpfiles.d/x.conf", "w /proc/sys/net/ipv4/ip_forward - - - - 1\n"),
        ("/etc/sysctl.d/x.conf", "net.ipv4.ip_forward = 1\n"),
    ])
    func `files that turn forwarding on count`(path: String, text: String) throws {
        let nodes = [HostPath(path): Self.file(text)]
        #expect(try finding(Self.host(nodes), "forward") == "undeclared flow")
    }

    @Test func `networkd turns forwarding on where it runs`() throws {
        var nodes: [HostPath: GivenHost.Node] = [
            "/etc/systemd/network/x.network": Self.file(
                "[Match]\nName=eth0\n[Network]\nIPMasquerade=ipv4\n")
        ]
        #expect(try finding(Self.host(nodes), "forward") == "all declared")
        nodes["/usr/lib/systemd/system/systemd-networkd.service"] = Self.file(
            "[Service]\nExecStart=/usr/lib/systemd/systemd-networkd\n")
        nodes["/etc/systemd/system/sysinit.target.wants/systemd-networkd.service"] = .link(
            "/usr/lib/systemd/system/systemd-networkd.service")
        #expect(try finding(Self.host(nodes), "forward") == "undeclared flow")
    }

    @Test func `a command that turns forwarding on is not followed on an image`() throws {
        let nodes = Self.unit(
            "[Service]\nExecStart=/usr/sbin/sysctl -w net.ipv4.ip_forward=1\n")
        #expect(try finding(Self.host(nodes)) == "notParsed")
    }

    @Test(arguments: [
        "/usr/bin/systemctl stop nftables.service", "/usr/bin/systemctl disable --now nftables",
        "/bin/sh -c 'service nftables stop'",
    ])
    func `who stops the loader takes the rules away`(line: String) throws {
        #expect(
            try finding(Self.host(Self.unit("[Service]\nExecStart=\(line)\n"))) == "notParsed")
    }

    @Test func `who starts or stops other units does not matter`() throws {
        let nodes = Self.unit("[Service]\nExecStart=/usr/bin/systemctl stop cups.service\n")
        #expect(try finding(Self.host(nodes)) == "all declared")
    }

    @Test(arguments: [
        ("proto: tcp, dport: 1-65535", "vacuous declaration"),
        ("proto: udp, sport: 53", "vacuous declaration"),
        ("proto: tcp, to: 192.0.2.1/32", "vacuous declaration"),
        ("proto: any, interface: eth0", "vacuous declaration"),
        ("proto: any, interface: \"e*\"", "vacuous declaration"),
        ("proto: any, interface: wg0", "undeclared flow"),
    ])
    func `a declaration of everything is vacuous whatever its words`(
        flow: String, expected: String
    ) throws {
        let nodes: [HostPath: GivenHost.Node] = [
            "/etc/network/interfaces": Self.file("auto eth0\niface eth0 inet dhcp\n")
        ]
        #expect(try finding(Self.host(nodes), flow: flow) == expected)
    }

    @Test(arguments: [
        ("/etc/modprobe.d/x.conf", "install nf-tables /bin/false\n"),
        ("/etc/modprobe.d/x.conf", "install \\\n nf_tables /bin/false\n"),
        ("/etc/modprobe.d/x.conf", "alias nfnetlink-subsys-10 off\n"),
        ("/etc/modprobe.d/x.conf", "alias nft-expr-* off\n"),
        ("/etc/modprobe.d/x.conf", "alias nf* off\n"),
        ("/run/modprobe.d/x.conf", "blacklist nf_tables\n"),
        ("/etc/default/grub", "GRUB_CMDLINE_LINUX=\"quiet modprobe.blacklist=a,nf_tables\"\n"),
        ("/etc/default/grub.d/x.cfg", "GRUB_CMDLINE_LINUX=module_blacklist=nf_tables\n"),
        ("/etc/kernel/cmdline", "root=/dev/vda1 module_blacklist=nfnetlink\n"),
        ("/etc/sysctl.d/x.conf", "kernel.modules_disabled = 1\n"),
    ])
    func `a module that may not be loaded leaves the rules open`(
        path: HostPath, text: String
    ) throws {
        #expect(try finding(Self.host([path: Self.file(text)])) == "depends on loading")
    }

    @Test(arguments: [
        ("/etc/modprobe.d/x.conf", "alias net-pf-10 off\nblacklist pcspkr\noptions nf_x y=1\n"),
        ("/etc/default/grub", "#GRUB_CMDLINE_LINUX=\"modprobe.blacklist=nf_tables\"\n"),
        ("/boot/grub/grub.cfg", "linux /vmlinuz root=/dev/vda1 ro single systemd.unit=x.target\n"),
        ("/etc/default/grub", "GRUB_CMDLINE_LINUX=\"quiet systemd.mask=tmp.mount\"\n"),
        ("/boot/grub/grub.cfg", "linux /vmlinuz ro quiet init=/lib/systemd/systemd\n"),
    ])
    func `what keeps other modules and units away does not matter`(
        path: HostPath, text: String
    ) throws {
        #expect(try finding(Self.host([path: Self.file(text)])) == "all declared")
    }

    @Test(arguments: [
        "systemd.mask=nftables.service", "systemd.wants=open.service", "init=/opt/init",
        "systemd.unit=own.target", "systemd.run=/opt/x",
    ])
    func `words of the kernel's command line decide which units start`(word: String) throws {
        for (path, text) in [
            ("/etc/default/grub", "GRUB_CMDLINE_LINUX_DEFAULT='ro \(word)'\n"),
            ("/boot/grub/grub.cfg", "  linux /vmlinuz root=/dev/vda1 \(word)\n"),
            ("/boot/loader/entries/x.conf", "options ro \(word)\n"),
        ] {
            #expect(try finding(Self.host([HostPath(path): Self.file(text)])) == "notParsed")
        }
    }

    @Test(arguments: ["PartOf=y.service", "StopPropagatedFrom=y.service"])
    func `a loader that another unit may take with it may not last`(setting: String) throws {
        let loader = Self.file("[Unit]\n\(setting)\n" + Self.loader)
        let nodes = ["/usr/lib/systemd/system/nftables.service" as HostPath: loader]
        #expect(try finding(Self.host(nodes)) == "depends on loading")
        let other = Self.unit(
            "[Unit]\nPropagatesStopTo=nftables.service\n[Service]\nExecStart=/x\n")
        #expect(try finding(Self.host(other)) == "depends on loading")
    }

    @Test(arguments: [
        (GivenHost.Node.file(Array("code".utf8), mode: 0o644), "undeclared flow"),
        (.file(Array("#!/bin/sh\n".utf8), mode: 0o755), "depends on loading"),
    ])
    func `only a program loads rules`(node: GivenHost.Node, expected: String) throws {
        #expect(try finding(Self.host(["/usr/sbin/nft": node])) == expected)
    }
}
