import PacketFilter

/// Something that a file says, and where.
struct FirewalldItem<Value> {
    var value: Value
    var place: SourcePlace

    /// An item by its parts.
    init(_ value: Value, _ place: SourcePlace) {
        self.value = value
        self.place = place
    }
}

/// Packets of one port that go to another port, or another host.
struct FirewalldForwardPort {
    var match: FirewalldMatch
    /// The ports as the packet has them when it comes.
    var ports: String
    var port: String?
    var address: Address?

    /// Nil where firewalld may not take it.
    init?(_ attributes: [String: String]) {
        guard let ports = attributes["port"].flatMap({ FirewalldMatch.ports($0) }),
            let match = FirewalldMatch.ports(ports, attributes["protocol"], "dport")
        else { return nil }
        self.match = match
        self.ports = ports
        if let text = attributes["to-port"], !text.isEmpty {
            guard let port = FirewalldMatch.ports(text) else { return nil }
            self.port = port
        }
        if let text = attributes["to-addr"], !text.isEmpty {
            guard let address = Address(text) else { return nil }
            self.address = address
        }
        guard port != nil || address != nil else { return nil }
    }

    /// The family that a rule without one of its own is limited to.
    var family: Address.Family { address?.family ?? .v4 }

    /// What becomes of the packets, in nft(8)'s language.
    var translation: String {
        guard let address else { return "redirect to :\(port ?? "")" }
        let host = address.family == .v4 ? "ip to \(address)" : "ip6 to [\(address)]"
        return "dnat \(host)" + (port.map { ":\($0)" } ?? "")
    }
}

/// What zones and policies of firewalld(1) have in common.
struct FirewalldContent {
    var services: [FirewalldItem<String>] = []
    var matches: [FirewalldItem<FirewalldMatch>] = []
    var blocks: [FirewalldItem<String>] = []
    var masquerades = false
    var forwardPorts: [FirewalldItem<FirewalldForwardPort>] = []
    var rules: [FirewalldRichRule] = []

    private var rule: FirewalldRichRule?

    /// Takes a step if it is one of these; false of another.
    mutating func take(
        _ step: FirewalldDocument.Step, _ protocols: FirewalldProtocols
    ) throws(FirewalldProblem) -> Bool {
        if step.name == "rule" {
            try takeRule(step)
            return true
        }
        if var open = rule {
            guard try open.take(step, protocols) else {
                throw FirewalldProblem(.unclear, step.place)
            }
            rule = open
            return true
        }
        guard let attributes = step.attributes else { return true }
        let isTaken: Bool
        switch step.name {
        case "short", "description": isTaken = true
        case "service": isTaken = Self.add(attributes["name"], step, to: &services)
        case "icmp-block": isTaken = Self.add(attributes["name"], step, to: &blocks)
        case "port":
            isTaken = add(.ports(attributes["port"], attributes["protocol"], "dport"), step)
        case "source-port":
            isTaken = add(.ports(attributes["port"], attributes["protocol"], "sport"), step)
        case "protocol": isTaken = add(protocols.match(attributes["value"]), step)
        case "masquerade":
            masquerades = true
            isTaken = true
        case "forward-port":
            isTaken = Self.add(FirewalldForwardPort(attributes), step, to: &forwardPorts)
        case "destination", "accept", "reject", "drop", "mark", "log", "nflog", "audit", "limit",
            "icmp-type", "tcp-mss-clamp":
            // Parts of a rule outside of any: some versions pass over what follows.
            isTaken = false
        default: return false
        }
        guard isTaken else { throw FirewalldProblem(.unclear, step.place) }
        return true
    }

    private mutating func takeRule(_ step: FirewalldDocument.Step) throws(FirewalldProblem) {
        if let attributes = step.attributes {
            guard rule == nil, let begun = FirewalldRichRule(attributes, step.place) else {
                throw FirewalldProblem(.unclear, step.place)
            }
            rule = begun
            return
        }
        guard let done = rule, done.isValid else {
            throw FirewalldProblem(.unclear, step.place)
        }
        rules.append(done)
        rule = nil
    }

    private mutating func add(_ match: FirewalldMatch?, _ step: FirewalldDocument.Step) -> Bool {
        Self.add(match, step, to: &matches)
    }

    private static func add<Value>(
        _ value: Value?, _ step: FirewalldDocument.Step, to items: inout [FirewalldItem<Value>]
    ) -> Bool {
        guard let value else { return false }
        items.append(FirewalldItem(value, step.place))
        return true
    }

    /// Families whose forwarding firewalld turns on for it.
    var forwardedFamilies: Set<Address.Family> {
        var families: Set<Address.Family> = masquerades ? [.v4] : []
        for port in forwardPorts where port.value.address != nil {
            families.insert(port.value.family)
        }
        for rule in rules { families.formUnion(rule.forwardedFamilies) }
        return families
    }

    /// Those of rules as well, with the places that they come from.
    var allForwardPorts: [(FirewalldForwardPort, SourcePlace)] {
        forwardPorts.map { ($0.value, $0.place) }
            + rules.compactMap { rule in
                guard case .forwardPort(let port) = rule.element else { return nil }
                return (port, rule.place)
            }
    }

    /// It changes where packets go, or how they are marked.
    var changesPackets: Bool {
        masquerades || !forwardPorts.isEmpty || rules.contains { $0.changesPackets }
    }

    /// The order of rules with one priority is not the same in every version, and decides.
    var isAmbiguous: Bool {
        let groups = Dictionary(grouping: rules.filter { $0.priority != 0 }, by: \.priority)
        return groups.values.contains { Set($0.map(\.isOpening)).count > 1 }
    }
}
