import PacketFilter
import Testing

/// Files that nft 1.0.6 refuses though their grammar is sound, and their neighbours that it takes.
@Suite struct NftFileLawsTests {
    private enum Answer: Equatable { case loaded, refused, doubtful, unclear }

    private func answer(_ text: String) -> Answer {
        let outcome = Ruleset().loading(
            nftFile: Array(text.utf8), path: "rules",
            presence: { $0 == "eth0" ? .present : .absent }, include: { _ in .missing })
        return switch outcome {
        case .loaded: .loaded
        case .refused: .refused
        case .doubtful: .doubtful
        case .unclear: .unclear
        }
    }

    private func chain(
        _ rule: String, _ head: String = "type filter hook input priority 0; policy drop;",
        family: String = "inet", objects: String = ""
    ) -> String {
        "table \(family) t {\n\(objects)\nchain other { }\nchain c {\n\(head)\n\(rule)\n}\n}\n"
    }

    @Test(arguments: [
        "tcp dport 22 comment \"x\" accept", "accept drop", "reject accept", "queue num 1 accept",
        "jump other accept", "goto other drop", "tcp dport 22 accept counter",
    ])
    func `nothing but a comment follows what ends a rule`(rule: String) {
        #expect(answer(chain(rule)) != .loaded)
    }

    @Test(arguments: [
        "tcp dport 22 accept comment \"x\"", "continue accept",
        "tcp dport 22 counter log prefix \"a\" level info accept",
        "tcp dport vmap { 22 : accept } drop", "meta l4proto tcp ct state new accept",
    ])
    func `rules of good order are loaded`(rule: String) {
        #expect(answer(chain(rule)) == .loaded)
    }

    @Test(arguments: [
        "redirect", "masquerade", "dnat ip to 10.0.0.1", "snat ip to 10.0.0.1",
        "tcp dport 80 tproxy ip to 127.0.0.1:80", "dup to 10.0.0.1", "fwd to \"eth0\"",
    ])
    func `a filter chain of input holds no translation`(rule: String) {
        #expect(answer(chain(rule)) != .loaded)
    }

    @Test func `a translation counts for the chains that lead to it`() {
        let odd = chain("jump nat", objects: "chain nat { masquerade; }")
        let even = chain(
            "jump nat", "type nat hook postrouting priority srcnat;",
            objects: "chain nat { masquerade; }")
        #expect(answer(odd) != .loaded)
        #expect(answer(even) == .loaded)
        #expect(answer(chain("accept", objects: "chain nat { masquerade; }")) == .loaded)
    }

    @Test func `a port is translated only where the protocol is known`() {
        let head = "type nat hook prerouting priority dstnat;"
        #expect(answer(chain("redirect to :80", head)) != .loaded)
        #expect(answer(chain("tcp dport 8080 redirect to :80", head)) == .loaded)
        #expect(answer(chain("meta l4proto { tcp, udp } redirect to :80", head)) == .loaded)
        #expect(answer(chain("dnat to 10.0.0.1", head)) != .loaded)
        #expect(answer(chain("dnat to 10.0.0.1", head, family: "ip")) == .loaded)
    }

    @Test(arguments: [
        ("inet", "nat hook forward"), ("inet", "route hook input"), ("netdev", "filter hook input"),
        ("ip", "filter hook ingress device eth0"), ("bridge", "nat hook prerouting"),
        ("inet", "filter hook input device eth0"), ("arp", "filter hook forward"),
    ])
    func `a family has no chain of every type at every hook`(family: String, head: String) {
        #expect(answer(chain("accept", "type \(head) priority 0;", family: family)) != .loaded)
    }

    @Test func `names of priorities belong to their hooks`() {
        #expect(answer(chain("accept", "type filter hook input priority dstnat;")) != .loaded)
        #expect(answer(chain("accept", "type filter hook prerouting priority dstnat;")) == .loaded)
    }

    @Test func `a chain keeps the hook that it has`() {
        let first = "chain c { type filter hook input priority 0; }\n"
        let again = "table inet t {\n\(first)chain c { type filter hook input priority 5; }\n}\n"
        #expect(answer(again) != .loaded)
        #expect(answer("table inet t {\n\(first)chain c { tcp dport 22 accept; }\n}\n") == .loaded)
        #expect(answer("table inet t {\nchain c { policy drop; }\n}\n") != .loaded)
    }

    @Test func `elements of a set do not overlap unless they are merged`() {
        func set(_ words: String) -> String {
            "table inet t {\nset s { type ipv4_addr; \(words) elements = { 10.0.0.0/8, 10.1.0.0/16 }\n}\n}\n"
        }
        #expect(answer(set("")) != .loaded)
        #expect(answer(set("flags interval;")) != .loaded)
        #expect(answer(set("flags interval; auto-merge;")) == .loaded)
    }

    @Test func `a key has one verdict and a set has elements`() {
        #expect(answer(chain("tcp dport vmap { 22 : accept, 22 : drop }")) != .loaded)
        #expect(answer(chain("tcp dport { } accept")) != .loaded)
    }

    @Test func `what nothing defines may be missing`() {
        #expect(answer(chain("counter name \"x\" accept")) != .loaded)
        #expect(answer(chain("counter name \"x\" accept", objects: "counter x { }")) == .loaded)
    }

    @Test(arguments: [
        "iifname \"\" accept", "iifname \"*\" accept", "iifname \"abcdefghijklmnop\" accept",
        "log level nosuch accept", "ip dscp 64 accept", "meta hour \"25:00\" accept",
        "xt match conntrack accept",
    ])
    func `values that nothing can have refuse the file`(rule: String) {
        #expect(answer(chain(rule)) != .loaded)
    }

    @Test func `a file with the line ends of another system is refused`() {
        #expect(answer("flush ruleset\r\ntable inet t { }\r\n") != .loaded)
    }

    @Test func `destroy is no command of older versions`() {
        #expect(answer("destroy table inet t\n") != .loaded)
    }
}
