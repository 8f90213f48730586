/// Targets of iptables extensions.
enum XtablesTarget {
    /// Targets that decide nothing: they log, count, or change what no rule asks for.
    static let harmless: Set<String> = [
        "LOG", "NFLOG", "ULOG", "TRACE", "AUDIT", "CHECKSUM", "TCPMSS", "TCPOPTSTRIP",
        "CLASSIFY", "DSCP", "TOS", "ECN", "TTL", "HL", "RATEEST", "SECMARK", "CONNSECMARK",
        "IDLETIMER", "LED", "HMARK", "TEE",
    ]

    /// An extension may bring a target of the name: all that there are call them in capitals.
    static func mayBe(_ name: String) -> Bool {
        name.utf8.allSatisfy { (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) }
    }

    /// Everything that iptables 1.8 can have as a target besides chains.
    static let known: Set<String> = harmless.union([
        "ACCEPT", "DROP", "RETURN", "QUEUE", "REJECT", "MARK", "CONNMARK", "DNAT", "SNAT",
        "REDIRECT", "MASQUERADE", "NETMAP", "NOTRACK", "CT", "NFQUEUE", "SET", "SYNPROXY",
        "TPROXY", "CLUSTERIP", "SNPT", "DNPT", "RAWDNAT", "RAWSNAT", "SAME", "MIRROR",
    ])
}
