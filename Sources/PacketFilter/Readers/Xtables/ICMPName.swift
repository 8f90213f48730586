/// What iptables and ipset call a type of ICMP, or a code of one.
struct ICMPName: Hashable {
    var type: UInt128
    /// Nothing: all codes of the type are meant.
    var code: UInt128?

    /// A type by its number or name, or the name of a code of *destination unreachable*.
    init?(_ name: String, _ family: Address.Family) {
        if let number = CNumber.value(of: name) {
            guard number < 256 else { return nil }
            self.init(number, nil)
            return
        }
        let isOld = family == .v4
        let known = (isOld ? ICMPName.aliases4 : ICMPName.aliases6)[name] ?? name
        if let number = NftSymbols.number(known, isOld ? .icmpType : .icmp6Type) {
            self.init(number, nil)
            return
        }
        let codes = isOld ? ICMPName.codes4 : ICMPName.codes6
        guard let (type, code) = codes[name] else { return nil }
        self.init(type, code)
    }

    private init(_ type: UInt128, _ code: UInt128?) {
        self.type = type
        self.code = code
    }

    private static let aliases4 = [
        "ping": "echo-request", "pong": "echo-reply", "ttl-exceeded": "time-exceeded",
    ]

    private static let aliases6 = [
        "ping": "echo-request", "pong": "echo-reply", "ttl-exceeded": "time-exceeded",
        "router-solicitation": "nd-router-solicit", "router-advertisement": "nd-router-advert",
        "neighbour-solicitation": "nd-neighbor-solicit",
        "neighbor-solicitation": "nd-neighbor-solicit",
        "neighbour-advertisement": "nd-neighbor-advert",
        "neighbor-advertisement": "nd-neighbor-advert",
    ]

    /// Codes by the names of libxt_icmp.h.
    private static let codes4: [String: (UInt128, UInt128)] = [
        "network-unreachable": (3, 0), "host-unreachable": (3, 1),
        "protocol-unreachable": (3, 2), "port-unreachable": (3, 3),
        "fragmentation-needed": (3, 4), "source-route-failed": (3, 5),
        "network-unknown": (3, 6), "host-unknown": (3, 7), "network-prohibited": (3, 9),
        "host-prohibited": (3, 10), "TOS-network-unreachable": (3, 11),
        "TOS-host-unreachable": (3, 12), "communication-prohibited": (3, 13),
        "host-precedence-violation": (3, 14), "precedence-cutoff": (3, 15),
        "network-redirect": (5, 0), "host-redirect": (5, 1), "TOS-network-redirect": (5, 2),
        "TOS-host-redirect": (5, 3), "ttl-zero-during-transit": (11, 0),
        "ttl-zero-during-reassembly": (11, 1), "ip-header-bad": (12, 0),
        "required-option-missing": (12, 1),
    ]

    private static let codes6: [String: (UInt128, UInt128)] = [
        "no-route": (1, 0), "communication-prohibited": (1, 1), "beyond-scope": (1, 2),
        "address-unreachable": (1, 3), "port-unreachable": (1, 4), "failed-policy": (1, 5),
        "reject-route": (1, 6), "ttl-zero-during-transit": (3, 0),
        "ttl-zero-during-reassembly": (3, 1), "bad-header": (4, 0),
        "unknown-header-type": (4, 1), "unknown-option": (4, 2),
    ]
}
