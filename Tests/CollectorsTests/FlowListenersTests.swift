import Facts
import PacketFilter
import Testing

@testable import Collectors

/// Who listens behind what gets in.
struct FlowListenersTests {
    /// A host where process 7 has these lines of `/proc/net/tcp`, each with an inode from 100 on, and
    /// process 8 lives in a container.
    static func host(_ sockets: [String], container: [String] = []) -> GivenHost {
        func lines(_ sockets: [String], from inode: Int) -> GivenHost.Node {
            let lines = sockets.enumerated().map { index, socket in
                " \(index): \(socket) 00000000:0000 0A 0:0 00:0 00 0 0 \(inode + index) 1"
            }
            return .file(Array((["head"] + lines).joined(separator: "\n").utf8))
        }
        var nodes: [HostPath: GivenHost.Node] = [
            "/proc/1/ns/net": .link("net:[1]"), "/proc/1/net/tcp": lines(sockets, from: 100),
            "/proc/1/fd": .directory(), "/proc/7/ns/net": .link("net:[1]"),
            "/proc/7/comm": .file(Array("server\u{1B}[2J\n".utf8)),
            "/proc/7/cgroup": .file(Array("0::/system.slice/server.service\n".utf8)),
            "/proc/8/ns/net": .link("net:[2]"), "/proc/8/net/tcp": lines(container, from: 200),
            "/proc/8/fd": .directory(),
        ]
        for index in sockets.indices {
            nodes[HostPath("/proc/7/fd/\(index + 3)")] = .link(
                HostPath("socket:[\(100 + index)]"))
        }
        return GivenHost(nodes, kind: .live)
    }

    static let network = HostNetwork(
        interfaces: [
            NetworkInterface(
                "eth0", addresses: [InterfaceAddress("192.0.2.1/24")].compactMap { $0 })
        ], routes: [Route(Prefix(Address(.v4, 0), length: 0), interface: "eth0")])

    static func listeners(
        _ host: GivenHost, _ rules: String, declared: [PacketFilter.DeclaredFlow] = [],
        environments: [PacketFilter.DeclaredFlow] = []
    ) throws -> (FlowListeners, [PacketFlow]) {
        let text =
            "table inet f {\nchain i {\ntype filter hook input priority 0; policy drop;\n\(rules)\n}\n}\n"
        var ruleset = Ruleset()
        try ruleset.read(nftListing: Array(text.utf8))
        let analysis = try FirewallAnalysis(ruleset, on: network)
        let flows = try analysis.flows(.input, declared: declared, icmp: .none)
            .filter { $0.interface == "eth0" }
        let sockets = try #require(HostSockets(of: host))
        return (
            try FlowListeners(
                of: sockets, behind: flows, declared: declared, environments: environments,
                in: analysis), flows
        )
    }

    @Test func `a flow names who listens behind it, and a socket who reaches it`() throws {
        // 0.0.0.0:22, 127.0.0.1:5432 and 192.0.2.1:443.
        let host = Self.host(["00000000:0016", "0100007F:1538", "010200C0:01BB"])
        let (found, flows) = try Self.listeners(
            host,
            """
            ip saddr 10.0.0.0/8 tcp dport 22 accept
            tcp dport { 443, 5432 } accept
            udp dport 22 accept
            """)
        #expect(
            flows.map(\.text) == [
                "tcp 22 443 5432 from 10.0.0.0/8 on eth0", "tcp 443 5432 from any on eth0",
                "udp 22 from any on eth0",
            ])
        #expect(
            flows.map { found.listeners[$0] } == [
                #"server\x1b[2J (server.service) 0.0.0.0:22 192.0.2.1:443"#,
                #"server\x1b[2J (server.service) 192.0.2.1:443"#, nil,
            ])
        let reached = found.sockets.sockets.map { socket in
            found.reached[socket].map(Reachability.init)
        }
        #expect(
            reached == [
                .open(from: ["10.0.0.0/8"], isCertain: true),
                .open(from: ["any"], isCertain: true), .closed,
            ])
    }

    @Test func `a socket knows from the networks of which environments it is reached`() throws {
        func environment(_ name: String, _ networks: String...) -> PacketFilter.DeclaredFlow {
            PacketFilter.DeclaredFlow(
                name, sources: AddressSet(networks.compactMap { Prefix($0) }))
        }
        let host = Self.host(["00000000:0016", "00000000:0050", "00000000:1538"])
        let (found, _) = try Self.listeners(
            host,
            """
            ip saddr 10.20.0.0/16 tcp dport 22 accept
            ip saddr 10.10.7.0/24 meta mark 7 tcp dport 22 accept
            tcp dport 80 accept
            """,
            environments: [
                environment("production", "10.10.0.0/16", "fd00:10::/48"),
                environment("development", "10.20.30.0/24"), environment("none", "10.30.0.0/16"),
            ])
        let environments = found.sockets.sockets.map { socket in
            found.reached[socket]?.environments.map { "\($0.name) \($0.isCertain)" }
        }
        #expect(
            environments == [
                ["development true"],
                ["production true", "development true", "none true"], [],
            ])
    }

    @Test func `what nobody declares is told of the socket that it reaches`() throws {
        let host = Self.host(["00000000:0016", "00000000:0050", "00000000:1538"])
        let declared = [
            PacketFilter.DeclaredFlow(
                "ssh", transports: IntervalSet(6), destinationPorts: IntervalSet(22)),
            PacketFilter.DeclaredFlow(
                "mail", transports: IntervalSet(6), destinationPorts: IntervalSet(25)),
            PacketFilter.DeclaredFlow(
                "dns", transports: IntervalSet(17), destinationPorts: IntervalSet(53)),
        ]
        let (found, _) = try Self.listeners(
            host, "tcp dport { 22, 25, 80 } accept", declared: declared)
        let undeclared = found.sockets.sockets.map { found.reached[$0]?.isUndeclared }
        #expect(undeclared == [nil, true, nil])
        #expect(found.uses.map(\.isLetIn) == [true, true, nil])
        #expect(found.uses.map(\.sockets.count) == [1, 0, 0])
    }

    @Test func `a container's socket listens behind no flow of the host`() throws {
        let host = Self.host([], container: ["00000000:0016"])
        let (found, flows) = try Self.listeners(host, "tcp dport 22 accept")
        #expect(flows.count == 1 && found.listeners.isEmpty && found.reached.isEmpty)
    }

    @Test func `so many sockets that a scan would take long are not seen`() {
        let many = (1...2_001).map { "00000000:" + String($0 + 0x1000, radix: 16, uppercase: true) }
        #expect(HostSockets(of: Self.host(many)) == nil)
        #expect(HostSockets(of: Self.host(Array(many.dropLast()))) != nil)
    }
}
