package import Documents

/// Finds declarations that let everything in, whatever words they use.
///
/// Whether an interface leads outside only a host can say; here it is assumed of those named.
package struct Vacuity {
    /// A list that allows every port from every address.
    package struct Finding: Sendable, Hashable {
        package var direction: DeclaredFlow.Direction
        package var transport: IPProtocol
        package var family: IPAddress.Family
        /// Nil is every interface.
        package var interface: String?
        /// The first flow of the list.
        package var mark: Mark

        /// What is wrong, in words.
        package var sentence: String {
            let place = interface.map { " on \($0), which is vacuous where that leads outside" }
            return "'\(direction.rawValue)' allows every \(transport.rawValue) port from every "
                + "address of IPv\(family.rawValue)" + (place ?? ", which is vacuous")
        }
    }

    /// At most one for each list, protocol and interface.
    package let findings: [Finding]

    /// Looks at the flows that enter: `ingress` and `forward`.
    package init(of firewall: FirewallSection) {
        var findings: [Finding] = []
        for flows in [firewall.ingress ?? [], firewall.forward] {
            let interfaces: [String?] = [nil] + Set(flows.compactMap(\.interface)).sorted()
            for transport in [IPProtocol.tcp, .udp] {
                let found = interfaces.compactMap {
                    Self.finding(in: flows, transport, on: $0)
                }
                // What holds on every interface is not said again of each.
                findings += found.first.map { $0.interface == nil ? [$0] : found } ?? []
            }
        }
        self.findings = findings
    }

    private static func finding(
        in flows: [DeclaredFlow], _ transport: IPProtocol, on interface: String?
    ) -> Finding? {
        let onInterface = flows.filter { $0.interface == nil || $0.interface == interface }
        guard let first = onInterface.first else { return nil }
        let family = IPAddress.Family.allCases.first { family in
            allowsEverything(onInterface, transport, family)
        }
        return family.map {
            Finding(
                direction: first.direction, transport: transport, family: $0,
                interface: interface, mark: first.mark)
        }
    }

    // A sender chooses its source port, and a host has few addresses: neither narrows a flow.
    // Port 0 is reserved: it need not be declared to allow everything.
    private static func allowsEverything(
        _ flows: [DeclaredFlow], _ transport: IPProtocol, _ family: IPAddress.Family
    ) -> Bool {
        let rectangles = flows.filter {
            $0.includes(transport) && $0.reachesHost(of: family)
        }.map { (ports: $0.ports, sources: $0.sources(of: family)) }
        var steps: Set<UInt16> = [1]
        for range in rectangles.flatMap(\.ports.ranges) {
            steps.insert(max(1, range.first))
            if range.last < .max { steps.insert(range.last + 1) }
        }
        return steps.sorted().allSatisfy { port in
            let sources = rectangles.filter { $0.ports.contains(port) }.flatMap(\.sources)
            return covers(sources, family)
        }
    }

    private static func covers(_ networks: [Network], _ family: IPAddress.Family) -> Bool {
        var next: UInt128 = 0
        let last = Network.all(family).last
        for network in networks.sorted(by: { $0.address.bits < $1.address.bits }) {
            guard network.address.bits <= next else { return false }
            if network.last >= last { return true }
            next = max(next, network.last + 1)
        }
        return false
    }
}

extension DeclaredFlow {
    fileprivate func includes(_ transport: IPProtocol) -> Bool {
        switch protocols {
        case .any: true
        case .of(let protocols): protocols.contains(transport)
        }
    }

    fileprivate var ports: PortSet {
        switch destinationPorts {
        case .any: PortSet([PortRange(0, .max)])
        case .of(let ports): PortSet(ports)
        }
    }

    fileprivate func sources(of family: IPAddress.Family) -> [Network] {
        switch sources {
        case .any: [.all(family)]
        case .of(let networks): networks.filter { $0.family == family }
        }
    }

    // Groups that a host joins are not the host: a flow to multicast alone lets nobody in.
    fileprivate func reachesHost(of family: IPAddress.Family) -> Bool {
        guard self.family == nil || self.family == family else { return false }
        guard case .of(let networks) = destinations else { return true }
        let groups =
            family == .v4
            ? Network(address: IPAddress(family: .v4, bits: 0xE000_0000), length: 4)
            : Network(address: IPAddress(family: .v6, bits: 0xFF << 120), length: 8)
        return networks.contains { $0.family == family && !groups.contains($0) }
    }
}
