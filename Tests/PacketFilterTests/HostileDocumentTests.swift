import PacketFilter
import Testing

/// Documents that nobody writes by accident: every one ends with an answer or with an error.
struct HostileDocumentTests {
    static let nft = """
        table inet f {
        \tset s { type ipv4_addr . inet_service; flags interval; elements = { 10.0.0.0/8 . 22 } }
        \tchain c {
        \t\ttype filter hook input priority filter; policy drop;
        \t\tct state vmap { established : accept, invalid : drop }
        \t\tip saddr . tcp dport @s limit rate 5/second log prefix "a b" accept # handle 3
        \t\ticmpv6 type { 1-4, echo-request } jump d
        \t}
        \tchain d { meta mark set meta mark and 0xf; return; }
        }

        """

    static let xtables = """
        *filter
        :INPUT DROP [1:2]
        :c - [0:0]
        [3:4] -A INPUT ! -s 10.0.0.0/8 -p tcp -m multiport --dports 22,80:90 -j c
        -A c -m comment --comment "a \\"b" -m set --match-set bad src -j DNAT --to-destination 10.0.0.1:80
        COMMIT

        """

    static let ipset = """
        create a hash:ip,port family inet timeout 30
        add a 192.0.2.1,tcp:80-90 timeout 3
        create l list:set
        add l a

        """

    static func read(_ bytes: [UInt8]) {
        var ruleset = Ruleset()
        try? ruleset.read(nftListing: bytes)
        try? ruleset.read(xtablesListing: bytes, family: .v4, engine: .nftables)
        try? ruleset.read(ipsetListing: bytes)
    }

    @Test(arguments: [nft, xtables, ipset])
    func `a document that is cut anywhere ends with an answer or an error`(_ text: String) {
        let bytes = Array(text.utf8)
        for count in bytes.indices { Self.read(Array(bytes[..<count])) }
    }

    @Test
    func `a listing that is cut inside a table is no listing`() {
        let bytes = Array(Self.nft.utf8)
        for count in 1..<(bytes.count - 2) {
            var ruleset = Ruleset()
            #expect(throws: PacketFilterError.self) {
                try ruleset.read(nftListing: Array(bytes[..<count]))
            }
        }
    }

    @Test(arguments: ["{", "(", "table t {", "chain c {", "ip saddr {", "jump ", ". ", "! "])
    func `10,000 levels end with an answer or an error`(_ level: String) {
        let deep = String(repeating: level, count: 10_000)
        for head in [
            "", "table inet t { chain c { tcp dport ", "table inet t { set s { elements = ",
        ] {
            Self.read(Array((head + deep).utf8))
        }
        Self.read(Array(("*filter\n:INPUT DROP [0:0]\n-A INPUT " + deep + "\nCOMMIT\n").utf8))
    }

    @Test
    func `chains that jump 10,000 deep are too deep, and so is a circle`() throws {
        let chains = (0..<10_000).map { "chain c\($0) { jump c\(($0 + 1) % 10_000); }" }
        let text = """
            table inet t {
            \(chains.joined(separator: "\n"))
            chain i { type filter hook input priority 0; policy drop; jump c0; }
            }

            """
        var ruleset = Ruleset()
        try ruleset.read(nftListing: Array(text.utf8))
        #expect(throws: PacketFilterError.self) {
            _ = try FirewallAnalysis(ruleset, on: FirewallCaseTests.network)
        }
    }
}
