/// Words that mean something to nft where a statement can begin.
enum NftKeywords {
    /// Whether nft knows the word, so that only this reader may not.
    static func contains(_ token: NftToken) -> Bool {
        token.kind == .word && words.contains(token.text)
    }

    /// Whether nft 1.0.6 or 1.1.3 does not take the word for a name (measured).
    static func areReserved(_ word: String) -> Bool { reserved.contains(word) }

    private static let reserved: Set<String> = [
        "accept", "add", "ah", "all", "and", "arp", "auto-merge", "bridge", "cgroup",
        "chain", "comment", "comp", "constant", "continue", "counter", "cpu", "create",
        "ct", "day", "dccp", "define", "delete", "describe", "destroy", "device",
        "devices", "dnat", "drop", "dst", "dup", "dynamic", "ecn", "element", "elements",
        "eq", "esp", "ether", "exists", "expires", "export", "exthdr", "fib", "flags",
        "flow", "flowtable", "flush", "frag", "fwd", "gc-interval", "ge", "geneve", "get",
        "goto", "gre", "gretap", "gt", "handle", "hbh", "hook", "hour", "ibriport",
        "ibrname", "icmp", "icmpv6", "igmp", "iif", "iifgroup", "iifname", "iiftype",
        "import", "include", "index", "inet", "insert", "interval", "ip", "ip6", "ipsec",
        "jhash", "jump", "le", "limit", "list", "log", "lshift", "lt", "map", "mark",
        "masquerade", "meta", "meter", "mh", "missing", "monitor", "ne", "netdev",
        "nftrace", "not", "notrack", "numgen", "obriport", "obrname", "offload", "oif",
        "oifgroup", "oifname", "oiftype", "or", "osf", "pkttype", "policy", "position",
        "priority", "queue", "quota", "random", "redefine", "redirect", "reject",
        "rename", "replace", "reset", "return", "rshift", "rt", "rt0", "rt2", "rtclassid",
        "rule", "ruleset", "sctp", "secmark", "set", "size", "skgid", "skuid", "snat",
        "socket", "srh", "symhash", "synproxy", "table", "tcp", "th", "time", "timeout",
        "tproxy", "type", "typeof", "udp", "udplite", "undefine", "update", "vlan",
        "vmap", "vni", "vxlan", "xor", "xt",
    ]

    private static let words: Set<String> = [
        "accept", "drop", "continue", "return", "jump", "goto", "queue", "reject", "counter",
        "log", "limit", "quota", "last", "ct", "meta", "notrack", "dnat", "snat", "masquerade",
        "redirect", "tproxy", "dup", "fwd", "set", "add", "update", "delete", "flow", "meter",
        "synproxy", "tunnel", "reset", "xt", "ip", "ip6", "tcp", "udp", "udplite", "dccp",
        "sctp", "th", "icmp", "icmpv6", "igmp", "ether", "arp", "vlan", "ah", "esp", "comp",
        "gre", "gretap", "vxlan", "geneve", "iif", "iifname", "iiftype", "iifgroup", "oif",
        "oifname", "oiftype", "oifgroup", "mark", "pkttype", "skuid", "skgid", "nftrace",
        "rtclassid", "ibriport", "ibrname", "obriport", "obrname", "cpu", "cgroup", "hour",
        "day", "time", "fib", "rt", "rt0", "rt2", "srh", "frag", "hbh", "dst", "mh", "exthdr",
        "socket", "osf", "numgen", "jhash", "symhash", "ipsec", "priority", "random",
        "secmark", "comment",
    ]
}
