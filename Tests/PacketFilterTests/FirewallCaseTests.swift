import PacketFilter
import Testing

/// The nft states of `cases/hosts.yaml`: what they let in, held against what they declare.
struct FirewallCaseTests {
    /// A host with `eth0` as the cases make it.
    static let network = HostNetwork(
        interfaces: [
            NetworkInterface("lo", isLoopback: true),
            NetworkInterface(
                "eth0",
                addresses: ["192.0.2.1/24", "2001:db8::1/64", "fe80::1/64"].compactMap {
                    InterfaceAddress($0)
                }),
        ],
        routes: [
            Route(Prefix(Address(.v4, 0xC000_0200), length: 24), interface: "eth0")
        ])

    static let discovery = """
        icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert, nd-router-advert } accept
        """

    static func input(_ rules: String, before: String = "", extra: String = "") -> String {
        """
        flush ruleset
        \(before)
        table inet filter {
          \(extra)
          chain input { type filter hook input priority filter; policy drop;
            iif "lo" accept
            ct state established,related accept
            \(discovery)
            \(rules)
          }
        }
        """
    }

    static func ports(_ numbers: UInt128..., from: String? = nil) -> DeclaredFlow {
        DeclaredFlow(
            "declared", transports: IntervalSet(6),
            destinationPorts: IntervalSet(numbers.map { $0...$0 }),
            sources: from.map { AddressSet([Prefix($0)].compactMap { $0 }) } ?? .any)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String { name }
        var name: String
        var rules: String
        var ingress: [DeclaredFlow]?
        var egress = FlowPolicy.Egress.unrestricted
        var holds: Bool?
    }

    static let cases: [Case] = [
        Case(
            name: "FW-03 new in the state list",
            rules: """
                table inet filter {
                  chain input { type filter hook input priority filter; policy drop;
                    ct state established,related,new accept
                    iif "lo" accept
                    ip saddr 127.0.0.0/8 drop
                    ip6 saddr ::1 drop
                  }
                  chain forward { type filter hook forward priority filter; policy drop; }
                  chain output { type filter hook output priority filter; policy drop; ct state established,related,new accept; }
                }
                """, ingress: [ports(22)], holds: false),
        Case(
            name: "FW-10 a port that nobody declared",
            rules: input("tcp dport { 22, 443, 5432 } accept"), ingress: [ports(22, 443)],
            holds: false),
        Case(
            name: "FW-11 the same, declared", rules: input("tcp dport { 22, 443, 5432 } accept"),
            ingress: [ports(22, 443, 5432)], holds: true),
        Case(
            name: "FW-13 nothing declared", rules: input("tcp dport { 22, 443, 5432 } accept"),
            ingress: nil, egress: .undeclared, holds: nil),
        Case(name: "FW-14 no rules, nothing declared", rules: "", ingress: nil, holds: false),
        Case(name: "FW-15 nothing enters", rules: input(""), ingress: nil, holds: true),
        Case(
            name: "FW-16 a source port",
            rules: input("udp sport 53 accept comment \"dns answers\"\n tcp dport 22 accept"),
            ingress: [ports(22)], holds: false),
        Case(
            name: "FW-17 accept is not final",
            rules: input(
                "tcp dport 22 accept",
                before: """
                    table inet vpn {
                      chain input { type filter hook input priority -10; policy accept;
                        tcp dport 5432 accept
                      }
                    }
                    """), ingress: [ports(22)], holds: true),
        Case(
            name: "FW-20 two halves of the internet",
            rules: input(
                "ip saddr @admins tcp dport 22 accept",
                extra:
                    "set admins { type ipv4_addr; flags interval; elements = { 0.0.0.0/1, 128.0.0.0/1 } }"
            ), ingress: [ports(22, from: "10.0.0.0/8")], holds: false),
        Case(
            name: "FW-21 knocking",
            rules: input(
                "tcp dport 7000 add @knock { ip saddr } drop\n ip saddr @knock tcp dport 22 accept",
                extra:
                    "set knock { type ipv4_addr; flags dynamic,timeout; timeout 1m; size 1024; }"),
            ingress: [ports(22, from: "10.0.0.0/8")], holds: false),
        Case(
            name: "FW-21b knocking that only the declared network can do",
            rules: input(
                "ip saddr 10.0.0.0/8 tcp dport 7000 add @knock { ip saddr } drop\n ip saddr @knock tcp dport 22 accept",
                extra:
                    "set knock { type ipv4_addr; flags dynamic,timeout; timeout 1m; size 1024; }"),
            ingress: [ports(22, from: "10.0.0.0/8")], holds: true),
        Case(
            name: "FW-24 a limit the wrong way round",
            rules: """
                table inet filter {
                  chain input { type filter hook input priority filter; policy accept;
                    iif "lo" accept
                    ct state established,related accept
                    tcp flags syn limit rate over 20/second drop comment "anti ddos"
                    ct state invalid drop
                  }
                }
                """, ingress: [ports(22)], holds: false),
        Case(
            name: "FW-27 a declared interface",
            rules: input("iifname \"wg0\" accept\n udp dport 51820 accept"),
            ingress: [
                DeclaredFlow(
                    "vpn", transports: IntervalSet(17), destinationPorts: IntervalSet(51820)),
                DeclaredFlow("company", interface: "wg0"),
            ], holds: true),
        Case(
            name: "FW-38 a redirect leaves the direct way open",
            rules: input(
                "tcp dport { 22, 8080 } accept",
                before: """
                    table inet nat {
                      chain pre { type nat hook prerouting priority dstnat; policy accept;
                        tcp dport 80 redirect to :8080
                      }
                    }
                    """), ingress: [ports(22, 80)], holds: false),
        Case(
            name: "FW-39 a redirect with the direct way closed",
            rules: input(
                "ct status dnat tcp dport 8080 accept\n tcp dport 22 accept",
                before: """
                    table inet nat {
                      chain pre { type nat hook prerouting priority dstnat; policy accept;
                        tcp dport 80 redirect to :8080
                      }
                    }
                    """), ingress: [ports(22, 80)], holds: true),
        Case(
            name: "FW-43 invalid before conntrack",
            rules: input(
                "tcp dport { 22, 5432 } accept",
                before: """
                    table inet early {
                      chain pre { type filter hook prerouting priority -300; policy accept;
                        iif "lo" accept
                        ct state invalid drop
                      }
                    }
                    """), ingress: [ports(22)], holds: true),
        Case(
            name: "FW-46 egress is not restricted",
            rules: input("tcp dport { 22, 443, 5432 } accept"), ingress: [ports(22, 443, 5432)],
            egress: .flows([
                DeclaredFlow(
                    "dns", transports: IntervalSet(17), destinationPorts: IntervalSet(53))
            ]), holds: false),
        Case(
            name: "FW-53 the same set in other words",
            rules: input(
                "ip saddr { 10.0.0.0/9, 10.128.0.0/10, 10.192.0.0-10.255.255.255 } tcp dport 22 accept"
            ), ingress: [ports(22, from: "10.0.0.0/8")], holds: true),
    ]

    @Test(arguments: cases)
    func `a labelled nft state has the verdict of its label`(_ state: Case) throws {
        let outcome = Ruleset().loading(
            nftFile: Array((state.rules + "\n").utf8), path: "/etc/nftables.conf",
            presence: { $0 == "lo" || $0 == "eth0" ? .present : .absent },
            include: { _ in .missing })
        guard case .loaded(let ruleset) = outcome else {
            Issue.record("\(state.name): \(outcome)")
            return
        }
        let policy = FlowPolicy(ingress: state.ingress, egress: state.egress)
        let analysis = try FirewallAnalysis(
            ruleset, on: Self.network, mentioning: policy.interfaceNames)
        let judgements = try analysis.judge(policy)
        let answers = judgements.map(\.holds)
        let holds: Bool? = answers.contains(false) ? false : answers.contains(nil) ? nil : true
        #expect(holds == state.holds, "\(state.name): \(judgements)")
    }
}
