import Testing

@testable import PacketFilter

/// What the kernel tells of rules, byte by byte, held against what nft and iptables list.
struct KernelReaderTests {
    static let network = HostNetwork(
        interfaces: [
            NetworkInterface("lo", isLoopback: true),
            NetworkInterface(
                "eth0",
                addresses: ["192.0.2.1/24", "2001:db8::1/64"].compactMap { InterfaceAddress($0) },
                forwards4: true, forwards6: true),
            NetworkInterface(
                "eth1", addresses: ["198.51.100.1/24"].compactMap { InterfaceAddress($0) },
                forwards4: true, forwards6: true),
        ],
        routes: [
            "192.0.2.0/24 eth0", "198.51.100.0/24 eth1", "2001:db8::/32 eth0", "0.0.0.0/0 eth1",
        ].compactMap { line in
            let words = line.split(separator: " ")
            return Prefix(words[0]).map { Route($0, interface: String(words[1])) }
        })

    @Test(arguments: RecordedDump.listed)
    func `the kernel's bytes let in the same packets as the listing`(dump: RecordedDump) throws {
        let arena = DiagramArena()
        let told = try FirewallAnalysis(dump.ruleset(), on: Self.network, arena: arena)
        var listed = Ruleset()
        if dump.name == "extensions" {
            try listed.read(xtablesListing: dump.listing(), family: .v4, engine: .nftables)
        } else {
            try listed.read(nftListing: dump.listing(), links: Array(dump.names().links.values))
        }
        let other = try FirewallAnalysis(listed, on: Self.network, arena: arena)
        #expect(told.space.interfaces == other.space.interfaces)
        for direction in [Direction.input, .forward] {
            #expect(try told.bounds(direction).certain == other.bounds(direction).certain)
            #expect(try told.bounds(direction).possible == other.bounds(direction).possible)
        }
    }

    @Test(arguments: RecordedDump.all)
    func `nothing of a dump that is cut counts`(dump: RecordedDump) throws {
        let bytes = try dump.bytes()
        for length in stride(from: 0, to: bytes.count, by: 20) {
            var ruleset = Ruleset()
            #expect(throws: PacketFilterError(.malformed, "nf_tables")) {
                try ruleset.read(kernelDump: KernelDump(Array(bytes[..<length])))
            }
            #expect(ruleset.tables.isEmpty)
        }
    }

    @Test(arguments: RecordedDump.all)
    func `a damaged dump is read or refused`(dump: RecordedDump) throws {
        var bytes = try dump.bytes()
        // A few places of each; every byte of all would take minutes.
        for place in stride(from: 40, to: bytes.count, by: bytes.count / 12 | 1) {
            let kept = bytes[place]
            bytes[place] ^= [1, 0x80, 0xFF][place % 3]
            var ruleset = Ruleset()
            _ = try? ruleset.read(kernelDump: KernelDump(bytes))
            bytes[place] = kept
        }
    }

    @Test(arguments: RecordedDump.native)
    func `every rule that is listed is told, with its handle`(dump: RecordedDump) throws {
        var listed = Ruleset()
        try listed.read(nftListing: dump.listing())
        let told = try dump.ruleset()
        #expect(listed.tables.map(\.name) == told.tables.map(\.name))
        for (one, other) in zip(listed.tables, told.tables) {
            #expect(one.isDormant == other.isDormant)
            for chain in one.chains {
                let place = try #require(other.index(ofChain: chain.name))
                #expect(other.chains[place].base == chain.base)
                let rules = other.chains[place].rules
                #expect(rules.count == chain.rules.count)
                #expect(rules.allSatisfy { $0.handle != nil && !$0.text.isEmpty })
            }
        }
    }

    @Test func `rules are told in nft's words`() throws {
        let tables = try RecordedDump(name: "ports").ruleset().tables
        #expect(
            tables[0].chains[0].rules.map(\.text) == [
                "tcp dport @open accept",
                "udp sport 53 udp dport >= 1024 udp dport <= 2000 accept",
                "tcp dport != { 1-1023, 5432 } ip saddr 10.0.0.0/8 accept",
                "th dport 53 meta l4proto { tcp, udp } accept",
                "sctp dport > 60000 accept",
                "udp dport < 100 accept",
                "icmp type { echo-request, timestamp-request } accept",
                "icmpv6 type nd-router-advert icmpv6 code no-route accept",
                "meta l4proto { gre, esp-ah } accept",
            ])
        let comment = try RecordedDump(name: "dormant").ruleset().tables[1].chains[0].rules[0]
        #expect(comment.text == "tcp dport 22 drop comment \"not here\"")
        #expect(comment.handle == 2)
    }

    @Test func `what a rule with a hidden match lets in is possible, not certain`() throws {
        let analysis = try FirewallAnalysis(
            RecordedDump(name: "hidden").ruleset(), on: Self.network)
        let bounds = try analysis.bounds(.input)
        #expect(bounds.certain == .none)
        #expect(bounds.possible != .none)
    }

    @Test func `a chain within a rule and a map of addresses with ports are followed`() throws {
        let analysis = try FirewallAnalysis(
            RecordedDump(name: "beyond").ruleset(), on: Self.network)
        let space = analysis.space
        let flows = { (direction: Direction, port: UInt128) throws -> Diagram in
            try space.arena.intersection([
                analysis.bounds(direction).possible, space.packets(.transport, 6),
                space.packets(.destinationPort, port),
            ])
        }
        #expect(try flows(.input, 7) != .none)
        #expect(try flows(.input, 8) == .none)
        #expect(try flows(.forward, 7000) != .none)
        #expect(try flows(.forward, 22) == .none)
    }
}
