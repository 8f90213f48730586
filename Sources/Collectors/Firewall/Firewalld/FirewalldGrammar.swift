/// The elements that a kind of file may have, and their attributes.
struct FirewalldGrammar {
    /// Attributes of an element.
    struct Attributes {
        var required: Set<String> = []
        var optional: Set<String> = []
    }

    var elements: [String: Attributes]

    private init(_ elements: [String: Attributes]) {
        self.elements = elements
    }

    // What zones and policies have in common.
    private static func common(_ version: FirewalldVersion) -> [String: Attributes] {
        [
            "short": Attributes(), "description": Attributes(),
            "service": Attributes(required: ["name"]),
            "port": Attributes(required: ["port", "protocol"]),
            "source-port": Attributes(required: ["port", "protocol"]),
            "protocol": Attributes(required: ["value"]),
            "icmp-block": Attributes(required: ["name"]),
            "icmp-type": Attributes(required: ["name"]),
            "forward-port": Attributes(
                required: ["port", "protocol"], optional: ["to-port", "to-addr"]),
            "rule": Attributes(optional: ["family", "priority"]),
            "source": Attributes(optional: ["address", "mac", "invert", "family", "ipset"]),
            "destination": Attributes(optional: ["address", "invert", "ipset"]),
            "log": Attributes(optional: ["prefix", "level"]),
            "nflog": Attributes(optional: ["group", "prefix", "queue-size"]),
            "audit": Attributes(), "accept": Attributes(), "drop": Attributes(),
            "reject": Attributes(optional: ["type"]), "mark": Attributes(required: ["set"]),
            "limit": Attributes(
                required: ["value"], optional: version == .policies ? ["burst"] : []),
            "tcp-mss-clamp": Attributes(optional: ["value"]),
        ]
    }

    /// firewalld.zone(5).
    static func zone(_ version: FirewalldVersion) -> FirewalldGrammar {
        var elements = common(version)
        let priorities: Set<String> =
            version == .policies ? ["ingress-priority", "egress-priority"] : []
        elements["zone"] = Attributes(
            optional: priorities.union(["name", "immutable", "target", "version"]))
        elements["forward"] = Attributes()
        elements["interface"] = Attributes(required: ["name"])
        elements["icmp-block-inversion"] = Attributes()
        elements["masquerade"] = Attributes(optional: ["enabled"])
        return FirewalldGrammar(elements)
    }

    /// firewalld.policy(5).
    static func policy(_ version: FirewalldVersion) -> FirewalldGrammar {
        var elements = common(version)
        elements["policy"] = Attributes(required: ["target"], optional: ["version", "priority"])
        elements["ingress-zone"] = Attributes(required: ["name"])
        elements["egress-zone"] = Attributes(required: ["name"])
        elements["masquerade"] = Attributes()
        return FirewalldGrammar(elements)
    }

    /// firewalld.service(5).
    static let service = FirewalldGrammar([
        "service": Attributes(optional: ["name", "version"]),
        "short": Attributes(), "description": Attributes(),
        "port": Attributes(optional: ["port", "protocol"]),
        "source-port": Attributes(optional: ["port", "protocol"]),
        "protocol": Attributes(optional: ["value"]), "module": Attributes(optional: ["name"]),
        "destination": Attributes(optional: ["ipv4", "ipv6"]),
        "include": Attributes(optional: ["service"]), "helper": Attributes(optional: ["name"]),
    ])

    /// firewalld.ipset(5).
    static let ipset = FirewalldGrammar([
        "ipset": Attributes(required: ["type"], optional: ["version"]),
        "short": Attributes(), "description": Attributes(), "entry": Attributes(),
        "option": Attributes(required: ["name"], optional: ["value"]),
    ])

    /// firewalld.icmptype(5).
    static let icmpType = FirewalldGrammar([
        "icmptype": Attributes(optional: ["name", "version"]),
        "short": Attributes(), "description": Attributes(),
        "destination": Attributes(optional: ["ipv4", "ipv6"]),
    ])

    /// firewalld.helper(5).
    static let helper = FirewalldGrammar([
        "helper": Attributes(required: ["module"], optional: ["family", "name", "version"]),
        "short": Attributes(), "description": Attributes(),
        "port": Attributes(required: ["port", "protocol"]),
    ])

    /// firewalld.direct(5), where nothing is in it.
    static let noDirectRules = FirewalldGrammar(["direct": Attributes()])
}
