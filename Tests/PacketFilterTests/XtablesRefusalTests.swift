import PacketFilter
import Testing

/// What iptables-restore and `ipset restore` do not take is no firewall. Every case was held against
/// iptables 1.8.9 of both engines and ipset 7.17 (`Tests/Firewall/refusal.py`).
struct XtablesRefusalTests {
    private static func filter(_ sentence: String, _ rules: String...) -> LoaderCase {
        let head = [
            ":INPUT DROP [0:0]", ":FORWARD DROP [0:0]", ":OUTPUT ACCEPT [0:0]", ":u - [0:0]",
        ]
        let lines = ["*filter"] + head + rules + ["COMMIT", ""]
        return LoaderCase(sentence, lines.joined(separator: "\n"))
    }

    private static func nat(_ sentence: String, _ rules: String...) -> LoaderCase {
        let head = [":PREROUTING ACCEPT [0:0]", ":POSTROUTING ACCEPT [0:0]", ":u - [0:0]"]
        let lines = ["*nat"] + head + rules + ["COMMIT", ""]
        return LoaderCase(sentence, lines.joined(separator: "\n"))
    }

    static let spoilt: [LoaderCase] = [
        filter("an option that nothing has", "-A INPUT --bogus 5 -j DROP"),
        filter("an extension that there is not", "-A INPUT -m bogus -j DROP"),
        filter("a target that there is not", "-A INPUT -j BOGUS"),
        filter("a port without a protocol", "-A INPUT --dport 22 -j ACCEPT"),
        filter("a port of the wrong protocol", "-A INPUT -p udp -m tcp --dport 22 -j ACCEPT"),
        filter(
            "a list of ports without a protocol", "-A INPUT -m multiport --dports 22,80 -j ACCEPT"),
        filter("a port above 65535", "-A INPUT -p tcp -m tcp --dport 65536 -j ACCEPT"),
        filter(
            "more than 15 ports",
            "-A INPUT -p tcp -m multiport --dports 1:2,3:4,5:6,7:8,9:10,11:12,13:14,15:16 -j ACCEPT"
        ),
        filter(
            "a range of one port in a list", "-A INPUT -p tcp -m multiport --dports 22:22 -j ACCEPT"
        ),
        filter(
            "a rate in another base",
            "-A INPUT -m hashlimit --hashlimit-upto 0x5/min --hashlimit-name h -j ACCEPT"),
        filter("an option that is given twice", "-A INPUT -s 10.0.0.1 -s 10.0.0.2 -j DROP"),
        filter("a list that is negated", "-A INPUT ! -s 10.0.0.1,10.0.0.2 -j DROP"),
        filter(
            "a comment of more than 255 bytes",
            "-A INPUT -m comment --comment \(String(repeating: "c", count: 256)) -j DROP"),
        filter(
            "a prefix of a log that is too long",
            "-A INPUT -j LOG --log-prefix \(String(repeating: "l", count: 30))"),
        filter("an interface in the wrong direction", "-A INPUT -o eth0 -j DROP"),
        filter("a name of an interface that is too long", "-A INPUT -i abcdefghijklmnop -j DROP"),
        filter("dnat in the table that filters", "-A INPUT -j DNAT --to-destination 10.0.0.1"),
        filter("a set that nothing makes", "-A INPUT -m set --match-set nowhere src -j DROP"),
        filter(
            "an answer of another protocol", "-A INPUT -p udp -j REJECT --reject-with tcp-reset"),
        filter("a match without what it needs", "-A INPUT -m conntrack -j ACCEPT"),
        filter("a state that there is not", "-A INPUT -m conntrack --ctstate BOGUS -j ACCEPT"),
        filter("an owner of what comes in", "-A INPUT -m owner --uid-owner 0 -j ACCEPT"),
        filter("jumps that lead back", "-A INPUT -j u", "-A u -j u"),
        filter("a jump to a chain of the kernel", "-A INPUT -j OUTPUT"),
        filter("a chain whose name is too long", ":\(String(repeating: "n", count: 29)) - [0:0]"),
        filter("a chain that is named like a target", ":ACCEPT - [0:0]"),
        filter("counters that are none", ":v - [0:x]"),
        filter("blanks before a rule", "   COMMIT now"),
        nat("DROP in the table that translates", "-A PREROUTING -j DROP"),
        nat("snat where packets come in", "-A PREROUTING -j SNAT --to-source 10.0.0.1"),
        nat(
            "dnat by a chain where packets leave", "-A POSTROUTING -j u",
            "-A u -j DNAT --to-destination 10.0.0.1"),
        nat(
            "a port of a translation without a protocol",
            "-A PREROUTING -j DNAT --to-destination 10.0.0.1:80"),
        LoaderCase("a table without COMMIT", "*filter\n:INPUT DROP [0:0]\n"),
        LoaderCase("a COMMIT without an end of line", "*filter\n:INPUT DROP [0:0]\nCOMMIT"),
        LoaderCase("a COMMIT with a blank behind it", "*filter\n:INPUT DROP [0:0]\nCOMMIT \n"),
        LoaderCase("lines that end as on Windows", "*filter\r\n:INPUT DROP [0:0]\r\nCOMMIT\r\n"),
    ]

    @Test(arguments: spoilt, [FilterTable.Engine.nftables, .legacy])
    func `what iptables may refuse is not called loaded`(
        file: LoaderCase, engine: FilterTable.Engine
    ) {
        #expect(file.xtables(engine) != .loaded)
    }

    static let whole: [LoaderCase] = [
        filter(
            "rules as ufw writes them", "-A INPUT -i lo -j ACCEPT",
            "-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT",
            "-A INPUT -p icmp --icmp-type time-exceeded -j ACCEPT",
            "-A INPUT -p udp --sport 67 --dport 68 -j ACCEPT",
            "-A INPUT -m addrtype --dst-type LOCAL -j RETURN",
            "-A INPUT -m limit --limit 3/min --limit-burst 10 -j LOG --log-prefix \"[UFW BLOCK] \"",
            "-A INPUT -p tcp -m multiport --dports 80,443 -m comment --comment 'dapp_Nginx' -j ACCEPT",
            "-A INPUT -p tcp --dport 22 -m conntrack --ctstate NEW -m recent --set",
            "-A INPUT -p tcp --dport 22 -m recent --update --seconds 30 --hitcount 6 -j u"),
        filter(
            "rules as they are saved", "-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT",
            "-A INPUT -j REJECT --reject-with icmp-port-unreachable", "-A FORWARD -g u"),
        nat(
            "rules as Docker makes them", "-A PREROUTING -m addrtype --dst-type LOCAL -j u",
            "-A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE",
            "-A u ! -i docker0 -p tcp -m tcp --dport 80 -j DNAT --to-destination 172.17.0.2:80"),
    ]

    @Test(arguments: whole, [FilterTable.Engine.nftables, .legacy])
    func `what iptables takes is loaded`(file: LoaderCase, engine: FilterTable.Engine) {
        #expect(file.xtables(engine) == .loaded)
    }

    static let badSets: [LoaderCase] = [
        LoaderCase("an element of no set", "add a 10.0.0.1\n"),
        LoaderCase("a set that is made twice", "create a hash:ip\ncreate a hash:ip\n"),
        LoaderCase(
            "an element that is added twice", "create a hash:ip\nadd a 10.0.0.1\nadd a 10.0.0.1\n"),
        LoaderCase("a type that there is not", "create a hash:bogus\n"),
        LoaderCase(
            "a timeout in a set without one", "create a hash:ip\nadd a 10.0.0.1 timeout 5\n"),
        LoaderCase(
            "a comment in a set without one", "create a hash:ip\nadd a 10.0.0.1 comment x\n"),
        LoaderCase("an address of the other family", "create a hash:ip\nadd a fd00::1\n"),
        LoaderCase(
            "more elements than the set has",
            "create a hash:ip maxelem 1\nadd a 10.0.0.1\nadd a 10.0.0.2\n"),
        LoaderCase(
            "a network of more addresses than the set has",
            "create a hash:ip maxelem 2\nadd a 10.0.0.0/24\n"),
        LoaderCase(
            "networks of more addresses than a set has",
            "create a hash:ip\nadd a 10.1.0.0/16\nadd a 10.2.0.0/16\n"),
        LoaderCase(
            "more ports than the set has",
            "create a hash:ip,port maxelem 4\nadd a 10.0.0.1,80-90\n"),
        LoaderCase("an address that is none", "create a hash:ip\nadd a 0.0.0.0\n"),
        LoaderCase("a port outside the range", "create a bitmap:port range 1-9\nadd a 22\n"),
        LoaderCase("a bitmap without a range", "create a bitmap:port\n"),
        LoaderCase("an exception of addresses", "create a hash:ip\nadd a 10.0.0.1 nomatch\n"),
        LoaderCase(
            "a name that is too long", "create \(String(repeating: "n", count: 32)) hash:ip\n"),
        LoaderCase(
            "a comment without a text", "create a hash:ip comment\nadd a 10.0.0.1 comment\n"),
        LoaderCase("an option that comes twice", "create a hash:ip hashsize 1024 hashsize 65536\n"),
        LoaderCase("a COMMIT behind nothing", "create a hash:ip\nCOMMIT\n"),
        LoaderCase("an option on a line of its own", "create a hash:ip\n-exist\n"),
        LoaderCase("a command that there is not", "make a hash:ip\n"),
    ]

    @Test(arguments: badSets)
    func `what ipset may refuse is not called loaded`(file: LoaderCase) {
        #expect(file.ipset != .loaded)
    }

    @Test(arguments: [
        ("-exist create a hash:ip\ncreate a hash:ip\n", LoaderCase.Answer.doubtful),
        ("create -! a hash:ip\ncreate a hash:ip\n", .doubtful),
        ("create a hash:ip\nadd a 192.0.2.1 -exist\n\nadd a 192.0.2.1\n", .doubtful),
        ("create a hash:ip\ncreate a hash:ip\n", .refused),
    ])
    func `an option to let things exist holds for the next lines`(
        file: String, outcome: LoaderCase.Answer
    ) {
        #expect(LoaderCase("", file).ipset == outcome)
    }

    static let goodSets: [LoaderCase] = [
        LoaderCase(
            "sets as they are saved",
            """
            create a hash:ip family inet hashsize 1024 maxelem 65536 bucketsize 12 initval 0x5bb1a8f3
            add a 10.0.0.1
            add a 10.0.0.2
            create b hash:ip,port family inet hashsize 1024 maxelem 65536
            add b 10.0.0.1,tcp:22
            add b 10.0.0.2,tcp:22
            create c hash:net family inet6 timeout 300 comment
            add c fd00::/8 timeout 0 comment "inside"

            """)
    ]

    @Test(arguments: goodSets)
    func `what ipset takes is loaded`(file: LoaderCase) {
        #expect(file.ipset == .loaded)
    }
}
