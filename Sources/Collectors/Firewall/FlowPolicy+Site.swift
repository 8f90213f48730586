import PacketFilter
import Site

extension FlowPolicy {
    /// What a site declares, in the words of the packet filter; a flow is named by its line there.
    init(_ section: FirewallSection?) {
        guard let section else {
            self.init()
            return
        }
        let egress: Egress =
            switch section.egress {
            case .unrestricted(let reason): reason == nil ? .undeclared : .unrestricted
            case .listed(let flows): .flows(flows.map { PacketFilter.DeclaredFlow($0) })
            case nil: .undeclared
            }
        let icmp: ICMPBaseline =
            switch section.icmp {
            case .essential: .essential
            case .any: .any
            case .none: .none
            }
        self.init(
            ingress: section.ingress?.map { PacketFilter.DeclaredFlow($0) },
            forward: section.forward.map { PacketFilter.DeclaredFlow($0) }, egress: egress,
            icmp: icmp)
    }
}

extension PacketFilter.DeclaredFlow {
    init(_ flow: Site.DeclaredFlow) {
        self.init(
            flow.text,
            transports: flow.protocols.numbers { UInt128($0.number)...UInt128($0.number) }
                ?? IntervalSet([0...255]),
            destinationPorts: flow.destinationPorts.numbers(\.numbers),
            sourcePorts: flow.sourcePorts.numbers(\.numbers),
            sources: AddressSet(flow.sources) ?? .any,
            destinations: AddressSet(flow.destinations),
            family: flow.family.map { $0 == .v4 ? .v4 : .v6 }, interface: flow.interface)
    }
}

extension PacketFilter.DeclaredFlow {
    /// Everything that comes from the networks of an environment.
    init(_ environment: EnvironmentSection) {
        self.init(environment.name, sources: AddressSet(environment.networks))
    }
}

extension Selection {
    /// Nil of everything.
    fileprivate func numbers(_ range: (Element) -> ClosedRange<UInt128>) -> IntervalSet? {
        guard case .of(let elements) = self else { return nil }
        return IntervalSet(elements.map(range))
    }
}

extension PortRange {
    fileprivate var numbers: ClosedRange<UInt128> { UInt128(first)...UInt128(last) }
}

extension AddressSet {
    /// Nil of every address.
    fileprivate init?(_ networks: Selection<Network>) {
        guard case .of(let networks) = networks else { return nil }
        self.init(networks)
    }

    fileprivate init(_ networks: [Network]) {
        self.init(
            networks.map { network in
                let family: Address.Family = network.family == .v4 ? .v4 : .v6
                return Prefix(Address(family, network.address.bits), length: network.length)
            })
    }
}

extension IPProtocol {
    /// The number of the IANA registry.
    fileprivate var number: UInt8 {
        switch self {
        case .tcp: 6
        case .udp: 17
        case .icmp: 1
        case .icmpv6: 58
        case .sctp: 132
        case .dccp: 33
        case .udplite: 136
        case .gre: 47
        case .esp: 50
        case .ah: 51
        case .igmp: 2
        // What Linux calls ipip is protocol 4, IP in IP (RFC 2003).
        case .ipip: 4
        case .ipv6: 41
        case .ospf: 89
        case .vrrp: 112
        case .pim: 103
        case .l2tp: 115
        }
    }
}
