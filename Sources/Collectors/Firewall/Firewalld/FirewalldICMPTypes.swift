import PacketFilter

/// The types of ICMP that firewalld(1) has names for; see firewalld.icmptype(5).
struct FirewalldICMPTypes {
    private var families: [String: Set<Address.Family>] = [:]

    init() {}

    /// Adds a type by its file; one that firewalld has no rule for is not followed.
    mutating func add(
        _ name: String, _ document: FirewalldDocument, _ version: FirewalldVersion
    ) throws(FirewalldProblem) {
        var found: Set<Address.Family> = []
        for step in document.steps where step.name == "destination" {
            for (key, family) in [("ipv4", Address.Family.v4), ("ipv6", .v6)] {
                if ["yes", "true"].contains(step.attributes?[key]?.lowercased()) {
                    found.insert(family)
                }
            }
        }
        if found.isEmpty { found = [.v4, .v6] }
        // Version 1.3 has no rule for the discovery of listeners.
        guard found.allSatisfy({ Self.numbers[$0]?[name] != nil }),
            version == .policies || !name.hasPrefix("mld")
        else {
            throw FirewalldProblem(.unclear, SourcePlace(file: document.file, line: 1))
        }
        families[name] = found
    }

    /// The packets of a type, by family; nil of a name that is not known.
    func matches(_ name: String) -> [FirewalldMatch]? {
        guard let families = families[name] else { return nil }
        return [Address.Family.v4, .v6].filter(families.contains).compactMap { family in
            Self.numbers[family]?[name].map { type, code in
                let header = family == .v4 ? "icmp" : "icmpv6"
                let code = code.map { " \(header) code \($0)" } ?? ""
                return FirewalldMatch("\(header) type \(type)\(code)", family)
            }
        }
    }

    // firewalld's own numbers, not those of RFC 792 everywhere.
    private static let numbers: [Address.Family: [String: (UInt8, UInt8?)]] = [
        .v4: [
            "communication-prohibited": (3, 13), "destination-unreachable": (3, nil),
            "echo-reply": (0, nil), "echo-request": (8, nil), "fragmentation-needed": (3, 4),
            "host-precedence-violation": (3, 14), "host-prohibited": (3, 10),
            "host-redirect": (5, 1), "host-unknown": (3, 7), "host-unreachable": (3, 1),
            "ip-header-bad": (12, 1), "network-prohibited": (3, 8), "network-redirect": (5, 0),
            "network-unknown": (3, 6), "network-unreachable": (3, 0),
            "parameter-problem": (12, nil), "port-unreachable": (3, 3),
            "precedence-cutoff": (3, 15), "protocol-unreachable": (3, 2), "redirect": (5, nil),
            "required-option-missing": (12, 1), "router-advertisement": (9, nil),
            "router-solicitation": (10, nil), "source-quench": (4, nil),
            "source-route-failed": (3, 5), "time-exceeded": (11, nil),
            "timestamp-reply": (14, nil), "timestamp-request": (13, nil),
            "tos-host-redirect": (5, 3), "tos-host-unreachable": (3, 12),
            "tos-network-redirect": (5, 2), "tos-network-unreachable": (3, 11),
            "ttl-zero-during-reassembly": (11, 1), "ttl-zero-during-transit": (11, 0),
        ],
        .v6: [
            "address-unreachable": (1, 3), "bad-header": (4, 0), "beyond-scope": (1, 2),
            "communication-prohibited": (1, 1), "destination-unreachable": (1, nil),
            "echo-reply": (129, nil), "echo-request": (128, nil), "failed-policy": (1, 5),
            "mld-listener-done": (132, nil), "mld-listener-query": (130, nil),
            "mld-listener-report": (131, nil), "mld2-listener-report": (143, nil),
            "neighbour-advertisement": (136, nil), "neighbour-solicitation": (135, nil),
            "no-route": (1, 0), "packet-too-big": (2, nil), "parameter-problem": (4, nil),
            "port-unreachable": (1, 4), "redirect": (137, nil), "reject-route": (1, 6),
            "router-advertisement": (134, nil), "router-solicitation": (133, nil),
            "time-exceeded": (3, nil), "ttl-zero-during-reassembly": (3, 1),
            "ttl-zero-during-transit": (3, 0), "unknown-header-type": (4, 1),
            "unknown-option": (4, 2),
        ],
    ]
}
