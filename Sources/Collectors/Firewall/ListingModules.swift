import PacketFilter

/// The modules that iptables-nft-save may have the kernel load: for an expression of nf_tables it
/// asks for the extension of iptables that says the same.
struct ListingModules {
    let names: Set<String>

    /// What listing all tables of a family may need; rather one too many.
    init(for family: FilterTable.Family, in ruleset: Ruleset) {
        let rules = ruleset.tables.filter { $0.family == family }.flatMap(\.chains).flatMap(\.rules)
        var names: Set<String> = ["xt_tcpudp"]
        for (word, name) in Self.ofWords where rules.contains(where: { $0.text.contains(word) }) {
            names.insert(name)
        }
        // Some kernels have ICMP beside TCP, others with the tables of iptables-legacy.
        if rules.contains(where: { $0.text.contains("icmp") }) {
            names.insert(family == .ip ? "ip_tables" : "ip6_tables")
        }
        self.names = names
    }

    private static let ofWords = [
        "limit": "xt_limit", "log": "xt_NFLOG", "mark": "xt_mark", "nftrace": "xt_TRACE",
    ]
}
