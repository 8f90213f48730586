import PacketFilter
import Testing

/// Sets of many elements, however they are given: the time grows with their number, and not with
/// its square, which takes minutes here. A million of them is read by `Tests/Fuzz/run.sh`.
@Suite(.timeLimit(.minutes(1)))
struct LargeSetTests {
    private static let count = 8_000

    private static func address(_ number: Int) -> String {
        "10.\(number >> 16).\(number >> 8 & 255).\(number & 255)"
    }

    private static func nft(_ lines: [String]) -> LoadOutcome {
        Ruleset().loading(
            nftFile: Array((lines.joined(separator: "\n") + "\n").utf8), path: "rules.nft",
            presence: { _ in .present }, include: { _ in .missing })
    }

    private static func ranges(of outcome: LoadOutcome) -> Int? {
        guard case .loaded(let ruleset) = outcome else { return nil }
        return ruleset.tables[0].sets["s"]?.members.numbers.ranges.count
    }

    @Test(arguments: ["", " flags interval;", " flags interval; auto-merge;"])
    func `elements are added to a set one by one`(words: String) {
        let lines = (0..<Self.count).map { "add element t s { \(Self.address(2 * $0)) }" }
        let head = ["add table t", "add set t s { type ipv4_addr;\(words) }"]
        #expect(Self.ranges(of: Self.nft(head + lines)) == Self.count)
    }

    @Test func `a set is declared with one more element each time`() {
        let lines = (0..<Self.count).map {
            "add set t s { type ipv4_addr; elements = { \(Self.address(2 * $0)) }; }"
        }
        #expect(Self.ranges(of: Self.nft(["add table t"] + lines)) == Self.count)
    }

    @Test func `other commands stand between elements that are added`() {
        let lines = (0..<Self.count).flatMap {
            [
                "add element t s { \(Self.address(2 * $0)) }", "flush set t other",
                "add rule t c ip saddr @s drop",
            ]
        }
        let head = [
            "add table t", "add chain t c", "add set t s { type ipv4_addr; }",
            "add set t other { type ipv4_addr; }",
        ]
        #expect(Self.ranges(of: Self.nft(head + lines)) == Self.count)
    }

    @Test func `verdicts are added to a map one by one`() {
        let lines = (0..<Self.count).map { "add element t m { \(Self.address(2 * $0)) : drop }" }
        let head = ["add table t", "add map t m { type ipv4_addr : verdict; }"]
        guard case .doubtful(let ruleset?, _, _) = Self.nft(head + lines) else {
            Issue.record("not in doubt")
            return
        }
        let entries = ruleset.tables[0].verdictMaps["m"]?.entries
        #expect(entries?.map(\.keys.numbers.ranges.count) == [Self.count])
    }

    @Test func `elements of an ipset are restored one by one`() {
        let head = ["create s hash:ip family inet maxelem 1000000"]
        let lines = (0..<Self.count).map { "add s \(Self.address(2 * $0))" }
        let outcome = Ruleset().loading(
            ipsetFile: Array((head + lines + [""]).joined(separator: "\n").utf8), path: "sets")
        guard case .loaded(let ruleset) = outcome else {
            Issue.record("not loaded")
            return
        }
        #expect(ruleset.ipsets["s"]?.members.members.numbers.ranges.count == Self.count)
    }
}
