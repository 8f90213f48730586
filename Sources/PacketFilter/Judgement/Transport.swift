/// Names of transport protocols, as the IANA registry and `/etc/protocols` have them.
package enum Transport {
    /// A protocol that people call by its name.
    package static let names: KeyValuePairs<String, UInt8> = [
        "icmp": 1, "igmp": 2, "ipencap": 4, "tcp": 6, "udp": 17, "dccp": 33, "ipv6": 41,
        "rsvp": 46, "gre": 47, "esp": 50, "ah": 51, "ipv6-icmp": 58, "ospf": 89, "ipip": 94,
        "pim": 103, "ipcomp": 108, "vrrp": 112, "sctp": 132, "mobility-header": 135,
        "udplite": 136,
    ]

    /// Other names for some of them.
    package static let aliases: KeyValuePairs<String, UInt8> = [
        "icmpv6": 58, "icmp6": 58, "ipsec-ah": 51, "ipsec-esp": 50, "comp": 108, "mh": 135,
        "ip": 0, "hopopt": 0, "ipv6-route": 43, "ipv6-frag": 44, "ipv6-nonxt": 59,
        "ipv6-opts": 60, "egp": 8, "igp": 9, "l2tp": 115,
    ]

    /// The number of a name, or of a decimal number below 256.
    package static func number(_ name: some StringProtocol) -> UInt8? {
        let name = name.lowercased()
        if let found = names.first(where: { $0.key == name }) { return found.value }
        if let found = aliases.first(where: { $0.key == name }) { return found.value }
        // To some programs a zero before it makes the number an octal one.
        return UInt8(name).flatMap { String($0) == name ? $0 : nil }
    }

    /// The name of a number, or the number.
    package static func name(_ number: UInt8) -> String {
        names.first { $0.value == number }?.key ?? String(number)
    }
}
