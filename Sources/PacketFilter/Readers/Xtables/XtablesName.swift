/// Names that iptables takes in capitals or not, and cut short; of several that fit, the first one
/// is meant.
enum XtablesName {
    static let states = [
        "INVALID", "NEW", "ESTABLISHED", "RELATED", "UNTRACKED", "SNAT", "DNAT",
    ]
    static let statuses = ["NONE", "EXPECTED", "SEEN_REPLY", "ASSURED", "CONFIRMED"]
    static let addressTypes = [
        "UNSPEC", "UNICAST", "LOCAL", "BROADCAST", "ANYCAST", "MULTICAST", "BLACKHOLE",
        "UNREACHABLE", "PROHIBIT", "THROW", "NAT", "XRESOLVE",
    ]

    /// The whole name that a text stands for.
    static func whole(_ text: some StringProtocol, of names: [String]) -> String? {
        let text = text.uppercased()
        return text.isEmpty ? nil : names.first { $0.hasPrefix(text) }
    }
}
