extension XtablesRuleReader {
    /// Ports and TCP flags.
    mutating func readPorts(_ option: String, not: Bool) throws(XtablesError) -> Bool {
        switch option {
        case "--sport", "--source-port": try port(.sourcePort, not: not)
        case "--dport", "--destination-port": try port(.destinationPort, not: not)
        case "--sports", "--source-ports":
            statements.append(.match(.field(.sourcePort), try ports(), not: not))
        case "--dports", "--destination-ports":
            statements.append(.match(.field(.destinationPort), try ports(), not: not))
        case "--ports": try eitherPort(not: not)
        case "--tcp-flags":
            let mask = try flags()
            let wanted = try flags()
            statements.append(
                .match(.and(.field(.tcpFlags), .number(mask, width: 8)), wanted, not: not))
        case "--syn":
            // SYN of SYN, RST, ACK and FIN.
            statements.append(
                .match(.and(.field(.tcpFlags), .number(0x17, width: 8)), 2, not: not))
        case "--tcp-option":
            _ = try value()
            statements.append(.condition(Unknown(.chosen, "tcp option in '\(name)'")))
        default: return false
        }
        return true
    }

    private mutating func port(_ field: Field, not: Bool) throws(XtablesError) {
        guard module != "multiport" else {
            statements.append(.match(.field(field), try ports(), not: not))
            return
        }
        let text = try value()
        guard let range = portRange(text) else {
            unknownMatch("the name of a service")
            return
        }
        statements.append(.match(.field(field), IntervalSet([range]), not: not))
    }

    private mutating func ports() throws(XtablesError) -> IntervalSet {
        var ranges: [ClosedRange<UInt128>] = []
        for part in try value().split(separator: ",") {
            guard let range = portRange(String(part)) else {
                throw XtablesError(.notUnderstood, "the name of a service")
            }
            ranges.append(range)
        }
        return IntervalSet(ranges)
    }

    func portRange(_ text: String) -> ClosedRange<UInt128>? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard let first = parts.first, parts.count <= 2 else { return nil }
        let start = first.isEmpty ? 0 : port(first)
        let end = parts.count == 1 ? start : parts[1].isEmpty ? 0xFFFF : port(parts[1])
        guard let start, let end, start <= end else { return nil }
        return start...end
    }

    private func port(_ name: String) -> UInt128? {
        // Some extensions read all numbers in base 10, others a zero before them as base 8.
        if let number = UInt16(name) { return String(number) == name ? UInt128(number) : nil }
        return services.port(name).map { UInt128($0) }
    }

    /// One of the two ports is in the list: not neither.
    private mutating func eitherPort(not: Bool) throws(XtablesError) {
        let numbers = try ports()
        let any = IntervalSet([0...0xFFFF])
        let tuples: [[Component]] = [
            [.numbers(numbers), .numbers(any)], [.numbers(any), .numbers(numbers)],
        ]
        statements.append(
            .match(
                [.field(.sourcePort), .field(.destinationPort)],
                in: .inline(ValueSet(tuples: tuples)), isNegated: not))
    }

    private mutating func flags() throws(XtablesError) -> UInt128 {
        let text = try value()
        var bits: UInt128 = 0
        for name in text.lowercased().split(separator: ",") where name != "none" {
            guard let bit = name == "all" ? 0x3F : NftSymbols.number(String(name), .tcpFlags) else {
                throw XtablesError(.refused, "a TCP flag")
            }
            bits |= bit
        }
        return bits
    }

    /// Marks, lengths, hop limits and classes.
    mutating func readNumbers(_ option: String, not: Bool) throws(XtablesError) -> Bool {
        switch (option, module) {
        case ("--mark", "connmark"):
            statements.append(try masked(.field(.connectionMark), not: not))
        case ("--mark", _): statements.append(try masked(.field(.mark), not: not))
        case ("--length", _):
            statements.append(.match(.field(.length), try range(0xFFFF), not: not))
        case ("--ttl-eq", _), ("--hl-eq", _), ("--ttl", _):
            statements.append(.match(.field(.timeToLive), try number(), not: not))
        case ("--ttl-lt", _), ("--hl-lt", _):
            let bound = try number()
            let below = bound == 0 ? IntervalSet.empty : IntervalSet([0...(bound - 1)])
            statements.append(.match(.field(.timeToLive), below, not: not))
        case ("--ttl-gt", _), ("--hl-gt", _):
            let bound = try number()
            let above = bound >= 255 ? IntervalSet.empty : IntervalSet([(bound + 1)...255])
            statements.append(.match(.field(.timeToLive), above, not: not))
        case ("--dscp", _):
            statements.append(
                .match(.slice(.field(.trafficClass), 0..<6), try number(), not: not))
        case ("--dscp-class", _):
            guard let class_ = NftSymbols.number(try value().lowercased(), .dscp) else {
                throw XtablesError(.refused, "a class of traffic")
            }
            statements.append(.match(.slice(.field(.trafficClass), 0..<6), class_, not: not))
        case ("--tos", _):
            guard words.next?.first?.isNumber == true else { return false }
            statements.append(try masked(.field(.trafficClass), not: not))
        default: return false
        }
        return true
    }

    mutating func number() throws(XtablesError) -> UInt128 {
        guard let number = XtablesRuleReader.number(try value()) else {
            throw XtablesError(.refused, "no number where one belongs")
        }
        return number
    }

    /// A number that may have a sign before it.
    private static func number(_ text: some StringProtocol) -> UInt128? {
        CNumber.value(of: text.hasPrefix("+") ? String(text.dropFirst()) : String(text))
    }

    private mutating func range(_ last: UInt128) throws(XtablesError) -> IntervalSet {
        let parts = try value().split(separator: ":", omittingEmptySubsequences: false)
        let first = parts[0].isEmpty ? 0 : XtablesRuleReader.number(parts[0])
        let end =
            parts.count == 1
            ? first : parts[1].isEmpty ? last : XtablesRuleReader.number(parts[1])
        guard let first, let end, parts.count <= 2 else {
            throw XtablesError(.refused, "a range of numbers")
        }
        // The kernel compares with both ends: of such a range no number is in it.
        if first > end { return .empty }
        return IntervalSet([first...end])
    }

    /// `value` or `value/mask`, as two numbers.
    mutating func valueAndMask(width: Int) throws(XtablesError) -> (UInt128, UInt128) {
        let parts = try value().split(separator: "/")
        let mask = parts.count > 1 ? XtablesRuleReader.number(parts[1]) : IntervalSet.largest(width)
        guard let first = parts.first, let number = XtablesRuleReader.number(first), let mask,
            parts.count <= 2
        else { throw XtablesError(.refused, "a number and its mask") }
        return (number, mask)
    }

    private mutating func masked(_ operand: Operand, not: Bool) throws(XtablesError) -> Statement {
        let (number, mask) = try valueAndMask(width: operand.width)
        return .match(operand.masked(mask), number, not: not)
    }
}
