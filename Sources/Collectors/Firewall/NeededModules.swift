import PacketFilter

/// The kernel's modules that loading rules may ask for: rather one too many, which costs a replay,
/// than one too few, which would load it.
struct NeededModules {
    /// Their names.
    private(set) var names: Set<String> = []

    /// Adds what a file of rules may need.
    mutating func add(_ bytes: [UInt8], for reader: LoaderStep.Reader) {
        let words = bytes.split { $0 <= 0x20 || Self.separators.contains($0) }
            .map { String(decoding: $0, as: UTF8.self) }
        switch reader {
        case .nft:
            names.insert("nf_tables")
            for word in words { names.formUnion(Self.ofExpressions[word] ?? []) }
        case .xtables(let family, _):
            let engine = family == .v4 ? "ip" : "ip6"
            names.formUnion(["nf_tables", "nft_compat", "x_tables", "\(engine)_tables"])
            for (flag, word) in zip(words, words.dropFirst()) {
                switch flag {
                case "-m", "--match", "-j", "--jump":
                    names.formUnion(Self.ofExtensions[word] ?? ["xt_\(word)"])
                default: break
                }
            }
            for word in words where word.hasPrefix("*") {
                names.insert("\(engine)table_\(word.dropFirst())")
                if word == "*nat" { names.insert("nft_chain_nat") }
            }
            // A chain of its own is no extension.
            for word in words where word.hasPrefix(":") { names.remove("xt_\(word.dropFirst())") }
        case .ipset:
            names.insert("ip_set")
            for word in words where word.contains(":") && word.first?.isLetter == true {
                names.insert("ip_set_\(word.split { !$0.isLetter }.joined(separator: "_"))")
            }
        }
    }

    private static let separators = Set("{},;()@\"".utf8)

    // By the words of nft(8).
    private static let ofExpressions: [String: Set<String>] = [
        "ct": ["nft_ct", "nf_conntrack", "nft_connlimit"],
        "dup": ["nft_dup_ipv4", "nft_dup_ipv6", "nft_dup_netdev"],
        "fib": ["nft_fib", "nft_fib_inet", "nft_fib_ipv4", "nft_fib_ipv6", "nft_fib_netdev"],
        "flowtable": ["nft_flow_offload", "nf_flow_table", "nf_flow_table_inet"],
        "fwd": ["nft_fwd_netdev"],
        "bridge": ["nft_meta_bridge", "nft_reject_bridge"],
        "helper": ["nf_conntrack_ftp", "nf_conntrack_sip", "nf_conntrack_tftp"],
        "ipsec": ["nft_xfrm"],
        "jhash": ["nft_hash"],
        "limit": ["nft_limit"],
        "log": ["nft_log", "nf_log_syslog"],
        "masquerade": ["nft_masq", "nft_chain_nat"],
        "dnat": ["nft_nat", "nft_chain_nat"],
        "nat": ["nft_chain_nat"],
        "numgen": ["nft_numgen"],
        "osf": ["nft_osf"],
        "queue": ["nft_queue"],
        "quota": ["nft_quota"],
        "redirect": ["nft_redir", "nft_chain_nat"],
        "reject": ["nft_reject", "nft_reject_inet", "nft_reject_ipv4", "nft_reject_ipv6"],
        "snat": ["nft_nat", "nft_chain_nat"],
        "socket": ["nft_socket"],
        "symhash": ["nft_hash"],
        "synproxy": ["nft_synproxy"],
        "tproxy": ["nft_tproxy"],
        "tunnel": ["nft_tunnel"],
    ]

    // By the words of iptables-extensions(8), where the module is not called after the word.
    private static let ofExtensions: [String: Set<String>] = [
        "ACCEPT": [], "DROP": [], "RETURN": [], "icmp": [], "icmp6": [], "ipv6-icmp": [],
        "tcp": ["xt_tcpudp"], "udp": ["xt_tcpudp"], "udplite": ["xt_tcpudp"],
        "state": ["xt_conntrack", "xt_state"],
        "conntrack": ["xt_conntrack", "nf_conntrack"],
        "limit": ["xt_limit", "nft_limit"],
        "LOG": ["xt_LOG", "nft_log", "nf_log_syslog"],
        "NFLOG": ["xt_NFLOG", "nft_log"],
        "REJECT": ["ipt_REJECT", "ip6t_REJECT", "nft_reject_ipv4", "nft_reject_ipv6"],
        "DNAT": ["xt_nat", "nft_nat"], "SNAT": ["xt_nat", "nft_nat"],
        "MASQUERADE": ["xt_MASQUERADE", "nft_masq"],
        "REDIRECT": ["xt_REDIRECT", "nft_redir"],
        "set": ["xt_set", "ip_set"], "SET": ["xt_set", "ip_set"],
    ]
}
