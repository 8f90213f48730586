/// A packet that somebody asks about; what is left out may be anything.
package struct PacketQuestion: Hashable, Sendable {
    package var family: Address.Family?
    /// Protocol number.
    package var transport: UInt8?
    package var destinationPort: UInt16?
    package var sourcePort: UInt16?
    package var icmpType: UInt8?
    package var source: Prefix?
    package var destination: Prefix?
    package var interface: String?

    /// A question that leaves everything open.
    package init() {}

    /// A question as `tcp 5432 from 203.0.113.9 port 40000 to 192.0.2.1 on eth0`: a protocol, a
    /// port or an ICMP type, then `from`, `port`, `to` and `on` in any order.
    package init?(_ text: String) {
        var words = text.split(separator: " ")[...]
        if words.first == "ipv4" || words.first == "ipv6" {
            family = words.removeFirst() == "ipv4" ? .v4 : .v6
        }
        guard let name = words.popFirst() else { return nil }
        if name != "any" {
            guard let transport = Transport.number(name) else { return nil }
            self.transport = transport
        }
        if let word = words.first, let number = UInt16(word) {
            words = words.dropFirst()
            if transport == 1 || transport == 58 {
                guard number < 256 else { return nil }
                icmpType = UInt8(number)
            } else {
                destinationPort = number
            }
        }
        guard read(&words) else { return nil }
        let families = Set([source?.family, destination?.family, family].compactMap { $0 })
        guard families.count < 2 else { return nil }
        family = families.first
    }

    private mutating func read(_ words: inout ArraySlice<Substring>) -> Bool {
        while let word = words.popFirst() {
            guard let value = words.popFirst() else { return false }
            switch word {
            case "from" where value == "any", "to" where value == "any": continue
            case "from":
                guard let prefix = Prefix(value) else { return false }
                source = prefix
            case "to":
                guard let prefix = Prefix(value) else { return false }
                destination = prefix
            case "port":
                guard let port = UInt16(value) else { return false }
                sourcePort = port
            case "on": interface = String(value)
            default: return false
            }
        }
        return true
    }
}
