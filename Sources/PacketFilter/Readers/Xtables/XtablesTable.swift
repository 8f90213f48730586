/// The tables that iptables knows, with the hooks of their built-in chains.
enum XtablesTable {
    /// The place of a built-in chain in the packet's way; nothing for a chain of the user
    /// (enum nf_ip_hook_priorities in netfilter_ipv4.h).
    static func base(_ chain: String, in table: String) -> BaseChain? {
        guard let hook = hooks[chain], let chains = builtIn[table], chains.contains(chain) else {
            return nil
        }
        let isNat = table == "nat"
        let priority =
            switch table {
            case "raw": -300
            case "mangle": -150
            case "nat": hook == .prerouting || hook == .output ? -100 : 100
            case "security": 50
            default: 0
            }
        return BaseChain(isNat ? .nat : .filter, hook, priority: priority)
    }

    /// The kernel has a chain of the name in some table.
    static func isBuiltIn(_ chain: String) -> Bool { hooks[chain] != nil }

    /// The built-in chains of each table.
    static let builtIn: [String: [String]] = [
        "filter": ["INPUT", "FORWARD", "OUTPUT"],
        "nat": ["PREROUTING", "INPUT", "OUTPUT", "POSTROUTING"],
        "mangle": ["PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING"],
        "raw": ["PREROUTING", "OUTPUT"],
        "security": ["INPUT", "FORWARD", "OUTPUT"],
    ]

    private static let hooks: [String: Hook] = [
        "PREROUTING": .prerouting, "INPUT": .input, "FORWARD": .forward, "OUTPUT": .output,
        "POSTROUTING": .postrouting,
    ]
}
