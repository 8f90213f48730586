import PacketFilter
import Testing

/// What a file does that is not followed, or may be refused at several places, leaves more than one
/// thing possible.
struct LoadOutcomeTests {
    private static func nft(_ lines: [String]) -> LoaderCase.Answer {
        LoaderCase("", (["add table t", "add chain t c"] + lines + [""]).joined(separator: "\n"))
            .nft
    }

    @Test(arguments: [
        ["delete rule t c handle 3"], ["replace rule t c handle 3 accept"],
        ["add rule t c handle 3 accept"], ["add set t s { type bogus; }"],
        ["add set t s { type ipv4_addr; elements = { host.example } }"],
        ["add set t s { type ipv4_addr; }", "delete element t s { 10.0.0.1 }"],
        ["delete rule t c handle 3", "add rule t nowhere accept"],
    ])
    func `nothing is known after what nft does is not followed`(lines: [String]) {
        #expect(Self.nft(lines) == .unclear)
    }

    @Test func `nothing is known of a file that includes one which cannot be read`() {
        let outcome = Ruleset().loading(
            nftFile: Array("include \"/etc/part.nft\"\n".utf8), path: "rules",
            presence: { _ in .present }, include: { _ in .unreadable })
        guard case .unclear = outcome else {
            Issue.record("something is known")
            return
        }
    }

    private static func iptables(_ rules: String...) -> LoadOutcome {
        let lines = ["*filter", ":INPUT DROP [0:0]", ":u - [0:0]"] + rules + ["COMMIT", ""]
        return Ruleset().loading(
            xtablesFile: Array(lines.joined(separator: "\n").utf8), path: "rules", family: .v4,
            engine: .legacy)
    }

    @Test(arguments: [
        "-D INPUT 1", "-D INPUT -j ACCEPT", "-R INPUT 1 -j ACCEPT", "-E u w", "-AINPUT -j ACCEPT",
        "-p tcp -A INPUT -j ACCEPT",
    ])
    func `nothing is known after what iptables does is not followed`(line: String) {
        for outcome in [Self.iptables(line), Self.iptables(line, "-A INPUT -j w")] {
            guard case .unclear = outcome else {
                Issue.record("something is known")
                continue
            }
        }
    }

    @Test func `an option that is not followed is an unknown in its rule`() throws {
        let lines = ["*nat", "-A PREROUTING -j DNAT --bogus", "COMMIT", "*filter", "COMMIT", ""]
        let outcome = Ruleset().loading(
            xtablesFile: Array(lines.joined(separator: "\n").utf8), path: "rules", family: .v4,
            engine: .legacy)
        guard case .doubtful(let ruleset?, _, _) = outcome else {
            Issue.record("not in doubt")
            return
        }
        #expect(ruleset.tables.map(\.name) == ["nat", "filter"])
    }

    @Test func `a table that is refused leaves those before it`() {
        let lines = [
            "*raw", "COMMIT", "*filter", "-A INPUT -m bogus -j DROP", "COMMIT", "*nat",
            "-A PREROUTING -m bogus -j DROP", "COMMIT", "*mangle", "-A nowhere -j DROP", "COMMIT",
            "",
        ]
        let outcome = Ruleset().loading(
            xtablesFile: Array(lines.joined(separator: "\n").utf8), path: "rules", family: .v4,
            engine: .legacy)
        guard case .doubtful(nil, let refused, _) = outcome else {
            Issue.record("not refused at one of several places")
            return
        }
        #expect(
            refused.map { $0.tables.map(\.name) } == [
                ["raw"], ["raw", "filter"], ["raw", "filter", "nat"],
            ])
    }

    @Test func `a target that an extension may bring is not surely refused`() {
        guard case .doubtful = Self.iptables("-A INPUT -p tcp -j TARPIT") else {
            Issue.record("not in doubt")
            return
        }
    }

    @Test(arguments: [
        "ct status 0x1-0x5 accept", "ct state 0x1-0x5 accept", "tcp flags 1-5 drop",
        "meta priority set 1:10", "meta priority 1:10 accept",
        "meta priority set ip dscp map { cs0 : 1:10 }",
    ])
    func `a range of bits or a class of traffic is not surely refused`(rule: String) {
        #expect(LoaderCase("", rule: rule).nft == .doubtful)
    }

    @Test(arguments: ["10.0.0.1:0", "10.0.0.1:0-0", ":0", "10.0.0.1:http", "10.0.0.1:bogus"])
    func `a port of a translation that is none is no surprise`(destination: String) {
        let rule = "-A PREROUTING -p tcp -j DNAT --to-destination \(destination)"
        #expect(LoaderCase("", "*nat\n\(rule)\nCOMMIT\n").xtables(.legacy) == .doubtful)
    }

    @Test func `a policy of a chain that has none is passed over by one engine alone`() {
        let file = LoaderCase("", "*filter\n:u DROP [0:0]\nCOMMIT\n")
        #expect(file.xtables(.nftables) == .doubtful)
        #expect(file.xtables(.legacy) == .refused)
    }

    private static func ipset(_ lines: String...) -> LoadOutcome {
        let bytes = Array((lines + [""]).joined(separator: "\n").utf8)
        return Ruleset().loading(ipsetFile: bytes, path: "sets")
    }

    @Test(arguments: ["quit", "swap a b", "rename a b", "create b bogus", "-q add a 10.0.0.1"])
    func `nothing is known after what ipset does is not followed`(line: String) {
        let outcome = Self.ipset("create a hash:ip", line, "add b 10.0.0.1")
        guard case .unclear = outcome else {
            Issue.record("something is known")
            return
        }
    }

    @Test func `an element that may be refused leaves a part of the sets`() {
        let outcome = Self.ipset("create a hash:ip", "add a 10.0.0.1 timeout 5", "add a 10.0.0.2")
        guard case .doubtful(let loaded?, let refused, _) = outcome else {
            Issue.record("not in doubt")
            return
        }
        #expect(loaded.ipsets["a"]?.members.unknown == nil)
        #expect(refused.map { $0.ipsets["a"] == nil } == [true, false])
        #expect(refused.last?.ipsets["a"]?.members.unknown != nil)
    }
}
