/// Rulesets as the tools of the host print them, of whatever size.
enum FirewallText {
    /// What the rules of a long list do.
    enum Verdicts {
        case accepting
        case dropping
        case mixed
    }

    /// Numbers that are the same in every run (SplitMix64).
    private struct Numbers: RandomNumberGenerator {
        var state: UInt64 = 20_261_129

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
            return mixed ^ mixed >> 31
        }
    }

    private static func chain(_ policy: String, _ lines: [String], sets: String = "") -> String {
        """
        table inet filter {
        \(sets)
        \tchain input {
        \t\ttype filter hook input priority filter; policy \(policy);
        \t\tiifname "lo" accept
        \t\tct state established,related accept
        \(lines.map { "\t\t" + $0 }.joined(separator: "\n"))
        \t}
        \tchain forward {
        \t\ttype filter hook forward priority filter; policy drop;
        \t}
        }

        """
    }

    /// About 20 rules, as administrators write them.
    static var ordinary: String {
        chain(
            "drop",
            [
                "ct state invalid drop",
                "icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert, nd-router-advert } accept",
                "icmp type echo-request limit rate 5/second accept",
                "icmpv6 type echo-request limit rate 5/second accept",
                "ip saddr @blocked counter packets 0 bytes 0 drop",
                "ip saddr { 10.10.0.0/16, 10.20.0.0/16 } tcp dport 22 accept",
                "ip6 saddr 2001:db8:7::/48 tcp dport 22 accept",
                "tcp dport 22 ct state new limit rate 10/minute accept",
                "iifname \"wg0\" tcp dport 22 accept",
                "ip saddr 10.10.3.0/24 tcp dport 22 counter packets 0 bytes 0 accept",
                "tcp dport 23 reject with tcp reset",
                "udp dport { 137, 138 } drop",
                "meta pkttype broadcast drop",
                "limit rate 5/minute log prefix \"in \"",
                "counter packets 0 bytes 0 drop",
            ],
            sets:
                "\tset blocked {\n\t\ttype ipv4_addr\n\t\tflags interval\n\t\telements = { 203.0.113.0/24, 198.51.100.7 }\n\t}"
        )
    }

    /// Rules for a network and a port each, one after the other.
    static func linear(_ count: Int, _ verdicts: Verdicts) -> String {
        var numbers = Numbers()
        let lines = (0..<count).map { index in
            let length = Int.random(in: 12...32, using: &numbers)
            let prefix = prefix4(length, &numbers)
            let transport = Int.random(in: 0..<4, using: &numbers) == 0 ? "udp" : "tcp"
            let port = Int.random(in: 1..<65536, using: &numbers)
            let verdict =
                switch verdicts {
                case .accepting: "accept"
                case .dropping: "drop"
                case .mixed: Bool.random(using: &numbers) ? "accept" : "drop"
                }
            return "ip saddr \(prefix) \(transport) dport \(port) \(verdict)"
        }
        return chain(
            { if case .dropping = verdicts { "accept" } else { "drop" } }(),
            lines + ["tcp dport 22 accept"])
    }

    /// A set of so many networks from which nothing comes, before the port that is open.
    static func blockList(_ count: Int, family: FirewallFamily) -> String {
        var numbers = Numbers()
        let elements = (0..<count).map { _ in
            switch family {
            case .v4: prefix4(Int.random(in: 22...32, using: &numbers), &numbers)
            case .v6: prefix6(Int.random(in: 32...64, using: &numbers), &numbers)
            }
        }
        let set = """
            \tset block {
            \t\ttype \(family == .v4 ? "ipv4_addr" : "ipv6_addr")
            \t\tflags interval
            \t\tauto-merge
            \t\telements = { \(elements.joined(separator: ",\n\t\t\t     ")) }
            \t}
            """
        return chain(
            "drop", ["\(family == .v4 ? "ip" : "ip6") saddr @block drop", "tcp dport 22 accept"],
            sets: set)
    }

    /// Which addresses a list has.
    enum FirewallFamily {
        case v4
        case v6
    }

    private static func prefix4(_ length: Int, _ numbers: inout Numbers) -> String {
        let random = UInt32.random(in: 0x0100_0000...0xDFFF_FFFF, using: &numbers)
        let first = length == 32 ? random : random & ~(UInt32.max >> UInt32(length))
        let bytes = [24, 16, 8, 0].map { String(first >> UInt32($0) & 255) }
        return bytes.joined(separator: ".") + (length == 32 ? "" : "/\(length)")
    }

    private static func prefix6(_ length: Int, _ numbers: inout Numbers) -> String {
        // Half of them stand close together, as the networks of providers do.
        let top = UInt64(Bool.random(using: &numbers) ? 0x2001 : 0x2A00) << 48
        let random = top | numbers.next() & 0x00FF_FFFF_FFFF_FFFF
        let first = length == 64 ? random : random & ~(UInt64.max >> UInt64(length))
        let groups = [48, 32, 16, 0].map { String(first >> UInt64($0) & 0xFFFF, radix: 16) }
        return groups.joined(separator: ":") + "::/\(length)"
    }

    /// What `iptables-nft-save` prints on a host with so many published ports.
    static func docker(ports: Int) -> String {
        let published = (0..<ports).map { index in
            (host: 8000 + index, address: "172.17.\(index / 250).\(2 + index % 250)", port: 80)
        }
        let nat = published.flatMap { entry in
            [
                "-A POSTROUTING -s \(entry.address)/32 -d \(entry.address)/32 -p tcp -m tcp --dport \(entry.port) -j MASQUERADE"
            ]
        }
        let destinations = published.map { entry in
            "-A DOCKER ! -i docker0 -p tcp -m tcp --dport \(entry.host) -j DNAT --to-destination \(entry.address):\(entry.port)"
        }
        let accepts = published.map { entry in
            "-A DOCKER -d \(entry.address)/32 ! -i docker0 -o docker0 -p tcp -m tcp --dport \(entry.port) -j ACCEPT"
        }
        let raw = published.map { entry in
            "-A PREROUTING -d \(entry.address)/32 ! -i docker0 -j DROP"
        }
        return """
            *raw
            :PREROUTING ACCEPT [0:0]
            :OUTPUT ACCEPT [0:0]
            \(raw.joined(separator: "\n"))
            COMMIT
            *nat
            :PREROUTING ACCEPT [0:0]
            :INPUT ACCEPT [0:0]
            :OUTPUT ACCEPT [0:0]
            :POSTROUTING ACCEPT [0:0]
            :DOCKER - [0:0]
            -A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
            -A OUTPUT ! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER
            -A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE
            \(nat.joined(separator: "\n"))
            -A DOCKER -i docker0 -j RETURN
            \(destinations.joined(separator: "\n"))
            COMMIT
            *filter
            :INPUT DROP [0:0]
            :FORWARD DROP [0:0]
            :OUTPUT ACCEPT [0:0]
            :DOCKER - [0:0]
            :DOCKER-ISOLATION-STAGE-1 - [0:0]
            :DOCKER-ISOLATION-STAGE-2 - [0:0]
            :DOCKER-USER - [0:0]
            -A INPUT -i lo -j ACCEPT
            -A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
            -A INPUT -p tcp -m tcp --dport 22 -j ACCEPT
            -A FORWARD -j DOCKER-USER
            -A FORWARD -j DOCKER-ISOLATION-STAGE-1
            -A FORWARD -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
            -A FORWARD -o docker0 -j DOCKER
            -A FORWARD -i docker0 ! -o docker0 -j ACCEPT
            -A FORWARD -i docker0 -o docker0 -j ACCEPT
            \(accepts.joined(separator: "\n"))
            -A DOCKER-ISOLATION-STAGE-1 -i docker0 ! -o docker0 -j DOCKER-ISOLATION-STAGE-2
            -A DOCKER-ISOLATION-STAGE-1 -j RETURN
            -A DOCKER-ISOLATION-STAGE-2 -o docker0 -j DROP
            -A DOCKER-ISOLATION-STAGE-2 -j RETURN
            -A DOCKER-USER -j RETURN
            COMMIT

            """
    }
}
