/// A flow that the site calls necessary.
package struct DeclaredFlow: Hashable, Sendable {
    /// What the site file calls it: its purpose, or its place there.
    package var name: String
    /// Protocol numbers.
    package var transports: IntervalSet
    /// Numbers of 16 bits; nothing: any. Only protocols with ports have some.
    package var destinationPorts: IntervalSet?
    /// Numbers of 16 bits; nothing: any.
    package var sourcePorts: IntervalSet?
    package var sources: AddressSet
    /// Original destinations; nothing: any.
    package var destinations: AddressSet?
    /// Nothing: both.
    package var family: Address.Family?
    /// The interface by which it comes, or goes; nothing: any.
    package var interface: String?

    /// A flow by its parts; what is left out is any.
    package init(
        _ name: String, transports: IntervalSet = IntervalSet([0...255]),
        destinationPorts: IntervalSet? = nil, sourcePorts: IntervalSet? = nil,
        sources: AddressSet = .any, destinations: AddressSet? = nil,
        family: Address.Family? = nil, interface: String? = nil
    ) {
        self.name = name
        self.transports = transports
        self.destinationPorts = destinationPorts
        self.sourcePorts = sourcePorts
        self.sources = sources
        self.destinations = destinations
        self.family = family
        self.interface = interface
    }

    /// Some of its protocols have ports, so that something can listen for it.
    package var hasPorts: Bool {
        transports.ranges.contains { range in
            Evaluator.portedTransports.ranges.contains { range.overlaps($0) }
        }
    }
}

/// Which ICMP needs no declaration.
package enum ICMPBaseline: String, Hashable, Sendable, CaseIterable {
    /// What IPv4 and IPv6 cannot do without (RFC 4890 for IPv6).
    case essential
    case any
    case none

    /// Its types for IPv4.
    package var types4: IntervalSet {
        switch self {
        case .essential: IntervalSet([0...0, 3...3, 8...8, 11...12])
        case .any: IntervalSet([0...255])
        case .none: .empty
        }
    }

    /// Its types for IPv6.
    package var types6: IntervalSet {
        switch self {
        case .essential: IntervalSet([1...4, 128...136, 141...143, 148...149, 151...153])
        case .any: IntervalSet([0...255])
        case .none: .empty
        }
    }
}
