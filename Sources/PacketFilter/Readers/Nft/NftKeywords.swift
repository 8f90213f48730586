/// Words that mean something to nft where a statement can begin.
enum NftKeywords {
    /// Whether nft knows the word, so that only this reader may not.
    static func contains(_ token: NftToken) -> Bool {
        token.kind == .word && words.contains(token.text)
    }

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
