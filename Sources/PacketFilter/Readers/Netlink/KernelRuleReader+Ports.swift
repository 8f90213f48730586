extension KernelRuleReader {
    // struct xt_tcp and xt_udp: source ports, destination ports, then what is their own.
    func ports(
        _ info: KernelExtension, inverted: UInt128
    ) throws(KernelError) -> [Statement] {
        var statements: [Statement] = []
        for (field, offset, bit) in [
            (Field.sourcePort, 0, UInt128(1)), (.destinationPort, 4, 2),
        ] {
            let numbers = try interval(info.number(offset, 2), info.number(offset + 2, 2))
            let isInverted = inverted & bit != 0
            if numbers == IntervalSet([0...0xFFFF]), !isInverted { continue }
            statements.append(.match(.field(field), numbers, not: isInverted))
        }
        return statements
    }

    mutating func tcp(_ info: KernelExtension) throws(KernelError) -> [Statement] {
        let inverted = try info.number(11, 1)
        guard inverted & ~15 == 0 else { return [.condition(unknown(.hidden, "xt match tcp"))] }
        var statements = try ports(info, inverted: inverted)
        let (mask, wanted) = (try info.number(9, 1), try info.number(10, 1))
        if mask != 0 || wanted != 0 || inverted & 4 != 0 {
            statements.append(
                .match(.field(.tcpFlags).masked(mask), wanted, not: inverted & 4 != 0))
        }
        if try info.number(8, 1) != 0 {
            statements.append(.condition(unknown(.chosen, "tcp option")))
        }
        return statements
    }

    // struct ipt_icmp: a type, the first and the last code, and whether it is turned round.
    func icmp(_ info: KernelExtension) throws(KernelError) -> [Statement] {
        let (type, first, last) = (
            try info.number(0, 1), try info.number(1, 1), try info.number(2, 1)
        )
        let isInverted = try info.number(3, 1) != 0
        if type == 255, first == 0, last == 255 {
            return isInverted ? [KernelRuleReader.never] : []
        }
        guard type != 255 else { throw .notUnderstood("icmp") }
        return [
            .match(
                .field(.sourcePort), interval(type << 8 | first, type << 8 | last), not: isInverted)
        ]
    }

    // struct xt_multiport_v1: which ports, how many, 15 ports, 15 signs of a range, turned round.
    func multiport(_ info: KernelExtension) throws(KernelError) -> Statement {
        let (kind, count) = (try info.number(0, 1), Int(try info.number(1, 1)))
        let isInverted = try info.number(47, 1) != 0
        guard count <= 15, kind <= 2 else { throw .notUnderstood("multiport") }
        var ranges: [ClosedRange<UInt128>] = []
        var place = 0
        while place < count {
            let first = try info.number(2 + place * 2, 2)
            var last = first
            if try info.number(32 + place, 1) != 0 {
                place += 1
                guard place < count else { throw .notUnderstood("multiport") }
                last = try info.number(2 + place * 2, 2)
            }
            if first <= last { ranges.append(first...last) }
            place += 1
        }
        let numbers = IntervalSet(ranges)
        if kind < 2 {
            return .match(
                .field(kind == 0 ? .sourcePort : .destinationPort), numbers, not: isInverted)
        }
        let any = IntervalSet([0...0xFFFF])
        return .match(
            [.field(.sourcePort), .field(.destinationPort)],
            in: .inline(
                ValueSet(tuples: [
                    [.numbers(numbers), .numbers(any)], [.numbers(any), .numbers(numbers)],
                ])), isNegated: isInverted)
    }
}
