import PacketFilter

/// Packets that a file of firewalld(1) names, as nft(8) writes them.
struct FirewalldMatch: Hashable {
    let text: String
    /// Nil where every family has them.
    var family: Address.Family?

    /// What a rule begins with.
    init(_ text: String, _ family: Address.Family? = nil) {
        self.text = text
        self.family = family
    }

    /// Ports of a protocol; nil where firewalld may not take them.
    static func ports(
        _ ports: String?, _ transport: String?, _ side: String
    ) -> FirewalldMatch? {
        guard let ports, let numbers = Self.ports(ports), let transport,
            ["tcp", "udp", "sctp", "dccp"].contains(transport)
        else { return nil }
        return FirewalldMatch("\(transport) \(side) \(numbers)")
    }

    /// `80`, or `80-90` in either order; names hang on the host's list and are not followed.
    static func ports(_ text: String) -> String? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count) else { return nil }
        var numbers: [UInt16] = []
        for part in parts {
            guard part.utf8.allSatisfy({ (0x30...0x39).contains($0) }), part.utf8.count <= 5,
                let number = UInt16(part)
            else { return nil }
            numbers.append(number)
        }
        numbers.sort()
        return numbers[0] == numbers[numbers.count - 1]
            ? "\(numbers[0])" : "\(numbers[0])-\(numbers[1])"
    }
}

/// Addresses that a file of firewalld(1) names.
struct FirewalldPeer: Hashable {
    /// Nil of hardware addresses, which every family has.
    let family: Address.Family?
    private let header: String
    private let text: String

    /// One address, or a network; nil where firewalld may not take it as this.
    init?(address text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let address = Address(parts[0]) else { return nil }
        let width = address.family.width
        var length = width
        if parts.count == 2 {
            guard parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                let number = Int(parts[1]), number <= width
            else { return nil }
            length = number
        }
        let rest = length == 0 ? UInt128.max : (UInt128(1) << UInt128(width - length)) - 1
        // An IPv6 network with more than its own bits is not followed; an IPv4 one is cut.
        if address.family == .v6, length < width, address.number & rest != 0 { return nil }
        family = address.family
        header = address.family == .v4 ? "ip" : "ip6"
        let network = Address(address.family, address.number & ~rest)
        self.text = length == width ? "\(address)" : "\(network)/\(length)"
    }

    /// A hardware address, in capitals or not.
    init?(hardware text: String) {
        guard text.wholeMatch(of: /[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}/) != nil else { return nil }
        family = nil
        header = "ether"
        self.text = text.lowercased()
    }

    /// The members of a set.
    init(_ set: FirewalldIPSet) {
        family = set.family
        header = set.family.map { $0 == .v4 ? "ip" : "ip6" } ?? "ether"
        text = "@\(set.name)"
    }

    /// A match of one side of the header: `saddr` or `daddr`.
    func match(_ side: String, isInverted: Bool = false) -> FirewalldMatch {
        FirewalldMatch("\(header) \(side) \(isInverted ? "!= " : "")\(text)", family)
    }
}
