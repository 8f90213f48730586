/// Packets that can open a flow, as people name them: every combination of the parts comes through.
package struct PacketFlow: Hashable, Sendable {
    package var direction: Direction
    /// Nothing: both.
    package var family: Address.Family?
    /// Protocol numbers.
    package var transports: IntervalSet
    /// Numbers of 16 bits; nothing: any, or the protocols have none.
    package var destinationPorts: IntervalSet?
    /// Numbers of 16 bits; nothing: any, or the protocols have none.
    package var sourcePorts: IntervalSet?
    /// Type and code of ICMP as numbers of 16 bits; nothing: any, or it is not ICMP.
    package var icmpTypes: IntervalSet?
    /// Canonical text: `any`, prefixes and ranges, or `not` and those.
    package var sources: String
    /// Canonical text, as for the sources.
    package var destinations: String
    /// The interface; nothing: any other than those that exist or that a rule names.
    package var interface: String?
    /// It comes through whatever we do not know.
    package var isCertain: Bool
    /// The name of the declaration that covers it, `icmp` for the baseline.
    package var declaredBy: String?
    /// What lets it in.
    package var decider: Decider?
    /// One packet of it.
    package var witness: Witness
    /// Whose answers decide, for a flow that is only possible.
    package var unknowns: [Unknown]
    /// For each of its families the packets that come from and go to its ends, in the algebra of the
    /// analysis that found it.
    var ends: [Address.Family: Diagram]
}

extension PacketFlow {
    /// The protocols in one word: `tcp`, `tcp udp`, `any`, or numbers.
    package var protocolText: String {
        NumberText.text(transports, width: 8) { Transport.name(UInt8($0)) }
    }

    /// The destination ports, or the ICMP types, or nothing where all are meant.
    package var destinationPortText: String? {
        destinationPorts.map { NumberText.text($0, width: 16) { String($0) } }
    }

    /// The source ports, or nothing where all are meant.
    package var sourcePortText: String? {
        sourcePorts.map { NumberText.text($0, width: 16) { String($0) } }
    }

    /// The ICMP types, each with `/code` where not all of its codes are meant.
    package var icmpTypeText: String? {
        icmpTypes.map { types in
            let whole = (0...255).filter { type in
                let first = UInt128(type) << 8
                return types.ranges.contains { $0.contains(first) && $0.contains(first | 255) }
            }
            let wholeTypes = IntervalSet(whole.map { UInt128($0)...UInt128($0) })
            var parts = whole.isEmpty ? [] : [NumberText.text(wholeTypes, width: 8) { String($0) }]
            for range in types.ranges {
                for number in range.lowerBound...range.upperBound
                where !wholeTypes.contains(number >> 8) {
                    parts.append("\(number >> 8)/\(number & 255)")
                    if parts.count > NumberText.longest { return parts.joined(separator: " ") }
                }
            }
            return parts.joined(separator: " ")
        }
    }

    /// The interface as it is named to people.
    package var interfaceText: String { interface ?? "any other interface" }

    /// The flow in one line, such as `tcp 5432 from 10.20.0.0/16 on eth1`.
    package var text: String {
        var words: [String] = []
        // Addresses tell the family, and so do the two kinds of ICMP.
        let isPlain =
            sources == "any" && destinations == "any"
            && transports != IntervalSet(1) && transports != IntervalSet(58)
        if let family, isPlain { words.append(family == .v4 ? "ipv4" : "ipv6") }
        words.append(protocolText)
        if let ports = destinationPortText { words.append(ports) }
        if let types = icmpTypeText { words.append(types) }
        words.append("from \(sources)")
        if let ports = sourcePortText { words.append("port \(ports)") }
        if destinations != "any" { words.append("to \(destinations)") }
        words.append((direction == .output ? "by " : "on ") + interfaceText)
        return words.joined(separator: " ")
    }
}
