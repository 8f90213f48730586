import Collectors
import Documents
import Facts
import Site
import Testing

@Suite struct BootFirewallTests {
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
    private static let unit = """
        [Service]
        Type=oneshot
        RemainAfterExit=yes
        ExecStart=/usr/sbin/nft -f /etc/nftables.conf
        """

    private static func host(_ changes: [HostPath: GivenHost.Node?] = [:]) -> GivenHost {
        var nodes: [HostPath: GivenHost.Node] = [
            "/usr/lib/systemd/system/default.target": file("[Unit]\nRequires=sysinit.target\n"),
            "/usr/lib/systemd/system/sysinit.target": file("[Unit]\n"),
            "/usr/lib/systemd/system/nftables.service": file(unit),
            "/etc/systemd/system/sysinit.target.wants/nftables.service": .link(
                "/usr/lib/systemd/system/nftables.service"),
            "/usr/sbin/nft": .file(Array("code".utf8), mode: 0o755),
            "/etc/nftables.conf": file(rules),
        ]
        for (path, node) in changes { nodes[path] = node }
        return GivenHost(nodes)
    }

    private static func file(_ text: String) -> GivenHost.Node { .file(Array(text.utf8)) }

    private func finding(_ host: GivenHost) throws -> String? {
        let text = "firewall: { ingress: [{ proto: tcp, dport: 22, from: any, purpose: work }] }"
        let source = SourceFile(name: "site.yaml", text: "schema: 1\n" + text)
        let site = try #require(SiteFile.reading([source], bounds: .none).value)
        let table = FirewallLayers().gather(from: host, declared: site)
        guard table.gaps.isEmpty else { return table.gaps.first?.code.rawValue }
        let names = table.schema.columns.map(\.name)
        let direction = try #require(names.firstIndex(of: "direction"))
        let finding = try #require(names.firstIndex(of: "finding"))
        guard
            case .text(let word)? = table.rows.first(where: { $0[direction] == .text("input") })?[
                finding]
        else { return nil }
        return word
    }

    @Test func `an enabled loader's file is what the next boot filters`() throws {
        #expect(try finding(Self.host()) == "all declared")
    }

    @Test(arguments: [
        ("ExecStartPre=/usr/sbin/nft -c -f /etc/nftables.conf", "all declared"),
        ("ExecStartPost=/usr/bin/logger loaded", "all declared"),
        ("ExecStartPost=/usr/bin/false\nExecStopPost=/usr/sbin/nft flush ruleset", "notParsed"),
        ("ExecStartPre=-/usr/bin/sleep 1", "all declared"),
        ("ExecStartPre=/usr/bin/sleep 1", "notParsed"),
        ("ExecStartPre=/usr/sbin/nft -c -f /etc/other.conf", "notParsed"),
        ("ExecStartPost=/usr/sbin/nft flush ruleset", "notParsed"),
        ("ExecStartPre=-/usr/sbin/nft flush ruleset", "notParsed"),
    ])
    func `commands beside those that load decide only where they may`(
        line: String, expected: String
    ) throws {
        let path: HostPath = "/etc/systemd/system/nftables.service.d/own.conf"
        #expect(try finding(Self.host([path: Self.file("[Service]\n\(line)\n")])) == expected)
    }

    @Test(arguments: [
        ("/lib/systemd/systemd", "all declared"), ("/usr/lib/sysvinit/init", "notParsed"),
        ("/gone", "all declared"),
    ])
    func `units start only where systemd does`(target: HostPath, expected: String) throws {
        let nodes: [HostPath: GivenHost.Node?] = [
            "/sbin/init": .link(target), "/lib/systemd/systemd": Self.file("code"),
            "/usr/lib/sysvinit/init": Self.file("code"),
        ]
        #expect(try finding(Self.host(nodes)) == expected)
    }

    @Test(arguments: [".wants", ".requires", ".upholds"])
    func `a directory of links that not every version knows starts nothing for certain`(
        suffix: String
    ) throws {
        let links = "/etc/systemd/system/sysinit.target"
        var host = Self.host()
        host.nodes[HostPath("\(links).wants/nftables.service")] = nil
        host.nodes[HostPath("\(links)\(suffix)")] = .directory()
        host.nodes[HostPath("\(links)\(suffix)/nftables.service")] = .link(
            "/usr/lib/systemd/system/nftables.service")
        let found = try finding(host)
        #expect(found == (suffix == ".upholds" ? "depends on loading" : "all declared"))
    }

    @Test(
        arguments: [
            ["/etc/systemd/system/nftables.service": .link("/dev/null")],
            ["/etc/systemd/system/nftables.service": .link("../../../dev/null")],
            ["/etc/systemd/system/nftables.service": file("")],
            ["/etc/systemd/system/sysinit.target.wants/nftables.service": .link("/dev/null")],
            ["/etc/systemd/system/nftables.service.d/off.conf": file("[Service]\nExecStart=\n")],
            [
                "/usr/lib/systemd/system/default.target": file("[Unit]\n"),
                "/etc/systemd/system/sysinit.target.wants/nftables.service": nil,
                "/etc/systemd/system/lost.target.wants/nftables.service": .link("/x"),
            ],
            ["/usr/sbin/nft": nil], ["/etc/nftables.conf": nil],
            ["/etc/nftables.conf": file("tabel")],
            ["/etc/nftables.conf": file(rules + "\nflush ruleset\n")],
        ] as [[HostPath: GivenHost.Node?]])
    func `rules that are not loaded filter nothing`(changes: [HostPath: GivenHost.Node?]) throws {
        #expect(try finding(Self.host(changes)) == "undeclared flow")
    }

    @Test(arguments: ["ConditionVirtualization=vm", "AssertPathExists=/x", "Requires=gone.service"])
    func `a loader that may not start leaves the answer open`(setting: String) throws {
        let host = Self.host(
            [
                "/usr/lib/systemd/system/nftables.service": Self.file(
                    "[Unit]\n\(setting)\n" + Self.unit)
            ])
        #expect(try finding(host) == "depends on loading")
    }

    @Test(arguments: ["/usr/sbin/iptables -F", "/bin/sh -c 'nft flush ruleset'", "/opt/fw"])
    func `a unit that changes the rules otherwise leaves the layer unknown`(line: String) throws {
        let host = Self.host([
            "/etc/systemd/system/sysinit.target.wants/fw.service": .link(
                "/etc/systemd/system/fw.service"),
            "/etc/systemd/system/fw.service": Self.file("[Service]\nExecStart=\(line)\n"),
            "/opt/fw": Self.file("#!/bin/sh\nip6tables -P INPUT ACCEPT\n"),
        ])
        #expect(try finding(host) == "notParsed")
    }

    @Test(arguments: ["/usr/sbin/iptables-save", "/usr/bin/true nftables.conf"])
    func `a unit that names no program which changes the rules does not matter`(line: String) throws
    {
        let host = Self.host([
            "/etc/systemd/system/sysinit.target.wants/fw.service": .link(
                "/etc/systemd/system/fw.service"),
            "/etc/systemd/system/fw.service": Self.file("[Service]\nExecStart=\(line)\n"),
        ])
        #expect(try finding(host) == "all declared")
    }

    @Test func `a script of ifupdown that changes the rules leaves the layer unknown`() throws {
        let host = Self.host([
            "/usr/sbin/ifup": Self.file("code"),
            "/etc/network/if-up.d/open": .file(Array("#!/bin/sh\niptables -F\n".utf8), mode: 0o755),
        ])
        #expect(try finding(host) == "notParsed")
    }

    @Test func `files that may not be read leave the layer unknown`() throws {
        #expect(
            try finding(Self.host(["/etc/nftables.conf": .error(.notPermitted)])) == "notPermitted")
    }

    @Test(
        arguments: [
            "/usr/sbin/ifup", "/etc/network/if-up.d", "/etc/network/if-up.d/open", "/etc/rc.local",
            "/etc/rc2.d/S01open",
        ] as [HostPath])
    func `a hook that may not be looked at is not one that is not there`(place: HostPath) throws {
        var changes: [HostPath: GivenHost.Node?] = [
            "/usr/sbin/ifup": Self.file("code"), "/etc/rc2.d/README": Self.file(""),
            "/etc/network/if-up.d/open": .file(Array("#!/bin/sh\niptables -F\n".utf8), mode: 0o755),
        ]
        changes[place] = .error(.notPermitted)
        let host = Self.host(changes)
        #expect(try finding(host) == "notPermitted")
    }

    @Test func `a hook that is too large to be read leaves the layer unknown`() throws {
        let script = Array("#!/bin/sh\n".utf8) + Array(repeating: 0x0A, count: 1 << 20)
        let host = Self.host([
            "/etc/rc.local": .file(script + Array("iptables -F\n".utf8), mode: 0o755)
        ])
        #expect(try finding(host) == "tooLarge")
    }

    @Test func `a unit whose script may not be read leaves the layer unknown`() throws {
        let host = Self.host([
            "/etc/systemd/system/sysinit.target.wants/fw.service": .link(
                "/etc/systemd/system/fw.service"),
            "/etc/systemd/system/fw.service": Self.file("[Service]\nExecStart=/opt/fw\n"),
            "/opt/fw": .error(.notPermitted),
        ])
        #expect(try finding(host) == "readFailed")
    }

    @Test(arguments: [
        "delete rule inet filter input handle 5", "include \"/etc/{a,b}.nft\"",
        "table inet t { set s { type bogus; }; }",
    ])
    func `a file that is not followed to its end leaves the layer unknown`(text: String) throws {
        let host = Self.host([
            "/usr/lib/systemd/system/nftables.service": Self.file(
                Self.unit + "\nExecStart=/usr/sbin/nft -f /etc/more.nft\n"),
            "/etc/more.nft": Self.file(text + "\n"),
        ])
        #expect(try finding(host) == "notParsed")
    }

    @Test func `rules with an empty line between their addresses filter nothing`() throws {
        let rules = Self.rules.replacing(
            "tcp dport 22", with: "ip saddr {\n 10.0.0.1,\n\n 10.0.0.2\n} tcp dport 22")
        #expect(
            try finding(Self.host(["/etc/nftables.conf": Self.file(rules)])) == "undeclared flow")
    }

    @Test func `an included file is loaded with the one that includes it`() throws {
        let host = Self.host([
            "/etc/nftables.conf": Self.file("include \"/etc/nftables.d/*.nft\"\n"),
            "/etc/nftables.d/a.nft": Self.file(Self.rules),
        ])
        #expect(try finding(host) == "all declared")
    }
}
