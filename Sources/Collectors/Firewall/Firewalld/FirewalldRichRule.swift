import PacketFilter

/// A rule of a zone or a policy of firewalld(1); see firewalld.richlanguage(5).
struct FirewalldRichRule {
    /// One side of the packet.
    struct Peer {
        /// Nil where it is a set, whose name `set` is.
        var peer: FirewalldPeer?
        var set: String?
        var isInverted: Bool
    }

    /// What the packet is, beside its addresses.
    enum Element {
        case service(String)
        case match(FirewalldMatch)
        case icmpType(String)
        /// Refused, without an action of its own.
        case icmpBlock(String)
        case masquerade
        case forwardPort(FirewalldForwardPort)
        /// Changes how TCP cuts its packets.
        case clamp
    }

    /// What becomes of it.
    enum Action {
        case accept
        case drop
        /// With nft(8)'s words for the answer.
        case reject(String)
        /// Written into the packet's mark.
        case mark(String)
    }

    let place: SourcePlace
    private(set) var family: Address.Family?
    private(set) var priority = 0
    private(set) var source: Peer?
    private(set) var destination: Peer?
    private(set) var element: Element?
    private(set) var action: Action?
    /// A rate in nft(8)'s words, as far as the action has one.
    private(set) var limit: String?
    private var isLogged = false
    // What a `limit` that comes belongs to.
    private var limits: Limited = .nothing

    private enum Limited { case nothing, record, action }

    /// Begins a rule; nil where firewalld may not take it.
    init?(_ attributes: [String: String], _ place: SourcePlace) {
        self.place = place
        switch attributes["family"] {
        case nil: break
        case "ipv4": family = .v4
        case "ipv6": family = .v6
        default: return nil
        }
        if let text = attributes["priority"] {
            guard let number = Int16(text) else { return nil }
            priority = Int(number)
        }
    }

    /// Takes an element within the rule; false where what firewalld makes of it is not known.
    mutating func take(
        _ step: FirewalldDocument.Step, _ protocols: FirewalldProtocols
    ) throws(FirewalldProblem) -> Bool {
        guard let attributes = step.attributes else {
            if ["accept", "reject", "drop", "mark", "log", "audit"].contains(step.name) {
                limits = .nothing
            }
            return true
        }
        switch step.name {
        case "source": return Self.set(&source, attributes)
        case "destination": return Self.set(&destination, attributes)
        case "service": return set(attributes["name"].map { .service($0) })
        case "port":
            return set(.ports(attributes["port"], attributes["protocol"], "dport"))
        case "source-port":
            return set(.ports(attributes["port"], attributes["protocol"], "sport"))
        case "protocol": return set(protocols.match(attributes["value"]))
        case "icmp-type": return set(attributes["name"].map { .icmpType($0) })
        case "icmp-block": return set(attributes["name"].map { .icmpBlock($0) })
        case "masquerade": return set(.masquerade)
        case "forward-port":
            return set(FirewalldForwardPort(attributes).map { .forwardPort($0) })
        case "tcp-mss-clamp": return set(attributes["value"] == nil ? .clamp : nil)
        case "accept": return set(.accept)
        case "drop": return set(.drop)
        case "reject": return set(Self.rejection(attributes["type"]).map { .reject($0) })
        case "mark": return set(attributes["set"].flatMap { Self.mark($0) })
        case "log", "audit":
            // What is written down decides nothing; what is not accepted as such is not followed.
            guard !isLogged, step.name == "audit" || attributes.isEmpty || Self.isLog(attributes)
            else { return false }
            isLogged = true
            limits = .record
            return true
        case "limit": return setLimit(attributes)
        default: return false
        }
    }

    /// firewalld keeps the rule.
    var isValid: Bool {
        let hasAddress = source?.peer?.family != nil
        guard family != nil || !hasAddress && destination == nil else { return false }
        for peer in [source?.peer?.family, destination?.peer?.family] {
            if let peer, peer != family { return false }
        }
        if case .reject(let answer) = action, !Self.fits(answer, family) { return false }
        switch element {
        case .masquerade, .clamp:
            guard action == nil, !isLogged, priority == 0 else { return false }
            return source?.peer == nil || hasAddress
        case .forwardPort(let port):
            guard action == nil, !isLogged, let family else { return false }
            return port.address == nil || port.address?.family == family
        case .icmpBlock: return action == nil && !isLogged
        case .service:
            // A service may have an address of its own, beside which no other may stand.
            return destination == nil && (action != nil || isLogged)
        case .match, .icmpType: return action != nil || isLogged
        case nil:
            return action != nil && (source != nil || destination != nil || priority != 0)
        }
    }

    /// Packets may get through by it.
    var isOpening: Bool {
        switch action {
        case .accept, .mark: true
        case .drop, .reject, nil: false
        }
    }

    /// It changes where packets go, or how they are marked.
    var changesPackets: Bool {
        if case .mark = action { return true }
        switch element {
        case .masquerade, .forwardPort: return true
        case .service, .match, .icmpType, .icmpBlock, .clamp, nil: return false
        }
    }

    /// Families whose forwarding firewalld turns on for it.
    var forwardedFamilies: Set<Address.Family> {
        switch element {
        case .masquerade: family.map { [$0] } ?? [.v4, .v6]
        case .forwardPort(let port): port.address.map { [$0.family] } ?? []
        case .service, .match, .icmpType, .icmpBlock, .clamp, nil: []
        }
    }

    /// The chain of a zone or policy that it stands in.
    var chain: String {
        if priority != 0 { return priority < 0 ? "pre" : "post" }
        if case .icmpBlock = element { return "deny" }
        switch action {
        case .drop, .reject: return "deny"
        case .accept, .mark, nil: return "allow"
        }
    }
}

extension FirewalldRichRule {
    private mutating func set(_ element: Element?) -> Bool {
        guard self.element == nil, let element else { return false }
        self.element = element
        return true
    }

    private mutating func set(_ match: FirewalldMatch?) -> Bool {
        set(match.map { .match($0) })
    }

    private mutating func set(_ action: Action?) -> Bool {
        guard self.action == nil, let action else { return false }
        self.action = action
        limits = .action
        return true
    }

    private static func set(_ side: inout Peer?, _ attributes: [String: String]) -> Bool {
        let isInverted = ["yes", "true"].contains(attributes["invert"]?.lowercased())
        guard side == nil, attributes["family"] == nil else { return false }
        switch (attributes["address"], attributes["mac"], attributes["ipset"]) {
        case (let address?, nil, nil):
            guard let peer = FirewalldPeer(address: address) else { return false }
            side = Peer(peer: peer, isInverted: isInverted)
        case (nil, let hardware?, nil):
            guard let peer = FirewalldPeer(hardware: hardware) else { return false }
            side = Peer(peer: peer, isInverted: isInverted)
        case (nil, nil, let name?): side = Peer(set: name, isInverted: isInverted)
        default: return false
        }
        return true
    }

    private mutating func setLimit(_ attributes: [String: String]) -> Bool {
        guard attributes["burst"] == nil,
            let match = attributes["value"]?.wholeMatch(of: /([1-9][0-9]{0,3})\/([smhd])/)
        else { return false }
        let units: [Substring: String] = ["s": "second", "m": "minute", "h": "hour", "d": "day"]
        switch limits {
        case .nothing: return false
        case .record: break
        case .action: limit = "limit rate \(match.1)/\(units[match.2] ?? "day")"
        }
        limits = .nothing
        return true
    }

    private static func isLog(_ attributes: [String: String]) -> Bool {
        let levels = ["emerg", "alert", "crit", "error", "warning", "notice", "info", "debug"]
        if let level = attributes["level"], !levels.contains(level) { return false }
        guard let prefix = attributes["prefix"] else { return true }
        return prefix.wholeMatch(of: /[A-Za-z0-9_:. -]{1,60}/) != nil
    }

    // Words of the rich language, and nft's for the same answer; the answer limits the packets.
    private static func rejection(_ type: String?) -> String? {
        switch type {
        case nil: "reject"
        case "icmp-host-prohibited", "host-prohib": "reject with icmp host-prohibited"
        case "icmp-net-prohibited", "net-prohib": "reject with icmp net-prohibited"
        case "icmp-admin-prohibited", "admin-prohib": "reject with icmp admin-prohibited"
        case "icmp-port-unreachable": "reject with icmp port-unreachable"
        case "icmp6-adm-prohibited", "adm-prohibited": "reject with icmpv6 admin-prohibited"
        case "icmp6-port-unreachable": "reject with icmpv6 port-unreachable"
        case "tcp-reset": "reject with tcp reset"
        default: nil
        }
    }

    // An answer of its own needs a family that has it.
    private static func fits(_ answer: String, _ family: Address.Family?) -> Bool {
        if answer.contains("icmpv6") { return family == .v6 }
        if answer.contains("icmp") { return family == .v4 }
        return answer == "reject" || family != nil
    }

    private static func mark(_ text: String) -> Action? {
        guard text.wholeMatch(of: /0x[0-9a-fA-F]{1,8}|[0-9]{1,9}/) != nil else { return nil }
        return .mark("meta mark set \(text)")
    }
}
