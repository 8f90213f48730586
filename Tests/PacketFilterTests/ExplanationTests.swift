import PacketFilter
import Testing

struct ExplanationTests {
    static func explain(_ question: String, _ rules: String) throws -> Explanation {
        let analysis = try FirewallAnalysis(
            FlowTests.ruleset(rules), on: FirewallCaseTests.network)
        let asked = try PacketQuestion(question)
        return try #require(try analysis.explain(asked))
    }

    static let rules = FirewallCaseTests.input(
        "tcp dport 22 jump admins\nudp dport 53 limit rate 5/second accept",
        before: """
            table inet vpn {
              chain input { type filter hook input priority -10; policy accept;
                tcp dport 5432 accept
              }
            }
            """,
        extra: """
            chain admins {
              ip saddr 10.0.0.0/8 accept
            }
            """)

    @Test
    func `a packet is followed through hooks, chains and rules to its end`() throws {
        let explanation = try Self.explain("tcp 22 from 10.1.2.3 on eth0", Self.rules)
        #expect(explanation.end == .delivered)
        #expect(
            explanation.steps.map { "\($0.event) \($0.decider?.chain ?? "")" } == [
                "delivered ",
                "enters(PacketFilter.Hook.input, priority: -10) input",
                "policy(accepts: true) input",
                "enters(PacketFilter.Hook.input, priority: 0) input",
                "goes(to: \"admins\") input",
                "accepted admins",
            ])
    }

    @Test
    func `an accept in an early chain does not save a packet from a later policy`() throws {
        let explanation = try Self.explain("tcp 5432 from 203.0.113.9 on eth0", Self.rules)
        guard case .dropped(let decider) = explanation.end else {
            Issue.record("\(explanation.end)")
            return
        }
        #expect(decider.text == "inet filter input: policy")
    }

    @Test(arguments: [
        "tcp", "tcp 22", "udp 53 from 10.0.0.0/8 port 67 to 192.0.2.1 on eth0",
        "icmp 8 from any", "ipv6 tcp 22", "any on eth0", "47 from 10.1.1.1", "tcp ssh",
        "icmp echo-request", "ipv6-icmp nd-neighbor-solicit on eth0", "icmpv6 128",
        "tcp from ::1 sport 7 to 2001:db8::1", "tcp 22\ton eth0",
    ])
    func `a question is read`(_ text: String) {
        #expect(throws: Never.self) { try PacketQuestion(text) }
    }

    @Test(arguments: [
        ("", "no packet is named"), ("ipv6", "no packet is named"),
        ("tpc 22", "'tpc' is no protocol"), ("tcp 70000", "'70000' is no port"),
        ("tcp 22 from", "nothing follows 'from'"), ("tcp 22 from 1.2.3", "'1.2.3' is no address"),
        ("tcp 22 near 1.2.3.4", "'near' is not understood"),
        ("tcp 22 from 1.2.3.4 from 1.2.3.5", "'from' is said twice"),
        ("icmp 300", "'300' is no type of ICMP"), ("gre 22", "'22' is a port, and only"),
        ("any 22", "'22' is a port, and only"),
        ("tcp from 10.0.0.1 to ::1", "a packet is either of IPv4 or of IPv6"),
        ("ipv6 tcp from 10.0.0.1", "a packet is either of IPv4 or of IPv6"),
        ("icmp from ::1", "a packet is either of IPv4 or of IPv6"),
    ])
    func `what is no question is told what is wrong with it`(_ text: String, message: String) {
        let mistake = #expect(throws: PacketQuestion.Mistake.self) { try PacketQuestion(text) }
        #expect(mistake?.message.hasPrefix(message) == true)
        #expect(mistake?.hint.isEmpty == false)
    }

    @Test
    func `a source that cannot be never arrives`() throws {
        let analysis = try FirewallAnalysis(Ruleset(), on: FirewallCaseTests.network)
        let question = try PacketQuestion("tcp 22 from 127.0.0.1 on eth0")
        #expect(try analysis.explain(question) == nil)
    }

    @Test
    func `a question without a destination is about the host's own address on the interface`()
        throws
    {
        let explanation = try Self.explain("udp 53 on eth0", Self.rules)
        #expect(explanation.packet.destination == Address("192.0.2.1"))
        let six = try Self.explain("ipv6 udp 53 on eth0", Self.rules)
        #expect(six.packet.destination == Address("2001:db8::1"))
    }

    @Test
    func `what a rate decides is told with the rule that asks it`() throws {
        let explanation = try Self.explain("udp 53 from 203.0.113.9 on eth0", Self.rules)
        #expect(explanation.end == .delivered)
        let accepts = explanation.steps.filter { $0.event == .accepted }
        #expect(accepts.map(\.hangsOn.count) == [1])
        #expect(accepts[0].hangsOn[0].kind == .chosen)
        #expect(explanation.steps.last?.event == .policy(accepts: false))
        #expect(explanation.steps.last?.hangsOn == accepts[0].hangsOn)
    }

    @Test
    func `an opaque rule leaves the end open and is named`() throws {
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
        let analysis = try FirewallAnalysis(ruleset, on: FirewallCaseTests.network)
        let explanation = try #require(
            try analysis.explain(PacketQuestion("tcp 22 from 203.0.113.9 on eth0")))
        guard case .undecided(let unknowns) = explanation.end else {
            Issue.record("\(explanation.end)")
            return
        }
        #expect(unknowns.map(\.name) == ["xt match string"])
        #expect(explanation.steps.first { $0.event == .accepted }?.hangsOn == unknowns)
    }

    @Test
    func `a packet of which others fare differently says so`() throws {
        #expect(try Self.explain("tcp 22 on eth0", Self.rules).othersDiffer)
        #expect(try !Self.explain("tcp 22 from 10.0.0.0/8 on eth0", Self.rules).othersDiffer)
        #expect(try !Self.explain("tcp 5432 on eth0", Self.rules).othersDiffer)
    }

    @Test
    func `where a packet gets in the declaration that has it is named`() throws {
        let analysis = try FirewallAnalysis(
            FlowTests.ruleset(Self.rules), on: FirewallCaseTests.network)
        let question = try PacketQuestion("tcp 22 from 10.1.2.3 on eth0")
        let declared = FirewallCaseTests.ports(22, from: "10.0.0.0/8")
        let policy = FlowPolicy(ingress: [declared])
        #expect(try analysis.explain(question, declared: policy)?.declaredBy == declared.name)
        #expect(try analysis.explain(question)?.declaredBy == nil)
        let ping = try PacketQuestion("icmp 8 from 10.1.2.3 on eth0")
        let open = try FirewallAnalysis(Ruleset(), on: FirewallCaseTests.network)
        #expect(try open.explain(ping)?.declaredBy == "icmp")
    }

    static let router = HostNetwork(
        interfaces: [
            NetworkInterface(
                "eth0", addresses: [InterfaceAddress("192.0.2.1/24")].compactMap { $0 },
                forwards4: true),
            NetworkInterface(
                "docker0", addresses: [InterfaceAddress("172.17.0.1/16")].compactMap { $0 }),
        ],
        routes: [
            Route(Prefix(Address(.v4, 0xC000_0200), length: 24), interface: "eth0"),
            Route(Prefix(Address(.v4, 0xAC11_0000), length: 16), interface: "docker0"),
        ])

    static let docker = """
        table ip nat {
          chain DOCKER { iifname != "docker0" tcp dport 5432 dnat to 172.17.0.2:5432; }
          chain PREROUTING { type nat hook prerouting priority dstnat; policy accept;
            fib daddr type local jump DOCKER
          }
          chain OUTPUT { type nat hook output priority -100; policy accept;
            fib daddr type local jump DOCKER
          }
        }
        table ip filter {
          chain INPUT { type filter hook input priority filter; policy drop; tcp dport 22 accept; }
          chain DOCKER { ip daddr 172.17.0.2 oifname "docker0" tcp dport 5432 accept; }
          chain FORWARD { type filter hook forward priority filter; policy drop; jump DOCKER; }
        }
        """

    @Test
    func `a published port is followed through its translation and the forward hook alone`()
        throws
    {
        let analysis = try FirewallAnalysis(FlowTests.ruleset(Self.docker), on: Self.router)
        let explanation = try #require(
            try analysis.explain(PacketQuestion("tcp 5432 from 203.0.113.9 on eth0")))
        #expect(explanation.end == .forwarded)
        #expect(
            explanation.steps.map { "\($0.event) \($0.decider?.chain ?? "")" } == [
                "enters(PacketFilter.Hook.prerouting, priority: -100) PREROUTING",
                "goes(to: \"DOCKER\") PREROUTING", "changed DOCKER", "routed ",
                "enters(PacketFilter.Hook.forward, priority: 0) FORWARD",
                "goes(to: \"DOCKER\") FORWARD", "accepted DOCKER",
            ])
    }

    @Test
    func `a packet for others ends where nothing is forwarded, and where no way leads on`()
        throws
    {
        let rules = try FlowTests.ruleset("")
        var network = Self.router
        let question = try PacketQuestion("tcp 80 from 192.0.2.9 to 198.51.100.7 on eth0")
        #expect(try FirewallAnalysis(rules, on: network).explain(question)?.end == .noWay)
        network.interfaces[0].forwards4 = false
        #expect(try FirewallAnalysis(rules, on: network).explain(question)?.end == .notForwarded)
    }
}
