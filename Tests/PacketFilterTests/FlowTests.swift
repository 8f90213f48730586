import PacketFilter
import Testing

/// Flows as people read them.
struct FlowTests {
    static func ruleset(_ text: String) throws -> Ruleset {
        let outcome = Ruleset().loading(
            nftFile: Array((text + "\n").utf8), path: "rules.nft", presence: { _ in .present },
            include: { _ in .missing })
        guard case .loaded(let ruleset) = outcome else {
            Issue.record("\(outcome)")
            throw PacketFilterError(.malformed, "\(outcome)")
        }
        return ruleset
    }

    static func lines(
        _ rules: String, on network: HostNetwork = FirewallCaseTests.network,
        _ direction: Direction = .input, icmp: ICMPBaseline = .essential
    ) throws -> [String] {
        let analysis = try FirewallAnalysis(ruleset(rules), on: network)
        return try analysis.flows(direction, declared: [], icmp: icmp).filter {
            $0.interface == "eth0" && $0.declaredBy == nil
        }.map { ($0.isCertain ? "" : "possibly ") + $0.text }
    }

    @Test
    func `what gets in is written as a network engineer says it`() throws {
        let lines = try Self.lines(
            FirewallCaseTests.input(
                """
                ip saddr 10.20.0.0/16 tcp dport 5432 accept
                tcp dport { 22, 443 } accept
                udp sport 67 udp dport 68 accept
                ip daddr 224.0.0.251 udp dport 5353 accept
                meta l4proto vrrp accept
                ip6 saddr 2001:db8:7::/48 icmpv6 type 139 accept
                """))
        #expect(
            lines == [
                "tcp 22 443 from any on eth0",
                "tcp 22 443 5432 from 10.20.0.0/16 on eth0",
                "udp 68 from any port 67 on eth0",
                "udp 5353 from any to 224.0.0.251 on eth0",
                "vrrp from any on eth0",
                "ipv6-icmp 139 from 2001:db8:7::/48 on eth0",
            ])
    }

    @Test
    func `nft asks for the family of ICMPv6 only where the rule names no protocol`() throws {
        let families = try ["icmpv6 type 139", "meta l4proto ipv6-icmp icmpv6 type 139"].map {
            let analysis = try FirewallAnalysis(
                Self.ruleset(FirewallCaseTests.input($0 + " accept")),
                on: FirewallCaseTests.network)
            let flows = try analysis.flows(.input, declared: [], icmp: .essential)
            return flows.filter { $0.interface == "eth0" && $0.declaredBy == nil }.map(\.family)
        }
        #expect(families == [[.v6], [nil]])
        // What nobody answers to in the other family needs no declaration there either.
        let lines = try Self.lines(
            FirewallCaseTests.input("meta l4proto ipv6-icmp icmpv6 type 135 accept"))
        #expect(lines == [])
    }

    @Test
    func `addresses of IPv6 are written as the rule has them`() throws {
        let lines = try Self.lines(
            FirewallCaseTests.input(
                """
                ip6 saddr fe80::/10 ip6 daddr fe80::/10 udp sport 547 udp dport 546 accept
                ip6 daddr ff02::f udp dport 1900 accept
                """))
        #expect(
            lines == [
                "udp 546 from fe80::/10 port 547 to fe80::1 on eth0",
                "udp 1900 from any to ff02::f on eth0",
                "possibly udp 546 from fe80::/10 port 547 to another address of this host on eth0",
            ])
    }

    @Test
    func `no address is named with which no packet comes`() throws {
        let lines = try Self.lines(
            FirewallCaseTests.input(
                """
                ip6 saddr fe80::/10 udp dport 546 accept
                ip6 daddr ff02::fb udp dport 5353 accept
                """))
        #expect(
            lines == [
                "udp 546 from fe80::/10 on eth0", "udp 5353 from any to ff02::fb on eth0",
            ])
    }

    @Test
    func `a next header is the protocol, or an extension header`() throws {
        #expect(
            try Self.lines(FirewallCaseTests.input("ip6 nexthdr tcp tcp dport 22 accept"))
                == ["ipv6 tcp 22 from any on eth0"])
        #expect(
            try Self.lines(FirewallCaseTests.input("ip6 nexthdr icmpv6 accept"), icmp: .any) == [])
        let behind = try Self.lines(
            FirewallCaseTests.input("ip6 nexthdr { 17, 0 } accept"), icmp: .any)
        #expect(behind == ["ipv6 not icmp ipv6-icmp from any on eth0"])
    }

    @Test
    func `a host without rules lets everything in`() throws {
        #expect(try Self.lines("", icmp: .none) == ["any from any on eth0"])
    }

    @Test
    func `a block list is what does not get in`() throws {
        let rules = """
            table inet filter {
              chain input { type filter hook input priority 0; policy accept;
                ip saddr { 203.0.113.0/24, 198.51.100.7 } drop
                tcp dport 25 drop
              }
            }
            """
        let lines = try Self.lines(rules, icmp: .none)
        #expect(
            lines == [
                "not tcp from not 198.51.100.7 203.0.113.0/24 on eth0",
                "tcp not 25 from not 198.51.100.7 203.0.113.0/24 on eth0",
                "ipv6 not tcp from any on eth0",
                "ipv6 tcp not 25 from any on eth0",
            ])
    }

    @Test
    func `an opaque match makes a flow possible and is named`() throws {
        let rules = """
            table ip filter {
              chain INPUT {
                type filter hook input priority 0; policy drop;
                tcp dport 22 xt match "string" counter packets 0 bytes 0 accept
              }
            }
            """
        var ruleset = Ruleset()
        try ruleset.read(nftListing: Array((rules + "\n").utf8))
        let network = HostNetwork(
            interfaces: [
                NetworkInterface(
                    "eth0", addresses: [InterfaceAddress("192.0.2.1/24")].compactMap { $0 },
                    hasIPv6: false)
            ], hasIPv6ByDefault: false)
        let analysis = try FirewallAnalysis(ruleset, on: network)
        let flows = try analysis.flows(.input, declared: [], icmp: .essential)
        #expect(
            flows.filter { $0.interface == "eth0" }.map(\.text) == ["ipv4 tcp 22 from any on eth0"])
        #expect(flows.allSatisfy { !$0.isCertain })
        #expect(flows.first?.unknowns.map(\.name) == ["xt match string"])
    }

    @Test
    func `a flow knows the rule that lets it in, with its file and line`() throws {
        let rules = FirewallCaseTests.input("tcp dport 22 accept")
        let analysis = try FirewallAnalysis(Self.ruleset(rules), on: FirewallCaseTests.network)
        let flow = try #require(
            try analysis.flows(.input, declared: [], icmp: .essential).first {
                $0.destinationPortText == "22"
            })
        #expect(flow.decider?.text == "inet filter input: tcp dport 22 accept # rules.nft:9")
        #expect(flow.witness.text == "tcp 203.0.113.1:40000 to 192.0.2.1:22 on eth0")
    }

    @Test
    func `an interface that does not exist is certain only where no other leads to the internet`()
        throws
    {
        let rules = FirewallCaseTests.input("iifname \"wg0\" tcp dport 22 accept")
        var network = FirewallCaseTests.network
        let certain = { () throws -> [Bool] in
            let analysis = try FirewallAnalysis(Self.ruleset(rules), on: network)
            return try analysis.flows(.input, declared: [], icmp: .essential).filter {
                $0.interface == "wg0" && $0.declaredBy == nil
            }.map(\.isCertain)
        }
        #expect(try certain() == [true])
        network.routes.append(
            Route(Prefix(Address(.v4, 0), length: 0), interface: "eth0"))
        #expect(try certain() == [false])
    }

    @Test
    func `a destination that the host does not have now is only possible`() throws {
        let rules = FirewallCaseTests.input(
            "ip daddr 192.0.2.1 tcp dport 22 accept\nip daddr 192.0.2.99 tcp dport 23 accept")
        #expect(
            try Self.lines(rules) == [
                "tcp 22 from any to 192.0.2.1 on eth0",
                "possibly tcp 23 from any to another address of this host on eth0",
            ])
        let image = try FirewallAnalysis(Self.ruleset(rules), on: .image)
        let flows = try image.flows(.input, declared: [], icmp: .essential)
        #expect(flows.filter { $0.declaredBy == nil }.allSatisfy { !$0.isCertain })
    }

    /// A router between two networks.
    private static let router = {
        var router = FirewallCaseTests.network
        router.interfaces[1].forwards4 = true
        router.interfaces.append(
            NetworkInterface(
                "eth1", addresses: [InterfaceAddress("10.0.0.1/24")].compactMap { $0 },
                forwards4: true))
        router.routes.append(
            Route(Prefix(Address(.v4, 0x0A00_0000), length: 24), interface: "eth1"))
        return router
    }()

    @Test(arguments: [
        ("masquerade", true), ("tcp dport 23 masquerade", true), ("jump other", false),
        ("tcp dport 23 drop", false), ("tcp dport vmap { 22 : accept, 23 : drop }", false),
    ])
    func `what is written last is of no matter, what is dropped last is`(
        line: String, letsIn: Bool
    ) throws {
        let rules = """
            table ip nat {
              chain other { tcp dport 23 drop; }
              chain post { type nat hook postrouting priority srcnat; policy accept;
                udp dport 9 masquerade
                \(line)
              }
            }
            """
        let analysis = try FirewallAnalysis(Self.ruleset(rules), on: Self.router)
        let arena = analysis.space.arena
        for direction in [Direction.forward, .output] {
            let telnet = try analysis.packets(
                declared: FirewallCaseTests.ports(23), direction)
            let bounds = try analysis.bounds(direction)
            let sent = try arena.intersection(
                telnet, arena.difference(bounds.possible, analysis.space.packets(.family, 1)))
            #expect((sent != .none) == letsIn, "\(direction)")
        }
    }

    @Test(arguments: [
        ("tcp flags & (syn | ack) == syn", true), ("tcp flags & ack != 0x0", false),
        ("meta pkttype host", true), ("meta pkttype other", false),
    ])
    func `a rule sees the flags and the kind of a first packet`(
        match: String, letsIn: Bool
    ) throws {
        let lines = try Self.lines(FirewallCaseTests.input("\(match) tcp dport 22 accept"))
        #expect(lines == (letsIn ? ["tcp 22 from any on eth0"] : []))
    }

    @Test
    func `what comes through is a first packet, though no rule asks for its flags`() throws {
        let rules = FirewallCaseTests.input("tcp dport 22 accept")
        let analysis = try FirewallAnalysis(Self.ruleset(rules), on: FirewallCaseTests.network)
        let space = analysis.space
        let answers = try space.arena.intersection(
            space.packets(.transport, 6), space.packets(.tcpFlags, 16))
        let requests = try space.arena.intersection(
            space.packets(.transport, 6), space.packets(.tcpFlags, 2))
        let packets = try analysis.packets(.input)
        #expect(try space.arena.intersection(packets, answers) == .none)
        #expect(try space.arena.intersection(packets, requests) != .none)
    }

    /// Rules for a network and a port each that often overlap.
    private static func overlapping(seed: UInt64) -> [(
        network: String, port: String, verdict: String
    )] {
        var random = Seeded(seed)
        return (0..<60).map { _ in
            let length = Int.random(in: 6...10, using: &random)
            let first = UInt8.random(in: 0...255, using: &random)
            let second = length > 8 ? UInt8.random(in: 0...3, using: &random) << 6 : 0
            let masked = length < 8 ? first & ~(255 >> UInt8(length)) : first
            let port = Int.random(in: 1...6, using: &random)
            let last = port + Int.random(in: 0...2, using: &random)
            let verdict = ["accept", "accept", "drop", "return"].randomElement(using: &random)
            return ("\(masked).\(second).0.0/\(length)", "\(port)-\(last)", verdict ?? "drop")
        }
    }

    @Test(arguments: 1...6)
    func `rules of one kind do together what they do one by one`(seed: UInt64) throws {
        let rules = Self.overlapping(seed: seed)
        let alike = rules.map { "ip saddr \($0.network) tcp dport \($0.port) \($0.verdict)" }
        // The same rules, but no two neighbours ask for the same in the same order.
        let mixed = rules.enumerated().map { place, rule in
            place % 2 == 0
                ? "tcp dport \(rule.port) ip saddr \(rule.network) \(rule.verdict)"
                : "ip saddr \(rule.network) tcp dport \(rule.port) \(rule.verdict)"
        }
        let told = try [alike, mixed].map { lines in
            let analysis = try FirewallAnalysis(
                Self.ruleset(FirewallCaseTests.input(lines.joined(separator: "\n"))),
                on: FirewallCaseTests.network)
            return try analysis.flows(.input, declared: [], icmp: .essential).map {
                "\($0.text): \($0.witness.text), line \($0.decider?.place?.line ?? 0)"
            }
        }
        #expect(told[0].count > 10)
        #expect(told[0] == told[1])
    }
}
