import PacketFilter

/// A policy of firewalld(1): rules for packets between zones; see firewalld.policy(5).
struct FirewalldPolicy {
    let name: String
    /// Where the file of the policy begins.
    let place: SourcePlace
    /// nft(8)'s word for what is left over; nil where the zone decides that.
    private(set) var target: String?
    /// Below zero before the zone's own rules, above it after them.
    private(set) var priority = -1
    private(set) var ingress: [String] = []
    private(set) var egress: [String] = []
    private(set) var content = FirewalldContent()

    /// Reads a file.
    init(
        named name: String, _ document: FirewalldDocument, _ protocols: FirewalldProtocols
    ) throws(FirewalldProblem) {
        self.name = name
        place = document.steps.first?.place ?? SourcePlace(file: document.file, line: 1)
        guard name.wholeMatch(of: /[A-Za-z][A-Za-z0-9_-]{0,17}/) != nil else {
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
        switch (element, attributes["name"]) {
        case ("policy", _):
            switch attributes["target"] {
            case "CONTINUE": target = nil
            case "ACCEPT": target = "accept"
            case "DROP": target = "drop"
            case "REJECT": target = "reject with icmpx admin-prohibited"
            default: throw FirewalldProblem(.refused, place)
            }
            guard let text = attributes["priority"] else { return true }
            guard let number = Int16(text), number != 0 else { return false }
            priority = Int(number)
        case ("ingress-zone", let zone?):
            if !ingress.contains(zone) { ingress.append(zone) }
        case ("egress-zone", let zone?):
            if !egress.contains(zone) { egress.append(zone) }
        default: return false
        }
        return true
    }

    /// Whether both ends are something that there is; `zones` are those with packets of their own.
    func isActive(_ zones: Set<String>) -> Bool {
        let ends = zones.union(["ANY", "HOST"])
        return !ends.isDisjoint(with: ingress) && !ends.isDisjoint(with: egress)
    }

    /// Its rules are followed: packets from anywhere, or from zones, to the host itself.
    var isFollowed: Bool {
        egress == ["HOST"] && !content.changesPackets && content.blocks.isEmpty
            && (ingress == ["ANY"] || !ingress.contains("ANY") && !ingress.contains("HOST"))
    }

    /// It sees packets that a zone has.
    func isAsked(of zone: String) -> Bool { ingress == ["ANY"] || ingress.contains(zone) }
}
