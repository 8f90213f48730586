import PacketFilter

/// Writes what a zone or a policy says as rules, by the chains that they belong to.
struct FirewalldRuleWriter {
    static let refusal = "reject with icmpx admin-prohibited"
    /// The chains of one zone or policy, in their order; logging decides nothing and has none.
    static let chains = ["pre", "deny", "allow", "post"]

    let configuration: FirewalldConfiguration
    private(set) var rules: [String: [FirewalldTable.Rule]] = [:]

    init(_ configuration: FirewalldConfiguration) {
        self.configuration = configuration
    }

    /// Adds one rule.
    mutating func add(_ text: String, to chain: String, _ place: SourcePlace?) {
        rules[chain, default: []].append(FirewalldTable.Rule(text, place))
    }

    /// Adds what opens or closes the host itself.
    mutating func addInput(_ content: FirewalldContent, invertsBlocks: Bool = false) {
        for item in content.services {
            for text in openings(of: item.value) { add("\(text) accept", to: "allow", item.place) }
        }
        for item in content.matches { add("\(item.value.text) accept", to: "allow", item.place) }
        for item in content.blocks {
            for match in configuration.icmpTypes.matches(item.value) ?? [] {
                add(
                    "\(match.text) \(invertsBlocks ? "accept" : Self.refusal)",
                    to: invertsBlocks ? "allow" : "deny", item.place)
            }
        }
        for rule in ordered(content.rules) where !rule.changesPackets {
            for text in texts(of: rule) { add(text, to: rule.chain, rule.place) }
        }
    }

    /// Adds what sends packets elsewhere.
    mutating func addTranslations(_ content: FirewalldContent) {
        for item in content.forwardPorts {
            let port = item.value
            add(
                "\(Self.family(port.family)) \(port.match.text) \(port.translation)", to: "allow",
                item.place)
        }
        for rule in ordered(content.rules) {
            guard case .forwardPort(let port) = rule.element else { continue }
            let text = (head(of: rule) + [port.match.text, port.translation])
                .joined(separator: " ")
            add(text, to: rule.chain, rule.place)
        }
    }

    /// Adds what writes marks.
    mutating func addMarks(_ content: FirewalldContent) {
        for rule in ordered(content.rules) {
            guard case .mark = rule.action else { continue }
            for text in texts(of: rule) { add(text, to: rule.chain, rule.place) }
        }
    }

    private static func family(_ family: Address.Family) -> String {
        "meta nfproto \(family == .v4 ? "ipv4" : "ipv6")"
    }

    // Rules with a priority stand in its order, the others as they are written.
    private func ordered(_ rules: [FirewalldRichRule]) -> [FirewalldRichRule] {
        rules.enumerated().sorted { left, right in
            (left.element.priority, left.offset) < (right.element.priority, right.offset)
        }.map(\.element)
    }

    // Those of one family, where a rule has one.
    private func openings(of service: String, _ family: Address.Family? = nil) -> [String] {
        expanded(service).flatMap { service in
            let families = family.map { [$0] } ?? [Address.Family.v4, .v6]
            let destinations =
                service.destinations.isEmpty
                ? [""]
                : families.compactMap { family in
                    service.destinations[family].map { $0.match("daddr").text + " " }
                }
            return destinations.flatMap { destination in
                service.matches.map { destination + $0.text }
            }
        }
    }

    // A service and what it includes, each once.
    private func expanded(_ name: String) -> [FirewalldService] {
        var seen: Set<String> = [name]
        var waiting = [name]
        var services: [FirewalldService] = []
        while let next = waiting.popLast() {
            guard let service = configuration.services[next] else { continue }
            services.append(service)
            waiting += service.includes.filter { seen.insert($0).inserted }
        }
        return services
    }

    private func texts(of rule: FirewalldRichRule) -> [String] {
        let end = [rule.limit, verdict(of: rule)].compactMap(\.self)
        guard verdict(of: rule) != nil else { return [] }
        return middles(of: rule).map { middle in
            (head(of: rule) + middle + end).joined(separator: " ")
        }
    }

    private func verdict(of rule: FirewalldRichRule) -> String? {
        if case .icmpBlock = rule.element { return Self.refusal }
        switch rule.action {
        case .accept: return "accept"
        case .drop: return "drop"
        case .reject(let text), .mark(let text): return text
        case nil: return nil
        }
    }

    private func head(of rule: FirewalldRichRule) -> [String] {
        [
            rule.family.map { Self.family($0) }, text(of: rule.destination, "daddr"),
            text(of: rule.source, "saddr"),
        ].compactMap(\.self)
    }

    private func text(of peer: FirewalldRichRule.Peer?, _ side: String) -> String? {
        guard let peer else { return nil }
        let addresses =
            peer.peer ?? peer.set.flatMap { configuration.sets[$0] }.map { FirewalldPeer($0) }
        return addresses?.match(side, isInverted: peer.isInverted).text
    }

    private func middles(of rule: FirewalldRichRule) -> [[String]] {
        switch rule.element {
        case .service(let name): return openings(of: name, rule.family).map { [$0] }
        case .match(let match): return [[match.text]]
        case .icmpType(let name), .icmpBlock(let name):
            let matches = configuration.icmpTypes.matches(name) ?? []
            return matches.filter { rule.family == nil || $0.family == rule.family }
                .map { [$0.text] }
        case .masquerade, .forwardPort, .clamp: return []
        case nil: return [[]]
        }
    }
}
