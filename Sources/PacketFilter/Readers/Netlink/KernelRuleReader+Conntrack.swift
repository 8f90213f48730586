extension KernelRuleReader {
    /// The states of a mask of iptables in nft's bits; translations and untracked packets have
    /// other places there (`XT_CONNTRACK_STATE_`, `XT_STATE_`).
    static func states(_ mask: UInt128, old: Bool) -> UInt128 {
        mask & 15 | (mask >> (old ? 6 : 8) & 1) << 6
    }

    // struct xt_conntrack_mtinfo1 to 3 of xt_conntrack.h.
    func connection(
        _ info: KernelExtension, _ family: Address.Family
    ) throws(KernelError) -> [Statement] {
        let (flags, inverted) = (try info.number(146, 2), try info.number(148, 2))
        let size = info.revision == 1 ? 1 : 2
        let states = try info.number(150, size)
        let statuses = try info.number(150 + size, size)
        guard flags & ~0x3FFF == 0 else { throw .notUnderstood("conntrack") }
        var statements: [Statement] = []
        let isNot = { (bit: UInt128) in inverted & bit != 0 }
        if flags & 1 != 0 {
            // A packet without a connection that has the state is asked nothing more.
            guard flags & ~0x2001 == 0 else { throw .notUnderstood("conntrack") }
            statements.append(KernelRuleReader.state(states, not: isNot(1)))
        }
        if flags & 2 != 0 {
            statements.append(
                .match(.connected(.field(.transport)), try info.number(136, 2), not: isNot(2)))
        }
        for (bit, offset, whole) in KernelRuleReader.ends where flags & bit != 0 {
            let mask = try info.address(offset + 16, family)
            let operand: Operand = family == .v4 ? .slice(whole, 0..<32) : whole
            statements.append(
                .match(
                    .connected(operand.masked(mask)), try info.address(offset, family),
                    not: isNot(bit)))
        }
        if flags & 0x40 != 0 {
            statements.append(.anyBit(.field(.connectionStatus), statuses, not: isNot(0x40)))
        }
        if flags & 0x80 != 0 { throw .notUnderstood("conntrack") }
        statements += try connectionPorts(info, flags, inverted)
        if flags & 0x1000 != 0 {
            // Turned round it asks for the other direction; packets that open a flow have none.
            statements.append(
                .match(.connected(.number(0, width: 8)), 0, not: isNot(0x1000)))
        }
        return statements
    }

    /// The addresses of a connection, in the order of their flags.
    private static let ends: [(UInt128, Int, Operand)] = [
        (4, 0, .carried(.source)), (8, 32, .carried(.destination)),
        (0x10, 64, .field(.destination)), (0x20, 96, .field(.source)),
    ]

    private func connectionPorts(
        _ info: KernelExtension, _ flags: UInt128, _ inverted: UInt128
    ) throws(KernelError) -> [Statement] {
        let places: [(UInt128, Field, Bool)] = [
            (0x100, .sourcePort, false), (0x200, .destinationPort, false),
            (0x400, .sourcePort, true), (0x800, .destinationPort, true),
        ]
        var statements: [Statement] = []
        for (place, (bit, field, isReply)) in places.enumerated() where flags & bit != 0 {
            let (first, last): (UInt128, UInt128)
            if info.revision == 3 {
                // Only here they are in the machine's order, and may be a range.
                first = try info.number(138 + place * 2, 2)
                last = try max(first, info.number(154 + place * 2, 2))
            } else {
                first = try info.big(138 + place * 2, 2)
                last = first
            }
            statements.append(
                .match(
                    .connectionPort(field, isReply: isReply), IntervalSet([first...last]),
                    not: inverted & bit != 0))
        }
        return statements
    }

    /// States are bits; SNAT and DNAT are bits of the status that count like states.
    private static func state(_ mask: UInt128, not: Bool) -> Statement {
        let states = KernelRuleReader.states(mask, old: false)
        let statuses = (mask >> 6 & 1) << 4 | (mask >> 7 & 1) << 5
        if statuses == 0 { return .anyBit(.field(.connectionState), states, not: not) }
        let joined = Operand.joined([
            .field(.connectionState).masked(states),
            .and(.slice(.known(.connectionStatus), 24..<32), .number(statuses, width: 8)),
        ])
        return .match(joined, 0, not: !not)
    }
}
