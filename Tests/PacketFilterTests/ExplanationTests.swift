import PacketFilter
import Testing

struct ExplanationTests {
    static func explain(_ question: String, _ rules: String) throws -> Explanation {
        let analysis = try FirewallAnalysis(
            FlowTests.ruleset(rules), on: FirewallCaseTests.network)
        let asked = try #require(PacketQuestion(question))
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
        "icmp 8 from any", "ipv6 tcp 22", "any on eth0", "47 from 10.1.1.1",
    ])
    func `a question is read`(_ text: String) {
        #expect(PacketQuestion(text) != nil)
    }

    @Test(arguments: [
        "", "tpc 22", "tcp 70000", "tcp 22 from", "tcp 22 from 1.2.3", "tcp 22 near 1.2.3.4",
        "icmp 300", "tcp from 10.0.0.1 to ::1", "ipv6 tcp from 10.0.0.1",
    ])
    func `what is no question is not read as one`(_ text: String) {
        #expect(PacketQuestion(text) == nil)
    }

    @Test
    func `a source that cannot be never arrives`() throws {
        let analysis = try FirewallAnalysis(Ruleset(), on: FirewallCaseTests.network)
        let question = try #require(PacketQuestion("tcp 22 from 127.0.0.1 on eth0"))
        let explanation = try analysis.explain(question)
        #expect(
            explanation?.end != .delivered || explanation?.packet.destination?.number == 0xFFFF_FFFF
        )
    }
}
