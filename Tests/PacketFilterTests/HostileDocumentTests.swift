import PacketFilter
import Testing

/// Documents that nobody writes by accident: every one ends with an answer or with an error, and
/// soon. Counts suit a build without optimization.
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
        for count in "table inet f {".utf8.count..<(bytes.count - 2) {
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
    func `chains that jump 4,000 deep are too deep, and so is a circle`() throws {
        let chains = (0..<4_000).map { "chain c\($0) { jump c\(($0 + 1) % 4_000); }" }
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

    /// What a file for nft comes to.
    static func loading(_ text: String) -> LoadOutcome {
        Ruleset().loading(
            nftFile: Array(text.utf8), path: "rules.nft", presence: { _ in .present },
            include: { _ in .missing })
    }

    static func isLoaded(_ outcome: LoadOutcome) -> Bool {
        if case .loaded = outcome { true } else { false }
    }

    static let chain = "add table t\nadd chain t c { type filter hook input priority filter; }\n"

    @Test(arguments: [
        "add rule t c meta hour \"99999999999999999:0\" accept",
        "add rule t c meta hour \"9223372036854775807:1:1\" accept",
        "add chain t d { type filter hook input priority filter + 9223372036854775807; }",
        "add chain t d { type filter hook input priority raw - 9223372036854775807; }",
        "add chain t d { type filter hook input priority 99999999999; }",
        "add rule t c index 9223372036854775807 accept",
        "add rule t c index \"-5\" accept",
        "add rule t c ip saddr 10.0.0.0/\"-5\" accept",
        "add rule t c meta mark set meta mark << \"-5\"",
        "add rule t c meta mark set numgen inc mod 2 offset 340282366920938463463374607431768211455",
    ])
    func `a number that no rule can have is not loaded`(_ line: String) {
        #expect(!Self.isLoaded(Self.loading(Self.chain + line + "\n")))
    }

    @Test(arguments: ["-9223372036854775808", "0", "4294967295", "9223372036854775807"])
    func `a rule is put at whatever place`(_ place: String) {
        let text = "*filter\n-I INPUT \(place) -j ACCEPT\nCOMMIT\n"
        _ = Ruleset().loading(
            xtablesFile: Array(text.utf8), path: "rules.v4", family: .v4, engine: .legacy)
    }

    @Test(arguments: [" and 1", " << 0"])
    func `a rule of 10,000 operators is not understood`(_ part: String) throws {
        let rule = "ip t c meta mark" + String(repeating: part, count: 10_000) + " == 1 accept"
        #expect(!Self.isLoaded(Self.loading(Self.chain + "add rule " + rule + "\n")))
    }

    @Test
    func `5,000 elements that are added one by one are read at once`() {
        let lines = (0..<5_000).map { "add element t s { 10.0.\($0 >> 7).\(($0 & 127) << 1) }" }
        let text = "add table t\nadd set t s { type ipv4_addr; }\n" + lines.joined(separator: "\n")
        guard case .loaded(let ruleset) = Self.loading(text + "\n") else {
            Issue.record("not loaded")
            return
        }
        #expect(ruleset.tables[0].sets["s"]?.members.numbers.ranges.count == 5_000)
    }

    @Test
    func `3,000 chains and rules of iptables are read at once`() throws {
        let chains = (0..<3_000).map { ":KUBE-SERVICE-CHAIN-\($0) - [0:0]" }
        let rules = (0..<3_000).map { "-A KUBE-SERVICE-CHAIN-\($0) -s 10.0.0.1/32 -j DROP" }
        let text = (["*filter"] + chains + rules + ["COMMIT", ""]).joined(separator: "\n")
        var ruleset = Ruleset()
        try ruleset.read(xtablesListing: Array(text.utf8), family: .v4, engine: .nftables)
        #expect(ruleset.tables[0].chains.map(\.rules.count).reduce(0, +) == 3_000)
    }

    @Test(.timeLimit(.minutes(1)))
    func `a file of 10,000 chains that lead to each other is read at once`() {
        let chains = (0..<10_000).map { ":c\($0) - [0:0]" }
        let rules = (0..<9_999).map { "-A c\($0) -j c\($0 + 1)" }
        let text = (["*filter"] + chains + rules + ["COMMIT", ""]).joined(separator: "\n")
        let outcome = Ruleset().loading(
            xtablesFile: Array(text.utf8), path: "rules.v4", family: .v4, engine: .legacy)
        guard case .doubtful(let ruleset?, _, let doubts) = outcome else {
            Issue.record("not in doubt")
            return
        }
        #expect(ruleset.tables[0].chains.map(\.rules.count).reduce(0, +) == 9_999)
        #expect(doubts.contains { $0.message == "jumps that never end" })
    }

    @Test
    func `of 10,000 members of an ipset the longer prefix wins`() throws {
        var lines = ["create s hash:net", "add s 10.0.0.0/8"]
        for number in 0..<5_000 {
            let (high, low) = (number >> 8, number & 255)
            lines.append("add s 10.\(high).\(low).0/24 nomatch")
            lines.append("add s 10.\(high).\(low).7")
        }
        var ruleset = Ruleset()
        try ruleset.read(ipsetListing: Array(lines.joined(separator: "\n").utf8))
        let numbers = try #require(ruleset.ipsets["s"]).members.members.numbers
        #expect(numbers.ranges.count == 5_001)
        #expect(numbers.contains(0x0A00_0007) && !numbers.contains(0x0A00_0008))
        #expect(numbers.contains(0x0AFF_FFFF) && !numbers.contains(0x0B00_0000))
    }

    @Test
    func `all IPv6 addresses but one network are in an ipset`() throws {
        let lines = ["create s hash:net family inet6", "add s ::/0", "add s ff00::/8 nomatch"]
        var ruleset = Ruleset()
        try ruleset.read(ipsetListing: Array(lines.joined(separator: "\n").utf8))
        let numbers = try #require(ruleset.ipsets["s"]).members.members.numbers
        #expect(numbers.ranges == [0...(0xFF00 << 112 - 1)])
    }

    @Test
    func `lists that have more members than there is room for are unknown`() throws {
        var lines = ["create a hash:ip,port", "create b hash:ip,port"]
        for number in 0..<2_000 {
            lines.append("add a 10.0.\(number >> 8).\(number & 255),80")
        }
        for number in 0..<2_500 {
            lines += ["create l\(number) list:set", "add l\(number) a", "add l\(number) b"]
        }
        var ruleset = Ruleset()
        try ruleset.read(ipsetListing: Array(lines.joined(separator: "\n").utf8))
        #expect(ruleset.ipsets.values.count { $0.members.unknown != nil } == 500)
    }

    @Test
    func `a member that a list names again is in it once`() throws {
        let lines =
            ["create a hash:ip,port", "add a 10.0.0.1,80", "create l list:set"]
            + Array(repeating: "add l a", count: 1_000)
        var ruleset = Ruleset()
        try ruleset.read(ipsetListing: Array(lines.joined(separator: "\n").utf8))
        #expect(ruleset.ipsets["l"]?.members.members.tuples.count == 1)
    }
}
