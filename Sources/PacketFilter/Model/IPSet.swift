/// One of the kernel's ipsets (`ipset(8)`).
package struct IPSet: Hashable, Sendable {
    /// A part of its keys.
    package enum Part: Hashable, Sendable {
        case address
        /// A protocol and a port, or an ICMP type and code.
        case port
        case hardware
        case mark
        case interface
        /// Other sets.
        case list
    }

    package var parts: [Part]
    package var family: Address.Family
    package var members: NamedSet

    /// A set by its parts.
    package init(
        parts: [Part], family: Address.Family = .v4, members: NamedSet = NamedSet()
    ) {
        self.parts = parts
        self.family = family
        self.members = members
    }

    /// What a rule looks at to ask the set, with `src` or `dst` for each part.
    ///
    /// A port is asked with its protocol; ICMP types stand where other protocols have their source
    /// port, so both ports are part of the key.
    package func operands(_ directions: [String]) -> [Operand]? {
        guard directions.count >= parts.count else { return nil }
        var operands: [Operand] = []
        for (part, direction) in zip(parts, directions) {
            let isSource = direction == "src"
            switch part {
            case .address:
                let field = Operand.field(isSource ? .source : .destination)
                operands.append(family == .v4 ? .slice(field, 0..<32) : field)
            case .port:
                operands += [
                    .field(.transport), .field(isSource ? .sourcePort : .destinationPort),
                    .field(.sourcePort),
                ]
            case .hardware:
                operands.append(.field(isSource ? .sourceHardware : .destinationHardware))
            case .mark: operands.append(.field(.mark))
            case .interface: operands.append(.field(isSource ? .input : .output))
            case .list: return nil
            }
        }
        return operands
    }
}
