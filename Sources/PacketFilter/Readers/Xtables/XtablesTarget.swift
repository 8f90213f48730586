/// Targets of iptables extensions.
enum XtablesTarget {
    /// Targets that decide nothing: they log, count, or change what no rule asks for.
    static let harmless: Set<String> = [
        "LOG", "NFLOG", "ULOG", "TRACE", "AUDIT", "CHECKSUM", "TCPMSS", "TCPOPTSTRIP",
        "CLASSIFY", "DSCP", "TOS", "ECN", "TTL", "HL", "RATEEST", "SECMARK", "CONNSECMARK",
        "IDLETIMER", "LED", "HMARK",
    ]
}
