/// An interface of the host, with what decides how packets from it are taken.
package struct NetworkInterface: Hashable, Sendable {
    package var name: String
    package var isLoopback: Bool
    package var addresses: [InterfaceAddress]
    /// IPv6 is on (`disable_ipv6` is 0).
    package var hasIPv6: Bool
    /// Packets from outside may go to 127.0.0.0/8 (`route_localnet` is 1).
    package var routesLocalnet: Bool
    /// Packets may come from the host's own IPv4 addresses (`accept_local` is 1).
    package var acceptsLocal: Bool
    /// How IPv4 sources are checked (`rp_filter`, the larger of `all` and the interface's own).
    package var sourceCheck: SourceCheck
    /// IPv4 packets from it are forwarded.
    package var forwards4: Bool
    /// IPv6 packets from it are forwarded.
    package var forwards6: Bool
    /// Its ports are bridged.
    package var isBridge: Bool
    /// The devices below it: ports of a bridge, slaves of a bond, the parent of a VLAN.
    package var lower: [String]

    /// An interface as the kernel makes it: IPv6 on, nothing forwarded.
    package init(
        _ name: String, isLoopback: Bool = false, addresses: [InterfaceAddress] = [],
        hasIPv6: Bool = true, routesLocalnet: Bool = false, acceptsLocal: Bool = false,
        sourceCheck: SourceCheck = .none,
        forwards4: Bool = false, forwards6: Bool = false, isBridge: Bool = false,
        lower: [String] = []
    ) {
        self.name = name
        self.isLoopback = isLoopback
        self.addresses = addresses
        self.hasIPv6 = hasIPv6
        self.routesLocalnet = routesLocalnet
        self.acceptsLocal = acceptsLocal
        self.sourceCheck = sourceCheck
        self.forwards4 = forwards4
        self.forwards6 = forwards6
        self.isBridge = isBridge
        self.lower = lower
    }
}

/// How the kernel checks where an IPv4 packet comes from.
package enum SourceCheck: Int, Hashable, Sendable, CaseIterable {
    case none = 0
    /// The way back must lead by the same interface.
    case strict = 1
    /// There must be a way back.
    case loose = 2
}

/// An address of an interface.
package struct InterfaceAddress: Hashable, Sendable {
    package var address: Address
    /// How many bits its network has.
    package var length: Int
    /// Where packets for all of its network go (IPv4).
    package var broadcast: Address?

    /// An address by its parts.
    package init(_ address: Address, length: Int, broadcast: Address? = nil) {
        self.address = address
        self.length = length
        self.broadcast = broadcast
    }

    /// An address with its network in CIDR form, such as `192.0.2.1/24`.
    package init?(_ text: String, broadcast: Address? = nil) {
        guard let prefix = Prefix(text), let name = text.split(separator: "/").first,
            let address = Address(name)
        else { return nil }
        self.init(address, length: prefix.length, broadcast: broadcast)
    }
}
