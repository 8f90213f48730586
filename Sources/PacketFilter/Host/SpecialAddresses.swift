/// Addresses to which the kernel or the IANA registries give a meaning of their own.
enum SpecialAddresses {
    /// IPv4 sources that the kernel refuses from outside: 0.0.0.0, loopback, multicast, and the
    /// limited broadcast (`ip_route_input_slow`); the rest of 0.0.0.0/8 is unicast since 5.3.
    static let refusedSources4 = set(
        "0.0.0.0", "127.0.0.0/8", "224.0.0.0/4", "255.255.255.255"
    ).v4
    /// IPv6 sources that the kernel refuses from outside (`ip6_rcv_core`).
    static let refusedSources6 = set("::1", "ff00::/8").v6
    static let loopback4 = set("127.0.0.0/8").v4
    static let loopback6 = set("::1").v6
    static let multicast4 = set("224.0.0.0/4").v4
    /// Groups that are never forwarded (RFC 5771 §4).
    static let linkGroups4 = set("224.0.0.0/24").v4
    static let multicast6 = set("ff00::/8").v6
    static let linkLocal6 = set("fe80::/10").v6
    /// Link-local addresses, and multicast of the link.
    static let linkScope6 = IntervalSet(
        linkLocal6.ranges
            + (0..<16).map { flags in
                let first = UInt128(0xFF02 | flags << 4) << 112
                return first...(first | IntervalSet.largest(112))
            })
    /// IPv4 addresses that no unicast packet from outside has as its destination.
    static let notUnicast4 = set(
        "0.0.0.0", "127.0.0.0/8", "224.0.0.0/4", "255.255.255.255"
    ).v4
    /// IPv6 addresses that no unicast packet from outside has as its destination.
    static let notUnicast6 = set("::", "::1", "ff00::/8").v6
    /// Multicast of interface scope or of the reserved scope 0 is dropped (RFC 4291 §2.7).
    static let refusedMulticast6 = IntervalSet(
        (0..<16).flatMap { flags in
            (0..<2).map { scope in
                let first = UInt128(0xFF00 | flags << 4 | scope) << 112
                return first...(first | IntervalSet.largest(112))
            }
        })

    /// The special-purpose registries of RFC 6890, as far as they are not globally reachable.
    static let notGlobal = set(
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
        "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15",
        "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "2001:db8::/32",
        "2001:2::/48", "2001:10::/28", "3fff::/20")
    private static let global6 = set("2000::/3", "64:ff9b::/96").v6

    private static func set(_ prefixes: String...) -> AddressSet {
        AddressSet(prefixes.compactMap { Prefix($0) })
    }

    static func isGlobal(_ address: Address) -> Bool {
        switch address.family {
        case .v4: !notGlobal.v4.contains(address.number)
        case .v6: global6.contains(address.number) && !notGlobal.v6.contains(address.number)
        }
    }
}

extension Address {
    /// It is reachable from the internet unless something in between forbids it (RFC 6890).
    package var isGloballyRoutable: Bool { SpecialAddresses.isGlobal(self) }
}
