import PacketFilter
import Testing

/// Loaders take a value in more than one spelling; each case was held against nft 1.0.6 and 1.1.3,
/// iptables 1.8.9 of both engines and ipset 7.17.
struct SpellingTests {
    /// Two spellings of one thing.
    struct Pair: Sendable, CustomTestStringConvertible {
        var odd: String
        var plain: String

        init(_ odd: String, _ plain: String) {
            self.odd = odd
            self.plain = plain
        }

        var testDescription: String { odd }
    }

    private static func rules(_ outcome: LoadOutcome) throws -> Ruleset {
        switch outcome {
        case .loaded(let ruleset): return ruleset
        case .doubtful(let ruleset, _, _): return try #require(ruleset)
        case .refused(_, let problem):
            Issue.record("refused: \(problem.message)")
            return Ruleset()
        case .unclear:
            Issue.record("unclear")
            return Ruleset()
        }
    }

    private static func statements(_ outcome: LoadOutcome) throws -> [[Statement]] {
        let found = try rules(outcome).tables.flatMap(\.chains).flatMap(\.rules).map(\.statements)
        try #require(!found.isEmpty)
        return found
    }

    private static func nft(_ rule: String) throws -> [[Statement]] {
        let text = "table inet t {\n chain c {\n \(rule)\n }\n}\n"
        return try statements(
            Ruleset().loading(
                nftFile: Array(text.utf8), path: "rules", presence: { _ in .present },
                include: { _ in .missing }))
    }

    @Test(arguments: [
        Pair("ip saddr 10.0.0.0/010 accept", "ip saddr 10.0.0.0/8 accept"),
        Pair("ip saddr { 10.0.0.0/010 } accept", "ip saddr { 10.0.0.0/8 } accept"),
        Pair("ip6 saddr fd00::/010 accept", "ip6 saddr fd00::/8 accept"),
        Pair("tcp dport 022 accept", "tcp dport 18 accept"),
        Pair("@th,020,020 22 accept", "@th,16,16 22 accept"),
    ])
    func `a number with a zero before it is an octal one to nft`(pair: Pair) throws {
        #expect(try Self.nft(pair.odd) == Self.nft(pair.plain))
    }

    private static func iptables(_ rule: String, in table: String) throws -> [[Statement]] {
        let text = "*\(table)\n-A \(rule)\nCOMMIT\n"
        return try statements(
            Ruleset().loading(
                xtablesFile: Array(text.utf8), path: "rules", family: .v4, engine: .legacy))
    }

    @Test(arguments: [
        Pair("-m mark --mark 010/+020", "-m mark --mark 8/16"),
        Pair("-m ttl --ttl-eq 064", "-m ttl --ttl-eq 52"),
        Pair("-m length --length 0x10:020", "-m length --length 16"),
        Pair("-p icmp --icmp-type 010", "-p icmp --icmp-type 8"),
        Pair("-m state --state e,r", "-m state --state ESTABLISHED,RELATED"),
        Pair("-m conntrack --ctstate est,U", "-m conntrack --ctstate ESTABLISHED,UNTRACKED"),
        Pair("-m conntrack --ctstatus seen,ASS", "-m conntrack --ctstatus SEEN_REPLY,ASSURED"),
        Pair("-m conntrack --ctdir original", "-m conntrack --ctdir ORIGINAL"),
        Pair("-m conntrack --ctorigdstport ssh:http", "-m conntrack --ctorigdstport 22:80"),
        Pair("-m conntrack --ctorigdstport 80:", "-m conntrack --ctorigdstport 80:65535"),
        Pair("-m pkttype --pkt-type MCAST", "-m pkttype --pkt-type multicast"),
        Pair("-m addrtype --dst-type LOC,multi", "-m addrtype --dst-type LOCAL,MULTICAST"),
        Pair("-p tcp --tcp-flags all syn", "-p tcp --tcp-flags ALL SYN"),
        Pair("-c 1,2 -p tcp", "-c 1 2 -p tcp"),
    ])
    func `iptables takes numbers in any base, and names cut short`(pair: Pair) throws {
        #expect(
            try Self.iptables("INPUT \(pair.odd) -j DROP", in: "filter")
                == Self.iptables("INPUT \(pair.plain) -j DROP", in: "filter"))
    }

    @Test(arguments: [
        "-p udp --dport 022", "-p tcp --dport 0x16", "-p tcp -m multiport --dports 022",
    ])
    func `which port a number in another base is depends on who reads it`(match: String) throws {
        let statements = try Self.iptables("INPUT \(match) -j DROP", in: "filter")
        let isUnknown = statements.first?.contains { statement in
            switch statement {
            case .condition, .opaque: true
            default: false
            }
        }
        #expect(isUnknown == true)
    }

    @Test func `a type of ICMP that stands for all types lets all of them in`() throws {
        let all = try Self.iptables("INPUT -p icmp -j DROP", in: "filter")
        for type in ["any", "255", "255/255", "0xff/3"] {
            let rule = "INPUT -p icmp --icmp-type \(type) -j DROP"
            #expect(try Self.iptables(rule, in: "filter") == all)
        }
        let none = try Self.iptables("INPUT -p icmp ! --icmp-type 255/255 -j DROP", in: "filter")
        #expect(none.first?.contains(.match(.field(.sourcePort), .empty)) == true)
    }

    @Test func `in a range that ends before it begins there is no address`() throws {
        let rule = "INPUT -m iprange --src-range 10.0.0.9-10.0.0.1 -j DROP"
        let statements = try Self.iptables(rule, in: "filter")
        #expect(statements.first?.first == .match(.slice(.field(.source), 0..<32), .empty))
    }

    @Test func `where a range leads that ends before it begins is not known`() throws {
        let rule = "PREROUTING -p tcp -j DNAT --to-destination 10.0.0.5-10.0.0.1"
        let statements = try Self.iptables(rule, in: "nat")
        guard case .opaque? = statements.first?.first else {
            Issue.record("not an unknown")
            return
        }
    }

    private static func ipset(_ text: String) throws -> NamedSet? {
        let bytes = Array((text.replacing("; ", with: "\n") + "\n").utf8)
        return try rules(Ruleset().loading(ipsetFile: bytes, path: "sets")).ipsets["a"]?.members
    }

    @Test(arguments: [
        Pair(
            "create a hash:ip,port; add a 10.0.0.1,tcp:022",
            "create a hash:ip,port; add a 10.0.0.1,tcp:18"),
        Pair(
            "create a bitmap:port range 020-0x20; add a 026",
            "create a bitmap:port range 16-32; add a 22"),
        Pair("create -exist a hash:ip; add -! a 10.0.0.1", "create a hash:ip; add a 10.0.0.1"),
        Pair("create a iphash; add a 10.0.0.1", "create a hash:ip; add a 10.0.0.1"),
        Pair(
            "create a hash:ip timeout 00; add a 10.0.0.1",
            "create a hash:ip timeout 0; add a 10.0.0.1"),
    ])
    func `ipset takes numbers in any base, and words in more than one place`(pair: Pair) throws {
        #expect(try Self.ipset(pair.odd) == Self.ipset(pair.plain))
    }

    @Test func `a port of a bridge is no interface to an ipset`() throws {
        let text = "create a hash:net,iface; add a 10.0.0.0/8,eth0; add a 10.0.0.0/8,physdev:eth0"
        #expect(try Self.ipset(text)?.unknown != nil)
    }
}
