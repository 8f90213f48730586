import PacketFilter
import Testing

/// nft loads all of a file or nothing: what it refuses is no firewall. Every case was held against
/// nft 1.0.6 and 1.1.3 (`Tests/Firewall/refusal.py`).
struct NftRefusalTests {
    static let nat = "nat hook prerouting priority -100"
    static let filled =
        "set d { type ipv4_addr; flags dynamic; }\n set p { type ipv4_addr . inet_service; }"
    static let inner = "filter hook prerouting priority 0"

    static let refused: [LoaderCase] = [
        LoaderCase(
            "an address and no port",
            rule: "dnat ip addr . to tcp dport map { 22 : 10.0.0.1 . 22 }",
            in: "nat hook prerouting priority 0"),
        LoaderCase("an empty line between elements", rule: "tcp dport { 22,\n\n80 } accept"),
        LoaderCase(
            "an empty line behind elements", rule: "accept",
            beside: "set s {\n type ipv4_addr\n elements = { 10.0.0.1,\n \n }\n }"),
        LoaderCase(
            "an empty line behind a line that is a comment", rule: "accept",
            beside: "set s {\n type ipv4_addr\n elements = { # a\n # b\n\n 10.0.0.1 }\n }"),
        LoaderCase(
            "a second comment of a table", "table ip t {\n comment \"a\"\n comment \"b\"\n}\n"),
        LoaderCase(
            "a second comment of a chain",
            "table ip t {\n chain c {\n comment \"a\"\n comment \"b\"\n }\n}\n"),
        LoaderCase(
            "devices on more than one line", rule: "accept",
            in: "filter hook ingress devices = { eth0,\n lo } priority 0"),
        LoaderCase("words after a comment", rule: "tcp dport 22 comment \"x\" accept"),
        LoaderCase("a statement after a verdict", rule: "accept drop"),
        LoaderCase("a statement after reject", rule: "reject counter"),
        LoaderCase(
            "a rule of a comment alone",
            "add table ip t\nadd chain ip t c\nadd rule ip t c comment \"x\"\n"),
        LoaderCase("a comment of more than 127 bytes", rule: "accept comment \"\(long)\""),
        LoaderCase("a comment that is a number", rule: "accept comment 5"),
        LoaderCase("a counter that nothing defines", rule: "counter name \"c\" accept"),
        LoaderCase("a limit that nothing defines", rule: "limit name \"l\" accept"),
        LoaderCase("a quota that nothing defines", rule: "quota name \"q\" accept"),
        LoaderCase("a helper that nothing defines", rule: "ct helper set \"h\""),
        LoaderCase(
            "a flow table that nothing defines", rule: "flow add @f",
            in: "filter hook forward priority 0"),
        LoaderCase("a chain that nothing defines", rule: "jump nowhere"),
        LoaderCase("a set that nothing defines", rule: "ip saddr @nowhere accept"),
        LoaderCase(
            "a chain that only an unused map names", rule: "accept",
            beside: "map m { type inet_service : verdict; elements = { 22 : jump nowhere } }"),
        LoaderCase("dnat in a chain that filters", rule: "dnat ip to 10.0.0.1", in: inner),
        LoaderCase("snat where packets come in", rule: "snat ip to 10.0.0.1", in: nat),
        LoaderCase("masquerade where packets come in", rule: "masquerade", in: nat),
        LoaderCase("redirect in a chain that filters", rule: "redirect", in: inner),
        LoaderCase("dnat of no family in a table of both", rule: "dnat to 10.0.0.1", in: nat),
        LoaderCase("a port without a protocol", rule: "redirect to :80", in: nat),
        LoaderCase("a translation to nothing", rule: "dnat ip to", in: nat),
        LoaderCase("a flag of no translation", rule: "dnat ip to 10.0.0.1 random,x", in: nat),
        LoaderCase("a name of an interface that is too long", rule: "iifname abcdefghijklmnop"),
        LoaderCase("an interface without a name", rule: "iifname \"\" accept"),
        LoaderCase("a pattern of all interfaces", rule: "iifname \"*\" accept"),
        LoaderCase("an interface that is not there", rule: "iif \"wg0\" accept"),
        LoaderCase("a set of nothing", rule: "tcp dport { } accept"),
        LoaderCase("a level that log does not have", rule: "log level bogus"),
        LoaderCase("a log with a group and a level", rule: "log group 1 level info"),
        LoaderCase("a prefix that is too long", rule: "log prefix \"\(long)\""),
        LoaderCase("a class of traffic above 63", rule: "ip dscp 64 accept"),
        LoaderCase("a port above 65535", rule: "tcp dport 65536 accept"),
        LoaderCase("a prefix that is too long for an address", rule: "ip saddr 10.0.0.0/33 drop"),
        LoaderCase("an extension of iptables", rule: "xt match \"x\" accept"),
        LoaderCase("a rate by no time", rule: "limit rate 5/fortnight accept"),
        LoaderCase("a quota of packets", rule: "quota over 10 packets drop"),
        LoaderCase("a key of meta without that word", rule: "l4proto tcp accept"),
        LoaderCase("two protocols in one rule", rule: "tcp dport 22 udp dport 22 accept"),
        LoaderCase("a direction of ct where none belongs", rule: "ct original state new accept"),
        LoaderCase("ct without a direction", rule: "ct proto-dst 22 accept"),
        LoaderCase("nat at forward", rule: "accept", in: "nat hook forward priority 0"),
        LoaderCase("route at input", rule: "accept", in: "route hook input priority 0"),
        LoaderCase(
            "ingress of ip", rule: "accept", in: "filter hook ingress device eth0 priority 0",
            of: "ip"),
        LoaderCase(
            "a device of input", rule: "accept", in: "filter hook input device eth0 priority 0"),
        LoaderCase(
            "a priority that is no number", rule: "accept",
            in: "filter hook input priority filter-10"),
        LoaderCase(
            "a policy of a chain without a hook", "table ip t {\n chain c {\n policy drop;\n }\n}\n"
        ),
        LoaderCase(
            "jumps that lead back",
            """
            table ip t {
              chain a {
                jump b
              }
              chain b {
                jump a
              }
              chain c {
                type filter hook input priority 0;
                jump a
              }
            }

            """),
        LoaderCase("a block on one line", "table ip t { chain c { accept } }\n"),
    ]

    private static let long = String(repeating: "c", count: 129)

    @Test(arguments: refused)
    func `what nft refuses is refused`(file: LoaderCase) {
        #expect(file.nft == .refused)
    }

    static let doubtful: [LoaderCase] = [
        LoaderCase("a protocol among families", rule: "meta nfproto { tcp, ipv4 } drop"),
        LoaderCase(
            "a map of ports before a protocol", rule: "redirect to :tcp dport map { 22 : 2222 }",
            in: "nat hook prerouting priority 0"),
        LoaderCase(
            "two protocols, and a port of the second",
            rule: "tcp dport != 20 ip protocol udp udp dport 53 accept"),
        LoaderCase(
            "two protocols, and a port of the first",
            rule: "tcp dport 22 meta l4proto udp tcp sport 53 accept"),
        LoaderCase("an operator in a group", rule: "tcp flags | ( fin & syn ) == syn accept"),
        LoaderCase(
            "an address and a port of no family",
            rule: "dnat addr . port to tcp dport map { 22 : 10.0.0.1 . 22 }",
            in: "nat hook prerouting priority 0"),
        LoaderCase("two verdicts for a port", rule: "tcp dport vmap { 22 : accept, 22 : drop }"),
        LoaderCase(
            "a port in a range of the map", rule: "tcp dport vmap { 20-30 : drop, 22 : accept }"),
        LoaderCase(
            "ranges of a set that overlap", rule: "ip saddr @s accept",
            beside:
                "set s { type ipv4_addr; flags interval; elements = { 10.0.0.0/8, 10.1.0.0/16 } }"),
        LoaderCase(
            "a prefix in a set without intervals", rule: "ip saddr @s accept",
            beside: "set s { type ipv4_addr; elements = { 10.0.0.0/8 } }"),
        LoaderCase(
            "more elements than the size", rule: "tcp dport @s accept",
            beside: "set s { type inet_service; size 1; elements = { 22, 80 } }"),
        LoaderCase(
            "a timeout in a set without one", rule: "tcp dport @s accept",
            beside: "set s { type inet_service; elements = { 22 timeout 1m } }"),
        LoaderCase(
            "a set of another type", rule: "tcp dport @s accept",
            beside: "set s { type mark; elements = { 22 } }\n"),
        LoaderCase(
            "a rule that adds to a set that is not dynamic", rule: "add @s { ip saddr }",
            beside: "set s { type ipv4_addr; }"),
        LoaderCase("an hour that no day has", rule: "meta hour \"25:00\" accept"),
        LoaderCase("dup to an address", rule: "dup to 10.0.0.1 device eth0"),
        LoaderCase("fwd outside netdev", rule: "fwd to eth0"),
        LoaderCase("routes asked in the wrong hook", rule: "fib saddr . oif oif missing drop"),
        LoaderCase(
            "the way back asked after routing", rule: "fib saddr oif missing drop",
            in: "filter hook postrouting priority 0"),
        LoaderCase(
            "reject after routing", rule: "reject", in: "filter hook postrouting priority 0"),
        LoaderCase(
            "icmpx in a table of one family", rule: "reject with icmpx type no-route", of: "ip"),
        LoaderCase("a key that is one address", rule: "add @d { 10.0.0.1 }", beside: filled),
        LoaderCase(
            "a key of a part that is one port", rule: "ip saddr . 22 @p drop", beside: filled),
        LoaderCase("shifted bits", rule: "meta mark >> 2 == 1 accept"),
        LoaderCase("one value of two parts", rule: "ip saddr . tcp dport 10.0.0.1 . 22 accept"),
        LoaderCase(
            "two protocols in a set before a port of one",
            rule: "meta l4proto { tcp, udp } tcp dport 22 accept"),
        LoaderCase(
            "the size of segments before routing", rule: "tcp option maxseg size set rt mtu",
            in: inner),
        LoaderCase("a chain with the name of a keyword", "table ip t {\n chain counter {\n }\n}\n"),
        LoaderCase("a variable that is no value", "define x = tcp dport 22\n"),
        LoaderCase("a prefix of a log that is empty", rule: "log prefix \"\" drop"),
        LoaderCase(
            "connections counted in a set that expires",
            rule: "add @d { ip saddr ct count over 5 } drop",
            beside: "set d { type ipv4_addr; flags dynamic; timeout 1m; }"),
        LoaderCase("dnat to raw bits", rule: "dnat ip to @nh,96,32", in: nat),
        LoaderCase("a field that is set to another", rule: "ip ttl set ip ttl"),
        LoaderCase("a range of bits", rule: "tcp flags 0x1-0x5 accept"),
        LoaderCase("a rate for a variable", "define x = 5/minute\n"),
        LoaderCase("everything for a variable", "define x = *\n"),
        LoaderCase("a list that nothing ends", "define x = 22,\n"),
        LoaderCase("a range of three ends", "define x = 1-2-3\n"),
        LoaderCase("a line that ends within a key", "define x = { 10.0.0.1 .\n 22 }\n"),
        LoaderCase("an empty line between values", "define x = { 22,\n\n80 }\n"),
        LoaderCase("a set within a set", rule: "tcp dport { { 22 }, 80 } accept"),
        LoaderCase(
            "srcnat where packets come in", rule: "accept",
            in: "nat hook prerouting priority srcnat"),
        LoaderCase("connections of a bridge", rule: "ct bytes > 5 drop", of: "bridge"),
    ]

    @Test(arguments: doubtful)
    func `what nft may refuse is not called loaded`(file: LoaderCase) {
        #expect(file.nft == .doubtful || file.nft == .refused)
    }

    static let loaded: [LoaderCase] = [
        LoaderCase(
            "elements on lines of their own, with comments between them", rule: "accept",
            beside: """
                set s {
                    type ipv4_addr
                    # whom we trust
                    elements = { # all of them
                        # the first
                        10.0.0.1, # x
                        # the second
                        # and the last
                        10.0.0.2, ,
                        # nobody else
                    }

                }
                """),
        LoaderCase(
            "devices with more commas than they need",
            "table netdev t {\n chain c {\n type filter hook ingress devices = { eth0, , lo, ,\n } "
                + "priority 0;\n }\n}\n"),
        LoaderCase(
            "variables of every kind",
            """
            define one = -5
            define two = { 22, 80-90, $one, }
            """.replacing(", $one", with: "")
                + """

                define three = { $two, 443 }
                define four = { 10.0.0.0/8 . tcp, * : 5 }
                define five = established, related
                define six = { }
                define seven = "eth0"

                """),
        LoaderCase("a comment at the end", rule: "tcp dport 22 accept comment \"ssh\""),
        LoaderCase("counters before a verdict", rule: "counter packets 0 bytes 0 accept"),
        LoaderCase("logs with a prefix", rule: "log prefix \"in: \" level warn flags all drop"),
        LoaderCase("a rate with a burst", rule: "limit rate over 10/minute burst 5 packets drop"),
        LoaderCase("a rate of bytes", rule: "limit rate 10 mbytes/second accept"),
        LoaderCase("an answer to all families", rule: "reject with icmpx type admin-prohibited"),
        LoaderCase("dnat with a family", rule: "tcp dport 80 dnat ip to 10.0.0.1:8080", in: nat),
        LoaderCase(
            "dnat after an address", rule: "ip daddr 192.0.2.1 tcp dport 80 dnat to 10.0.0.1",
            in: nat),
        LoaderCase(
            "masquerade by a name", rule: "oifname \"eth0\" masquerade",
            in: "nat hook postrouting priority srcnat"),
        LoaderCase("dnat to a network", rule: "dnat ip to 10.0.0.0/24 persistent", in: nat),
        LoaderCase("a redirect to a port", rule: "tcp dport 80 redirect to :8080", in: nat),
        LoaderCase(
            "clamped segments", rule: "tcp flags syn tcp option maxseg size set rt mtu",
            in: "filter hook forward priority mangle"),
        LoaderCase(
            "objects that are defined", rule: "counter name \"c\" limit name \"l\" accept",
            beside: "counter c {\n packets 0 bytes 0\n }\n limit l {\n rate 5/second\n }"),
        LoaderCase(
            "a set that rules fill",
            rule: "add @s { ip saddr timeout 1m limit rate 3/minute } accept",
            beside: "set s { type ipv4_addr; size 65535; flags dynamic,timeout; timeout 1h; }"),
        LoaderCase("a map of verdicts", rule: "tcp dport vmap { 22 : accept, 80-90 : jump u }"),
        LoaderCase(
            "the way back at the door", rule: "fib saddr . iif oif missing drop",
            in: "filter hook prerouting priority raw"),
        LoaderCase(
            "values by variables",
            "define p = { 22, 80 }\ntable ip t {\n chain c {\n tcp dport $p accept\n }\n}\n"),
        LoaderCase("a meter", rule: "tcp dport 22 meter m { ip saddr limit rate 3/minute } accept"),
        LoaderCase(
            "elements that a set merges", rule: "ip saddr { 10.0.0.0/8, 10.1.0.0/16 } accept"),
        LoaderCase(
            "ranges of a set with auto-merge", rule: "ip saddr @s accept",
            beside:
                "set s { type ipv4_addr; flags interval; auto-merge; elements = { 10.0.0.0/8, 10.1.0.0/16 } }"
        ),
    ]

    @Test(arguments: loaded)
    func `what nft takes is loaded`(file: LoaderCase) {
        #expect(file.nft == .loaded)
    }
}
