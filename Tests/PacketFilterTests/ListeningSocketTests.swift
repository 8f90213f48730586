import PacketFilter
import Testing

/// Which packets end at a socket, whatever translations do with them.
struct ListeningSocketTests {
    static func reach(
        _ address: String, _ port: UInt16, _ rules: String,
        on network: HostNetwork = ExplanationTests.router
    ) throws -> (certain: Bool, possible: Bool) {
        let analysis = try FirewallAnalysis(FlowTests.ruleset(rules), on: network)
        let socket = ListeningSocket(6, try #require(Address(address)), port: port)
        let bounds = try analysis.bounds(of: analysis.packets(reaching: socket), .input)
        return (bounds.certain != .none, bounds.possible != .none)
    }

    static func chain(_ rules: String, policy: String = "accept") -> String {
        "table ip nat { chain PREROUTING { type nat hook prerouting priority dstnat; policy accept;\n"
            + rules + "\n}\n}\n"
            + "table inet filter { chain input { type filter hook input priority filter; policy \(policy);\n"
            + "tcp dport 8080 accept\n}\n}"
    }

    @Test
    func `a socket of every address is reached where its port is let in`() throws {
        #expect(try Self.reach("0.0.0.0", 8080, Self.chain("", policy: "drop")) == (true, true))
        #expect(try Self.reach("0.0.0.0", 22, Self.chain("", policy: "drop")) == (false, false))
    }

    @Test
    func `a socket of another address than the packet's is not reached`() throws {
        #expect(try Self.reach("192.0.2.1", 8080, Self.chain("")) == (true, true))
        #expect(try Self.reach("127.0.0.1", 8080, Self.chain("")) == (false, false))
        #expect(try Self.reach("198.51.100.1", 8080, Self.chain("")) == (false, false))
    }

    @Test
    func `a redirect leads to the port that it names, and away from the one that it takes`() throws
    {
        let rules = Self.chain("tcp dport 80 redirect to :8080", policy: "drop")
        #expect(try Self.reach("0.0.0.0", 8080, rules) == (true, true))
        #expect(try Self.reach("0.0.0.0", 80, rules) == (false, false))
        let all = Self.chain("tcp dport 1-65535 redirect to :8080")
        #expect(try Self.reach("0.0.0.0", 22, all) == (false, false))
    }

    @Test
    func `where a translation leads to is possible where it is not seen`() throws {
        let rules = Self.chain("tcp dport 80 redirect to :8000-8100")
        #expect(try Self.reach("0.0.0.0", 8050, rules) == (true, true))
        let only = Self.chain("meta l4proto tcp redirect to :8000-8100")
        #expect(try Self.reach("0.0.0.0", 8050, only) == (false, true))
    }

    @Test
    func `a published port does not reach the host's own listener`() throws {
        #expect(try Self.reach("0.0.0.0", 5432, ExplanationTests.docker) == (false, false))
        #expect(try Self.reach("0.0.0.0", 22, ExplanationTests.docker) == (true, true))
    }

    @Test
    func `a socket of every IPv6 address may take IPv4 as well`() throws {
        let rules =
            "table ip6 f {\nchain i {\ntype filter hook input priority 0; policy drop;\n}\n}"
        #expect(try Self.reach("::", 22, rules) == (false, true))
        #expect(try Self.reach("::", 22, "") == (true, true))
    }
}
