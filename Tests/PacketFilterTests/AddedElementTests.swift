import PacketFilter
import Testing

/// What several commands give one set or map is held together, as the kernel does.
struct AddedElementTests {
    private static func nft(_ lines: String...) -> LoaderCase {
        LoaderCase(
            lines.joined(separator: "; "), (["add table t"] + lines + [""]).joined(separator: "\n"))
    }

    private static let interval = "add set t s { type ipv4_addr; flags interval; }"
    private static let verdicts = "add map t m { type ipv4_addr : verdict; }"

    static let doubtful: [LoaderCase] = [
        nft(interval, "add element t s { 10.0.0.0/8 }", "add element t s { 10.1.0.0/16 }"),
        nft(interval, "add element t s { 10.0.0.0/8 }", "add element t s { 10.0.0.0/8 }"),
        nft(
            "add set t s { type ipv4_addr . inet_service; flags interval; }",
            "add element t s { 10.0.0.0/8 . 22 }", "add element t s { 10.0.0.1 . 22 }"),
        nft(
            verdicts, "add element t m { 10.0.0.1 : drop }", "add element t m { 10.0.0.1 : accept }"
        ),
        nft(
            "add set t s { type ipv4_addr; size 2; }", "add element t s { 10.0.0.1 }",
            "add element t s { 10.0.0.2 }", "add element t s { 10.0.0.3 }"),
        nft(
            interval, "add element t s { 10.0.0.0/8 }", "add element t s { 10.1.0.0/16 }",
            "flush set t s"),
        nft(
            interval, "add element t s { 10.0.0.0/8 }", "add element t s { 10.1.0.0/16 }",
            "delete table t"),
    ]

    @Test(arguments: doubtful)
    func `what the kernel may refuse in the end is neither loaded nor refused`(file: LoaderCase) {
        #expect(file.nft == .doubtful)
    }

    static let loaded: [LoaderCase] = [
        nft(interval, "add element t s { 10.0.0.0/8 }", "add element t s { 192.0.2.0/24 }"),
        nft(
            "add set t s { type ipv4_addr; }", "add element t s { 10.0.0.1 }",
            "add element t s { 10.0.0.1 }"),
        nft(
            "add set t s { type ipv4_addr; flags interval; auto-merge; }",
            "add element t s { 10.0.0.0/8 }", "add element t s { 10.1.0.0/16 }"),
        nft(
            interval, "add element t s { 10.0.0.0/8 }", "flush set t s",
            "add element t s { 10.1.0.0/16 }"),
        nft(
            "add set t s { type ipv4_addr; size 2; }", "add element t s { 10.0.0.1 }",
            "add element t s { 10.0.0.2 }"),
    ]

    @Test(arguments: loaded)
    func `what the kernel takes is loaded`(file: LoaderCase) {
        #expect(file.nft == .loaded)
    }

    private static func table(_ lines: String...) throws -> FilterTable {
        let text = (["add table t"] + lines + [""]).joined(separator: "\n")
        let outcome = Ruleset().loading(
            nftFile: Array(text.utf8), path: "rules", presence: { _ in .present },
            include: { _ in .missing })
        switch outcome {
        case .loaded(let ruleset): return try #require(ruleset.tables.first)
        case .doubtful(let ruleset, _, _): return try #require(ruleset?.tables.first)
        case .refused, .unclear: return try #require(nil as FilterTable?)
        }
    }

    @Test func `a set has what is added after it was flushed`() throws {
        let table = try Self.table(
            Self.interval, "add element t s { 10.0.0.1 }", "flush set t s",
            "add element t s { 10.0.0.2 }", "add element t s { 10.0.0.4 }")
        let addresses: [ClosedRange<UInt128>] = [
            0x0A00_0002...0x0A00_0002, 0x0A00_0004...0x0A00_0004,
        ]
        #expect(table.sets["s"]?.members.numbers.ranges == addresses)
    }

    @Test func `an element passes with the timeout of its set`() throws {
        let table = try Self.table(
            "add set t s { type ipv4_addr; timeout 1h; }", "add element t s { 10.0.0.1 }")
        #expect(table.sets["s"]?.members.isEmpty == true)
        #expect(table.sets["s"]?.passing.isEmpty == false)
    }

    @Test(arguments: [
        "add map t m { type ipv4_addr : verdict; timeout 1h; }",
        "add map t m { type ipv4_addr : verdict; flags timeout; }",
    ])
    func `a map whose elements pass is not known`(declaration: String) throws {
        let table = try Self.table(declaration, "add element t m { 10.0.0.1 timeout 1m : drop }")
        #expect(table.verdictMaps["m"]?.unknown != nil)
    }

    @Test func `a set that is deleted and made again is there`() throws {
        let set = "add set t s { type ipv4_addr; }"
        let file = Self.nft(
            "add chain t c", set, "delete set t s", set, "add rule t c ip saddr @s drop")
        #expect(file.nft == .doubtful)
    }

    @Test func `a counter of odd words is refused`() {
        #expect(Self.nft("add counter t c { odd }").nft == .refused)
    }

    private static let address = "add s 10.0.0.1"

    @Test(arguments: [
        [address, "flush s", address], [address, "flush", address],
        [address, "destroy s", "create s hash:ip", address],
    ])
    func `an element of an ipset may come again after it was taken out`(lines: [String]) {
        let text = (["create s hash:ip timeout 5"] + lines + [""]).joined(separator: "\n")
        let outcome = Ruleset().loading(ipsetFile: Array(text.utf8), path: "sets")
        let ruleset: Ruleset? =
            switch outcome {
            case .loaded(let ruleset): ruleset
            case .doubtful(let ruleset, _, _): ruleset
            case .refused, .unclear: nil
            }
        let members = ruleset?.ipsets["s"]?.members
        #expect(members?.members.isEmpty == !lines.contains("destroy s"))
        #expect(members?.passing.isEmpty == lines.contains("destroy s"))
    }

    @Test func `an element that comes twice is refused by ipset`() {
        let text = "create s hash:ip\n\(Self.address)\n\(Self.address)\n"
        #expect(LoaderCase("", text).ipset == .refused)
    }
}
