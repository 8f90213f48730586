/// A packet that somebody asks about; what is left out may be anything.
package struct PacketQuestion: Hashable, Sendable {
    /// Why a text is no question.
    package struct Mistake: Error, Hashable {
        /// What is wrong, with the word of the text.
        package var message: String
        package var hint: String
    }

    package var family: Address.Family?
    /// Protocol number.
    package var transport: UInt8?
    package var destinationPort: UInt16?
    package var sourcePort: UInt16?
    package var icmpType: UInt8?
    package var source: Prefix?
    /// Nothing: an address of the host.
    package var destination: Prefix?
    package var interface: String?

    /// A question that leaves everything open.
    package init() {}

    /// A question as `tcp 5432 from 203.0.113.9 sport 40000 to 192.0.2.1 on eth0`: a protocol, a
    /// port or an ICMP type, then `from`, `sport`, `to` and `on` in any order.
    package init(_ text: String) throws(Mistake) {
        var words = text.split(whereSeparator: \.isWhitespace)[...]
        if let word = words.first, let number = ["ipv4": Address.Family.v4, "ipv6": .v6][word] {
            family = number
            words.removeFirst()
        }
        guard let name = words.popFirst() else {
            throw Mistake(message: "no packet is named", hint: PacketQuestion.example)
        }
        if name != "any" {
            guard let transport = Transport.number(name) else {
                throw Mistake(
                    message: "'\(name)' is no protocol",
                    hint: "such as tcp, udp, icmp, ipv6-icmp, a number of a protocol, or any")
            }
            self.transport = transport
        }
        try checkFamily()
        if let word = words.first, !PacketQuestion.keys.contains(String(word)) {
            words.removeFirst()
            try readPort(word)
        }
        var said: Set<String> = []
        while let word = words.popFirst() {
            let key = word == "port" ? "sport" : String(word)
            guard PacketQuestion.keys.contains(key) else {
                throw Mistake(
                    message: "'\(word)' is not understood",
                    hint: "after the protocol and its port: from, sport, to, on")
            }
            guard said.insert(key).inserted else {
                throw Mistake(
                    message: "'\(word)' is said twice", hint: "one packet has one of each")
            }
            guard let value = words.popFirst() else {
                throw Mistake(
                    message: "nothing follows '\(word)'", hint: PacketQuestion.example)
            }
            try read(key, value)
        }
        try checkFamily()
    }

    /// A question that is one.
    package static let example =
        "write such as 'tcp 5432 from 203.0.113.9 on eth0'"

    private static let keys: Set<String> = ["from", "sport", "port", "to", "on"]

    private var hasPorts: Bool {
        transport.map { Evaluator.portedTransports.contains(UInt128($0)) } ?? false
    }

    private mutating func readPort(_ word: Substring) throws(Mistake) {
        if transport == 1 || transport == 58 {
            guard let type = ICMPName(String(word), transport == 1 ? .v4 : .v6) else {
                throw Mistake(
                    message: "'\(word)' is no type of ICMP",
                    hint: "a number below 256, or a name such as echo-request")
            }
            icmpType = UInt8(truncatingIfNeeded: type.type)
        } else {
            destinationPort = try port(word)
        }
    }

    private mutating func read(_ key: String, _ value: Substring) throws(Mistake) {
        switch key {
        case "from": source = try prefix(value)
        case "to": destination = try prefix(value)
        case "sport": sourcePort = try port(value)
        default: interface = String(value)
        }
    }

    private func port(_ word: Substring) throws(Mistake) -> UInt16 {
        guard hasPorts else {
            throw Mistake(
                message: "'\(word)' is a port, and only a protocol with ports has one",
                hint: "name tcp, udp, sctp, dccp or udplite first")
        }
        guard let port = UInt16(word) ?? Services.common.port(String(word)) else {
            throw Mistake(
                message: "'\(word)' is no port", hint: "a number from 0 to 65535")
        }
        return port
    }

    // Nil of a word for all of them.
    private func prefix(_ word: Substring) throws(Mistake) -> Prefix? {
        if word == "any" { return nil }
        guard let prefix = Prefix(word) else {
            throw Mistake(
                message: "'\(word)' is no address",
                hint: "an IPv4 or IPv6 address such as 203.0.113.9, or a network such as 10.0.0.0/8"
            )
        }
        return prefix
    }

    // The addresses and the two kinds of ICMP tell the family.
    private mutating func checkFamily() throws(Mistake) {
        var families = Set([source?.family, destination?.family, family].compactMap { $0 })
        if transport == 1 { families.insert(.v4) }
        if transport == 58 { families.insert(.v6) }
        guard families.count < 2 else {
            throw Mistake(
                message: "a packet is either of IPv4 or of IPv6",
                hint:
                    "its addresses, its kind of ICMP (icmp or ipv6-icmp) and 'ipv4' or 'ipv6' must agree"
            )
        }
        family = families.first
    }
}
