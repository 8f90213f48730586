import PacketFilter

/// The kernel's modules that loading rules may ask for: rather one too many, which costs a replay,
/// than one too few, which would load it.
struct NeededModules {
    /// Their names.
    private(set) var names: Set<String> = []

    /// Adds what a file of rules may need.
    mutating func add(_ bytes: [UInt8], for reader: LoaderStep.Reader) {
        switch reader {
        case .nft:
            names.insert("nf_tables")
            for word in Self.words(bytes) { names.formUnion(Self.ofExpressions[word] ?? []) }
        case .xtables(let family, _): addXtables(Self.words(bytes), family == .v4 ? "ip" : "ip6")
        case .ipset:
            names.insert("ip_set")
            for line in bytes.split(separator: 0x0A) { addSet(of: line) }
        }
    }

    private mutating func addXtables(_ words: [String], _ engine: String) {
        // What looks at a protocol's ports or types is looked for wherever one is named.
        names.formUnion(["nf_tables", "nft_compat", "x_tables", "\(engine)_tables", "xt_tcpudp"])
        let chains = Set(words.filter { $0.hasPrefix(":") }.map { String($0.dropFirst()) })
        for (word, next) in zip(words, words.dropFirst() + [""]) {
            if word.hasPrefix("*") {
                names.insert("\(engine)table_\(word.dropFirst())")
                if word == "*nat" { names.insert("nft_chain_nat") }
            } else if word.hasPrefix("--") {
                addExtension(of: word, next, chains)
            } else if word.hasPrefix("-"), word.count > 2 {
                // Several flags, or a flag and its value, in one word are not taken apart.
                names.insert("xt_\(word)")
            } else if let flag = Self.flags[word] {
                addExtension(of: flag, next, chains)
            }
        }
    }

    // getopt_long(3) takes `--match NAME`, `--match=NAME`, and the beginning of the flag for it.
    private mutating func addExtension(of word: String, _ next: String, _ chains: Set<String>) {
        let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
        let name = parts.count > 1 ? parts[1] : next
        guard let flag = Self.flags.values.first(where: { $0.hasPrefix(parts[0]) }) else {
            if parts[0] == "--helper" { names.formUnion(Self.helpers) }
            return
        }
        switch flag {
        // A chain of its own is no extension.
        case "--jump" where chains.contains(name): break
        case "--protocol" where name.allSatisfy(\.isNumber):
            if !Self.commonProtocols.contains(name) { names.insert("xt_\(name)") }
        default: names.formUnion(Self.ofExtensions[name] ?? ["xt_\(name)"])
        }
    }

    // `create NAME TYPE`, where the type is `hash:ip,port` or a word of old versions.
    private mutating func addSet(of line: ArraySlice<UInt8>) {
        let words = line.split { $0 <= 0x20 }.map { String(decoding: $0, as: UTF8.self) }
        guard words.count > 2, !["add", "-A", "-a"].contains(words[0]) else { return }
        let parts = words[2].split(separator: ":", maxSplits: 1)
        let letters = parts.map { $0.filter { $0 != "," } }
        names.insert("ip_set_\(letters.joined(separator: "_"))")
    }

    private static func words(_ bytes: [UInt8]) -> [String] {
        bytes.split { $0 <= 0x20 || separators.contains($0) }
            .map { String(decoding: $0, as: UTF8.self) }
    }

    private static let flags = [
        "-m": "--match", "-j": "--jump", "-p": "--protocol",
    ]
    // ICMP, TCP, UDP and ICMP of IPv6: their extensions need no module of their own.
    private static let commonProtocols: Set<String> = ["0", "1", "6", "17", "58"]
    // What connections are expected by.
    private static let helpers: Set<String> = Set(
        ["amanda", "ftp", "h323", "irc", "netbios_ns", "pptp", "sane", "sip", "snmp", "tftp"]
            .map { "nf_conntrack_\($0)" })
    private static let separators = Set("{},;()@\"".utf8)

    // By the words of nft(8).
    private static let ofExpressions: [String: Set<String>] = [
        "count": ["nft_connlimit"],
        "ct": ["nft_ct", "nf_conntrack"],
        "dup": ["nft_dup_ipv4", "nft_dup_ipv6", "nft_dup_netdev"],
        "fib": ["nft_fib", "nft_fib_inet", "nft_fib_ipv4", "nft_fib_ipv6", "nft_fib_netdev"],
        "flowtable": ["nft_flow_offload", "nf_flow_table", "nf_flow_table_inet"],
        "fwd": ["nft_fwd_netdev"],
        "bridge": ["nft_meta_bridge", "nft_reject_bridge", "nf_conntrack_bridge"],
        "expectation": ["nft_objref"],
        "group": ["nfnetlink_log"],
        "helper": helpers.union(["nft_objref"]),
        "ipsec": ["nft_xfrm"],
        "jhash": ["nft_hash"],
        "limit": ["nft_limit"],
        "log": ["nft_log", "nf_log_syslog"],
        "masquerade": ["nft_masq", "nft_chain_nat"],
        "dnat": ["nft_nat", "nft_chain_nat"],
        "name": ["nft_objref"],
        "nat": ["nft_chain_nat"],
        "netdev": ["nft_reject_netdev"],
        "notrack": ["nft_ct", "nf_conntrack"],
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
        "timeout": ["nft_objref"],
        "tproxy": ["nft_tproxy"],
        "tunnel": ["nft_tunnel"],
    ]

    // By the words of iptables-extensions(8), where the module is not called after the word.
    private static let ofExtensions: [String: Set<String>] = [
        "ACCEPT": [], "DROP": [], "QUEUE": [], "RETURN": [], "all": [],
        "icmp": [], "icmp6": [], "icmpv6": [], "ipv6-icmp": [], "tcp": [], "udp": [],
        "CONNMARK": ["xt_connmark"], "MARK": ["xt_mark"],
        "CT": ["xt_CT", "nf_conntrack"], "NOTRACK": ["xt_CT", "nf_conntrack"],
        "conntrack": ["xt_conntrack", "nf_conntrack"],
        "limit": ["xt_limit", "nft_limit"],
        "LOG": ["xt_LOG", "nft_log", "nf_log_syslog"],
        "NFLOG": ["xt_NFLOG", "nft_log", "nfnetlink_log"],
        "physdev": ["xt_physdev", "br_netfilter"],
        "state": ["xt_conntrack", "nf_conntrack"],
        "string": ["xt_string", "ts_bm", "ts_fsm", "ts_kmp"],
        "TRACE": ["xt_TRACE", "nf_log_syslog"],
        "REJECT": ["ipt_REJECT", "ip6t_REJECT", "nft_reject_ipv4", "nft_reject_ipv6"],
        "DNAT": ["xt_nat", "nft_nat"], "SNAT": ["xt_nat", "nft_nat"],
        "MASQUERADE": ["xt_MASQUERADE", "nft_masq"],
        "REDIRECT": ["xt_REDIRECT", "nft_redir"],
        "set": ["xt_set", "ip_set"], "SET": ["xt_set", "ip_set"],
    ]
}
