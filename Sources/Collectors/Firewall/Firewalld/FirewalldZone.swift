import PacketFilter

/// A zone of firewalld(1); see firewalld.zone(5).
struct FirewalldZone {
    /// What becomes of packets that nothing in the zone decided.
    enum Target {
        case accept
        case drop
        case reject
        /// Refused, but for ICMP.
        case standard
        /// Written as `default`: 2.3 has no rule for it, and the next zone sees the packets.
        case unstated
    }

    let name: String
    /// Where the file of the zone begins.
    let place: SourcePlace
    private(set) var target = Target.standard
    private(set) var content = FirewalldContent()
    private(set) var interfaces: [FirewalldItem<String>] = []
    /// Addresses, and names of sets after `ipset:`.
    private(set) var sources: [FirewalldItem<String>] = []
    /// Packets between its own interfaces and addresses get through.
    private(set) var forwards = false
    /// The blocked types of ICMP are the only ones that get through.
    private(set) var invertsBlocks = false
    private(set) var ingressPriority = 0

    /// Reads a file.
    init(
        named name: String, _ document: FirewalldDocument, _ protocols: FirewalldProtocols
    ) throws(FirewalldProblem) {
        self.name = name
        place = document.steps.first?.place ?? SourcePlace(file: document.file, line: 1)
        guard name.wholeMatch(of: /[A-Za-z][A-Za-z0-9_-]{0,16}/) != nil else {
            throw FirewalldProblem(.unclear, place)
        }
        for step in document.steps {
            if try content.take(step, protocols) { continue }
            guard let attributes = step.attributes else { continue }
            guard try take(step.name, attributes, step.place) else {
                throw FirewalldProblem(.unclear, step.place)
            }
        }
        if content.isAmbiguous { throw FirewalldProblem(.unclear, place) }
    }

    private mutating func take(
        _ element: String, _ attributes: [String: String], _ place: SourcePlace
    ) throws(FirewalldProblem) -> Bool {
        switch element {
        case "zone": return try takeZone(attributes, place)
        case "forward": forwards = true
        case "icmp-block-inversion": invertsBlocks = true
        case "interface":
            guard let name = attributes["name"],
                name.wholeMatch(of: /[A-Za-z0-9_.@-]{1,15}\+?/) != nil
            else { return false }
            if !interfaces.contains(where: { $0.value == name }) {
                interfaces.append(FirewalldItem(name, place))
            }
        case "source": return takeSource(attributes, place)
        default: return false
        }
        return true
    }

    private mutating func takeZone(
        _ attributes: [String: String], _ place: SourcePlace
    ) throws(FirewalldProblem) -> Bool {
        switch attributes["target"] {
        case nil, "{chain}_{zone}": break
        case "default": target = .unstated
        case "ACCEPT": target = .accept
        case "DROP": target = .drop
        case "%%REJECT%%": target = .reject
        default: throw FirewalldProblem(.refused, place)
        }
        for key in ["ingress-priority", "egress-priority"] {
            guard let text = attributes[key] else { continue }
            guard let number = Int16(text) else { return false }
            if key == "ingress-priority" { ingressPriority = Int(number) }
        }
        return true
    }

    private mutating func takeSource(
        _ attributes: [String: String], _ place: SourcePlace
    ) -> Bool {
        guard attributes["invert"] == nil, attributes["mac"] == nil else { return false }
        let source: String
        switch (attributes["address"], attributes["ipset"]) {
        case (let address?, nil): source = address
        case (nil, let name?): source = "ipset:\(name)"
        default: return false
        }
        if !sources.contains(where: { $0.value == source }) {
            sources.append(FirewalldItem(source, place))
        }
        return true
    }

    /// It has rules of its own for some packets.
    var isBound: Bool { !interfaces.isEmpty || !sources.isEmpty }

    /// nft(8)'s word for what is left over; nil where no rule says it.
    func verdict(_ version: FirewalldVersion) -> String? {
        switch target {
        case .accept: "accept"
        case .drop: "drop"
        case .reject, .standard: FirewalldRuleWriter.refusal
        case .unstated: version == .policies ? nil : FirewalldRuleWriter.refusal
        }
    }

    /// What becomes of ICMP that nothing in the zone decided, where that is something else.
    var icmpRule: String? {
        switch target {
        case .drop, .reject: return nil
        case .accept where !invertsBlocks: return nil
        case .accept, .standard, .unstated:
            let verdict = invertsBlocks ? FirewalldRuleWriter.refusal : "accept"
            return "meta l4proto { icmp, ipv6-icmp } \(verdict)"
        }
    }
}
