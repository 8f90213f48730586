/// One concrete packet.
package struct Witness: Hashable, Sendable {
    package var family: Address.Family
    /// Protocol number.
    package var transport: UInt8
    /// Nothing: the protocol has no ports.
    package var sourcePort: UInt16?
    /// Nothing: the protocol has no ports.
    package var destinationPort: UInt16?
    /// Nothing: it is not ICMP.
    package var icmpType: UInt8?
    /// Nothing: it is not ICMP.
    package var icmpCode: UInt8?
    package var source: Address
    /// Nothing: an address of the host that is not known.
    package var destination: Address?
    /// The interface; nothing: any other than those that exist or that a rule names.
    package var interface: String?

    /// The packet in one line, such as `tcp 203.0.113.9:40000 to 192.0.2.1:5432 on eth0`.
    package var text: String {
        let ported = { (address: String, port: UInt16?) in
            guard let port else { return address }
            return address.contains(":") ? "[\(address)]:\(port)" : "\(address):\(port)"
        }
        var words = [Transport.name(transport)]
        if let icmpType, let icmpCode { words.append("type \(icmpType) code \(icmpCode)") }
        words.append(ported(source.description, sourcePort))
        words.append("to " + ported(destination?.description ?? "any-address", destinationPort))
        words.append("on " + (interface ?? "any other interface"))
        return words.joined(separator: " ")
    }
}

extension PacketSpace {
    /// The packet of an assignment; bits that are not given are 0.
    func packet(_ bits: Assignment, _ direction: Direction) -> Witness {
        let number = { (field: Field) in bits.number(of: self.variables(of: field)) }
        let family: Address.Family = number(.family) == 0 ? .v4 : .v6
        let shift = UInt128(128 - family.width)
        let transport = UInt8(truncatingIfNeeded: number(.transport))
        let isPorted = Evaluator.portedTransports.contains(UInt128(transport))
        let isICMP = transport == 1 || transport == 58
        let (first, second) = (number(.sourcePort), number(.destinationPort))
        let interface = Int(number(direction == .output ? .output : .input))
        let isUnnamed = number(.unnamedDestination) == 1
        return Witness(
            family: family, transport: transport,
            sourcePort: isPorted ? UInt16(truncatingIfNeeded: first) : nil,
            destinationPort: isPorted ? UInt16(truncatingIfNeeded: second) : nil,
            icmpType: isICMP ? UInt8(truncatingIfNeeded: first >> 8) : nil,
            icmpCode: isICMP ? UInt8(truncatingIfNeeded: first) : nil,
            source: Address(family, number(.source) >> shift),
            destination: isUnnamed ? nil : Address(family, number(.destination) >> shift),
            interface: interfaces.members.indices.contains(interface)
                ? interfaces.members[interface].name : nil)
    }
}
