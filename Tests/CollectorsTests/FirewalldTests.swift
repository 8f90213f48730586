import Collectors
import Documents
import Facts
import Site
import Testing

@Suite struct FirewalldTests {
    private static func file(_ text: String) -> GivenHost.Node { .file(Array(text.utf8)) }

    // A host with two of the zones and services that firewalld is shipped with.
    private static func host(
        _ changes: [HostPath: GivenHost.Node?] = [:], version: String = "1.3.3"
    ) -> GivenHost {
        let units: HostPath = "/usr/lib/systemd/system"
        let python: HostPath = "/usr/lib/python3/dist-packages"
        let shipped: HostPath = "/usr/lib/firewalld"
        var nodes: [HostPath: GivenHost.Node] = [
            units.appending("default.target"): file(
                "[Unit]\nWants=firewalld.service dbus.socket\n"),
            units.appending("dbus.socket"): file("[Socket]\nListenStream=/run/dbus\n"),
            units.appending("firewalld.service"): file(
                """
                [Unit]
                Conflicts=nftables.service
                [Service]
                ExecStart=/usr/sbin/firewalld --nofork --nopid
                Type=dbus
                BusName=org.fedoraproject.FirewallD1
                """),
            "/usr/share/dbus-1/system.d/FirewallD.conf": file(
                "<allow own=\"org.fedoraproject.FirewallD1\"/>"),
            "/usr/sbin/firewalld": file("#!/usr/bin/python3"), "/usr/bin/python3": file("code"),
            python.appending("dbus/__init__.py"): file(""),
            python.appending("gi/__init__.py"): file(""),
            python.appending("nftables/__init__.py"): file(""),
            python.appending("firewall/config/__init__.py"): file("VERSION = \"\(version)\"\n"),
            "/etc/protocols": file("gre 47 GRE\n"),
            shipped.appending("services/ssh.xml"): file(
                "<service><port port=\"22\" protocol=\"tcp\"/></service>"),
            shipped.appending("services/http.xml"): file(
                "<service><port port=\"80\" protocol=\"tcp\"/></service>"),
            shipped.appending("icmptypes/echo-request.xml"): file("<icmptype/>"),
        ]
        let zones = [
            "block": "<zone target=\"%%REJECT%%\"/>", "drop": "<zone target=\"DROP\"/>",
            "trusted": "<zone target=\"ACCEPT\"/>",
            "public": "<zone target=\"DROP\"><service name=\"ssh\"/></zone>",
        ]
        for (name, text) in zones {
            nodes[shipped.appending(HostPath("zones/\(name).xml"))] = file(text)
        }
        for (path, node) in changes { nodes[path] = node }
        return GivenHost(nodes)
    }

    /// The code of the configured layer's gap, or what becomes of incoming packets.
    private func finding(_ host: GivenHost) throws -> String? {
        let text = """
            schema: 1
            firewall: { icmp: any, ingress: [{ proto: tcp, dport: 22, from: any, purpose: work }] }
            """
        let source = SourceFile(name: "site.yaml", text: text)
        let site = try #require(SiteFile.reading([source], bounds: .none).value)
        let table = FirewallLayers().gather(from: host, declared: site)
        guard table.gaps.isEmpty else { return table.gaps.first?.code.rawValue }
        let names = table.schema.columns.map(\.name)
        let direction = try #require(names.firstIndex(of: "direction"))
        let finding = try #require(names.firstIndex(of: "finding"))
        let row = table.rows.first { $0[direction] == .text("input") }
        guard case .text(let word)? = row?[finding] else { return nil }
        return word
    }

    private func finding(
        zone: String, named name: String = "public", _ others: [HostPath: String] = [:],
        version: String = "1.3.3"
    ) throws -> String? {
        var changes: [HostPath: GivenHost.Node?] = others.mapValues { Self.file($0) }
        changes[HostPath("/etc/firewalld/zones/\(name).xml")] = Self.file(zone)
        return try finding(Self.host(changes, version: version))
    }

    @Test(arguments: ["1.3.3", "2.3.1"])
    func `the zone of the rest is what the next boot filters`(version: String) throws {
        #expect(try finding(Self.host(version: version)) == "all declared")
        let conf = ["/etc/firewalld/firewalld.conf": Self.file("DefaultZone=trusted\n")]
        #expect(
            try finding(
                Self.host(
                    conf.reduce(into: [:]) { $0[HostPath($1.key)] = $1.value }, version: version))
                == "undeclared flow")
    }

    @Test(arguments: ["1.3.3", "2.3.1"])
    func `what opens a port opens it`(version: String) throws {
        for inner in [
            "<service name='http'/>", "<port port='5432' protocol='tcp'/>",
            "<source-port port='53' protocol='udp'/>", "<protocol value='gre'/>",
            "<rule><service name='http'/><accept/></rule>",
            "<rule family='ipv4'><source address='10.0.0.0/8'/><accept/></rule>",
            "<rule priority='-5'><port port='1-9' protocol='udp'/><accept/></rule>",
            "<rule><service name='http'/><accept><limit value='1/m'/></accept></rule>",
            "<forward-port port='81' protocol='tcp' to-port='22'/>",
        ] {
            let zone = "<zone target='DROP'><service name='ssh'/>\(inner)</zone>"
            #expect(try finding(zone: zone, version: version) == "undeclared flow", "\(inner)")
        }
    }

    @Test(arguments: ["1.3.3", "2.3.1"])
    func `a rule before the others closes what they open`(version: String) throws {
        let open = "<port port='5432' protocol='tcp'/>"
        for inner in [
            "<rule><port port='5432' protocol='tcp'/><drop/></rule>",
            "<rule><port port='5432' protocol='tcp'/><reject/></rule>",
            "<rule priority='-1'><port port='5000-6000' protocol='tcp'/><drop/></rule>",
        ] {
            let zone = "<zone target='DROP'>\(open)\(inner)</zone>"
            #expect(try finding(zone: zone, version: version) == "all declared", "\(inner)")
        }
        let late =
            "<zone target='DROP'>\(open)<rule priority='1'><port port='5432' protocol='tcp'/><drop/></rule></zone>"
        #expect(try finding(zone: late, version: version) == "undeclared flow")
    }

    @Test(arguments: ["1.3.3", "2.3.1"])
    func `an interface or an address in another zone has the rules of that zone`(
        version: String
    ) throws {
        for binding in [
            "<interface name='eth0'/>", "<interface name='eth+'/>",
            "<source address='203.0.113.0/24'/>", "<source address='2001:db8::/32'/>",
            "<source address='02:00:00:00:00:01'/>",
        ] {
            let zone = "<zone target='ACCEPT'>\(binding)</zone>"
            #expect(
                try finding(zone: zone, named: "trusted", version: version) != "all declared",
                "\(binding)")
        }
    }

    @Test func `a set of addresses is a source like any other`() throws {
        let sets: [HostPath: String] = [
            "/etc/firewalld/ipsets/friends.xml":
                "<ipset type='hash:net'><entry>198.51.100.0/24</entry></ipset>"
        ]
        let zone = "<zone target='ACCEPT'><source ipset='friends'/></zone>"
        #expect(try finding(zone: zone, named: "trusted", sets) == "undeclared flow")
        #expect(try finding(zone: zone, named: "trusted") == "notParsed")
    }

    @Test func `a file in etc replaces the one of its name`() throws {
        let ssh = "<service><port port='2222' protocol='tcp'/></service>"
        let host = Self.host(["/etc/firewalld/services/ssh.xml": Self.file(ssh)])
        #expect(try finding(host) == "undeclared flow")
    }

    @Test(arguments: [
        "<zone>", "", "<zone><portal/></zone>", "<zone target='OPEN'/>",
        "<zone><service name='nowhere'/></zone>", "<zone><port port='1'/></zone>",
        "<zone><port port='1' protocol='tcp' colour='red'/></zone>",
    ])
    func `a file that firewalld refuses makes it start as it was shipped`(text: String) throws {
        // What the zone of the rest would open does not count then.
        let others = ["/etc/firewalld/firewalld.conf": "DefaultZone=trusted\n"]
        let files = others.reduce(into: [HostPath: String]()) { $0[HostPath($1.key)] = $1.value }
        #expect(try finding(zone: text, named: "work", files) == "all declared")
    }

    @Test(arguments: [
        "<!DOCTYPE zone><zone/>", "<zone><destination address='10.0.0.1'/></zone>",
        "<zone><port port='http' protocol='tcp'/></zone>",
        "<zone><protocol value='unheard-of'/></zone>",
        "<zone><source address='10.0.0.0/255.0.0.0'/></zone>",
        "<zone><rule><service name='ssh'/></rule></zone>",
        "<zone><rule><source address='10.0.0.0/8'/><accept/></rule></zone>",
        "<zone><icmp-block name='unheard-of'/></zone>", "<zone><interface name='a b'/></zone>",
    ])
    func `what is not followed leaves the layer unknown`(text: String) throws {
        #expect(try finding(zone: text, named: "work") == "notParsed")
    }

    @Test func `an unknown version is not followed`() throws {
        #expect(try finding(Self.host(version: "1.4.0")) == "notParsed")
        #expect(try finding(Self.host(version: "2.0.1")) == "notParsed")
    }

    @Test func `another backend is not followed`() throws {
        let conf = Self.file("FirewallBackend=iptables\n")
        #expect(try finding(Self.host(["/etc/firewalld/firewalld.conf": conf])) == "notParsed")
    }

    @Test func `direct rules leave open what they could let in`() throws {
        let rule =
            "<direct><rule ipv='ipv4' table='nat' chain='PREROUTING' priority='0'>x</rule></direct>"
        let host = Self.host(["/etc/firewalld/direct.xml": Self.file(rule)])
        let word = try finding(host)
        #expect(word == "possibly undeclared flow" || word == "depends on loading")
        let none = Self.host(["/etc/firewalld/direct.xml": Self.file("<direct/>")])
        #expect(try finding(none) == "all declared")
    }

    @Test(arguments: ["1.3.3", "2.3.1"])
    func `a policy for packets to the host is followed, another is not`(version: String) throws {
        func policy(_ ends: (String, String)) -> GivenHost.Node {
            Self.file(
                """
                <policy target='CONTINUE'><ingress-zone name='\(ends.0)'/>
                <egress-zone name='\(ends.1)'/><port port='99' protocol='tcp'/></policy>
                """)
        }
        let path: HostPath = "/etc/firewalld/policies/mine.xml"
        let toHost = Self.host([path: policy(("ANY", "HOST"))], version: version)
        #expect(try finding(toHost) == "undeclared flow")
        let through = Self.host([path: policy(("ANY", "ANY"))], version: version)
        #expect(try finding(through) != "all declared")
        let inactive = Self.host([path: policy(("block", "HOST"))], version: version)
        #expect(try finding(inactive) == "all declared")
    }

    @Test func `a masked unit loads nothing, and one that another excludes is not known`() throws {
        let masked = Self.host(["/etc/systemd/system/firewalld.service": .link("/dev/null")])
        #expect(try finding(masked) == "undeclared flow")
        let target = Self.file("[Unit]\nWants=firewalld.service nftables.service dbus.socket\n")
        let nftables = Self.file(
            "[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/usr/sbin/nft -f /etc/nftables.conf\n"
        )
        let both = Self.host([
            "/usr/lib/systemd/system/default.target": target,
            "/usr/lib/systemd/system/nftables.service": nftables,
            "/usr/sbin/nft": Self.file("code"), "/etc/nftables.conf": Self.file(""),
        ])
        #expect(try finding(both) == "notParsed")
        let alias = Self.host([
            "/usr/lib/systemd/system/default.target": Self.file(
                "[Unit]\nWants=firewalld.service mine.service dbus.socket\n"),
            "/usr/lib/systemd/system/mine.service": nftables,
            "/usr/lib/systemd/system/nftables.service": .link("mine.service"),
            "/usr/sbin/nft": Self.file("code"), "/etc/nftables.conf": Self.file(""),
        ])
        #expect(try finding(alias) == "notParsed")
    }

    @Test func `without a bus it is not certain that it starts`() throws {
        let host = Self.host(["/usr/share/dbus-1/system.d/FirewallD.conf": nil])
        #expect(try finding(host) == "depends on loading")
    }

    @Test func `NetworkManager decides about interfaces`() throws {
        func host(_ changes: [HostPath: GivenHost.Node?]) -> GivenHost {
            var all = changes
            all["/usr/lib/systemd/system/default.target"] = Self.file(
                "[Unit]\nWants=firewalld.service NetworkManager.service dbus.socket\n")
            all["/usr/lib/systemd/system/NetworkManager.service"] = Self.file(
                "[Service]\nExecStart=/usr/sbin/NetworkManager\n")
            return Self.host(all)
        }
        let connection: HostPath = "/etc/NetworkManager/system-connections/a.nmconnection"
        #expect(try finding(host([:])) == "all declared")
        #expect(
            try finding(host([connection: Self.file("[connection]\nzone=trusted\n")]))
                == "notParsed")
        #expect(
            try finding(host([connection: Self.file("[connection]\nzone=public\n")]))
                == "all declared")
        #expect(
            try finding(host([connection: Self.file("[ipv4]\nmethod=shared\n")])) == "notParsed")
        let bound = Self.file("<zone target='DROP'><interface name='eth0'/></zone>")
        #expect(try finding(host(["/etc/firewalld/zones/drop.xml": bound])) == "notParsed")
    }
}
