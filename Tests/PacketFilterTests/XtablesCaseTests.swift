import PacketFilter
import Testing

/// The iptables states of `cases/hosts.yaml`.
struct XtablesCaseTests {
    /// A host with containers behind `docker0`.
    static let network = HostNetwork(
        interfaces: [
            NetworkInterface("lo", isLoopback: true),
            NetworkInterface(
                "eth0", addresses: [InterfaceAddress("192.0.2.1/24")].compactMap { $0 },
                hasIPv6: false, forwards4: true),
            NetworkInterface(
                "docker0", addresses: [InterfaceAddress("172.17.0.1/16")].compactMap { $0 },
                hasIPv6: false, forwards4: true),
        ],
        routes: [
            Route(Prefix(Address(.v4, 0xC000_0200), length: 24), interface: "eth0"),
            Route(Prefix(Address(.v4, 0xAC11_0000), length: 16), interface: "docker0"),
        ], inside: ["docker0"], forwards4ByDefault: true, hasIPv6ByDefault: false)

    static let ssh = """
        *filter
        :INPUT DROP [0:0]
        :FORWARD DROP [0:0]
        :OUTPUT ACCEPT [0:0]
        -A INPUT -i lo -j ACCEPT
        -A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
        -A INPUT -p tcp -m tcp --dport 22 -j ACCEPT
        COMMIT
        """

    static func docker(_ destination: String, extra: String = "") -> String {
        """
        *raw
        :PREROUTING ACCEPT [0:0]
        :OUTPUT ACCEPT [0:0]
        -A PREROUTING -d 172.17.0.2/32 ! -i docker0 -j DROP
        \(extra)
        COMMIT
        *nat
        :PREROUTING ACCEPT [0:0]
        :INPUT ACCEPT [0:0]
        :OUTPUT ACCEPT [0:0]
        :POSTROUTING ACCEPT [0:0]
        :DOCKER - [0:0]
        -A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
        -A DOCKER \(destination) ! -i docker0 -p tcp -m tcp --dport 5432 -j DNAT --to-destination 172.17.0.2:5432
        COMMIT
        *filter
        :INPUT DROP [0:0]
        :FORWARD DROP [0:0]
        :OUTPUT ACCEPT [0:0]
        :DOCKER - [0:0]
        -A INPUT -p tcp -m tcp --dport 22 -j ACCEPT
        -A FORWARD -o docker0 -j DOCKER
        -A DOCKER -d 172.17.0.2/32 ! -i docker0 -o docker0 -p tcp -m tcp --dport 5432 -j ACCEPT
        COMMIT
        """
    }

    static func analysis(
        _ documents: [(String, FilterTable.Engine)], on network: HostNetwork
    ) throws -> FirewallAnalysis {
        var ruleset = Ruleset()
        for (text, engine) in documents {
            try ruleset.read(
                xtablesListing: Array((text + "\n").utf8), family: .v4, engine: engine)
        }
        return try FirewallAnalysis(ruleset, on: network)
    }

    static func lines(_ analysis: FirewallAnalysis, _ direction: Direction) throws -> [String] {
        try analysis.flows(direction, declared: [], icmp: .essential).filter {
            $0.interface == "eth0" && $0.declaredBy == nil
        }.map { ($0.isCertain ? "" : "possibly ") + $0.text }
    }

    @Test
    func `FW-31 a published port is open through FORWARD, whatever INPUT says`() throws {
        let analysis = try Self.analysis([(Self.docker(""), .nftables)], on: Self.network)
        let input = try Self.lines(analysis, .input)
        #expect(input == ["ipv4 tcp 22 from any on eth0"])
        let forward = try Self.lines(analysis, .forward)
        #expect(
            forward == [
                "tcp 5432 from any to 127.0.0.0/8 172.17.0.1 192.0.2.1 on eth0",
                "tcp 5432 from any to another address of this host on eth0",
            ])
    }

    @Test
    func `FW-32 a port published on loopback is open to neighbours before Docker 28`() throws {
        let analysis = try Self.analysis(
            [(Self.docker("-d 127.0.0.1/32"), .nftables)], on: Self.network)
        let forward = try Self.lines(analysis, .forward)
        #expect(forward == ["tcp 5432 from any to 127.0.0.1 on eth0"])
    }

    @Test
    func `FW-57 and closed with the raw rule of Docker 28`() throws {
        let raw = "-A PREROUTING -d 127.0.0.1/32 ! -i lo -p tcp -m tcp --dport 5432 -j DROP"
        let analysis = try Self.analysis(
            [(Self.docker("-d 127.0.0.1/32", extra: raw), .nftables)], on: Self.network)
        let forward = try Self.lines(analysis, .forward)
        #expect(forward.isEmpty)
    }

    @Test
    func `FW-33 the legacy engine alone filters`() throws {
        let analysis = try Self.analysis([(Self.ssh, .legacy)], on: Self.network)
        let input = try Self.lines(analysis, .input)
        #expect(input == ["ipv4 tcp 22 from any on eth0"])
        let decider = try analysis.flows(.input, declared: [], icmp: .essential).first {
            $0.declaredBy == nil
        }?.decider
        #expect(decider?.engine == .legacy)
    }

    @Test
    func `FW-34 a drop of either engine is final`() throws {
        let open = Self.ssh.replacing("--dport 22", with: "--dport 5432")
        let closed = """
            *filter
            :INPUT ACCEPT [0:0]
            -A INPUT -p tcp -m tcp --dport 5432 -j DROP
            COMMIT
            """
        let analysis = try Self.analysis(
            [(open, .nftables), (closed, .legacy)], on: Self.network)
        let input = try Self.lines(analysis, .input)
        #expect(input.isEmpty)
    }

    @Test
    func `FW-35 a comment does not hide what its rule accepts`() throws {
        let wide = Self.ssh.replacing(
            "-A INPUT -p tcp",
            with: """
                -A INPUT -s 10.0.0.0/8 -m comment --comment "temporary for migration" -j ACCEPT
                -A INPUT -p tcp
                """)
        let analysis = try Self.analysis([(wide, .nftables)], on: Self.network)
        #expect(try Self.lines(analysis, .input).contains { $0.contains("from 10.0.0.0/8") })
    }

    @Test
    func `FW-40 a router without a forward chain forwards everything`() throws {
        let analysis = try FirewallAnalysis(Ruleset(), on: Self.network)
        let forward = try Self.lines(analysis, .forward)
        #expect(
            forward == [
                "not icmp ipv6-icmp from any to 172.17.0.0/16 192.0.2.0/24 on eth0",
                "icmp 1 2 4-7 9 10 13-255 from any to 172.17.0.0/16 192.0.2.0/24 on eth0",
                """
                ipv6-icmp not 1-4 128-136 141-143 148 149 151-153 from any \
                to 172.17.0.0/16 192.0.2.0/24 on eth0
                """,
            ])
    }
}
