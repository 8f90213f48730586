extension NftReader {
    /// What the expressions silently ask for, unless the rule has asked for it already.
    mutating func add(
        needs expressions: [NftExpression], to statements: inout [Statement]
    ) throws(NftError) {
        for need in expressions.flatMap(\.needs) {
            check(need)
            switch need {
            case .family(let family):
                if rule.packetFamily == family { continue }
                if rule.family == .arp { doubt(tokens.place, "a protocol that arp does not have") }
                if rule.packetFamily != nil {
                    throw NftError(.refused, tokens.place, "both families in one rule")
                }
                rule.packetFamily = family
            case .usually(let family):
                // nft asks for the family together with the protocol, and not where that is settled.
                let isSettled = rule.transport == (family == .v4 ? 1 : 58)
                if rule.packetFamily != nil || isSettled { continue }
                rule.packetFamily = family
            case .transport(let number):
                if rule.transport == number { continue }
                if rule.family == .arp { doubt(tokens.place, "a protocol that arp does not have") }
                if rule.transport != nil {
                    throw NftError(
                        rule.isLoose ? .notUnderstood : .refused, tokens.place,
                        "two protocols in one rule")
                }
                rule.transport = number
            case .ethernet: if rule.family == .bridge { continue }
            case .never: break
            }
            statements += need.statements(links)
        }
    }

    /// A match of one family or protocol settles what later expressions ask for.
    mutating func remember(_ key: NftExpression, _ match: Statement?) {
        if key.operand == .field(.transport) { rule.asksTransport = true }
        note(key, match)
        guard case .match(_, .inline(let values), false) = match, values.tuples.isEmpty,
            let range = values.numbers.ranges.first, values.numbers.ranges.count == 1,
            range.lowerBound == range.upperBound
        else { return }
        let number = range.lowerBound
        if key.operand == .field(.transport) {
            // One that a header has asked for is named as well.
            if let transport = rule.transport { rule.namedTransports.insert(UInt128(transport)) }
            rule.transport = UInt8(truncatingIfNeeded: number)
        }
        if key.operand == .familyNumber { rule.packetFamily = number == 2 ? .v4 : .v6 }
        // In a table of both families nft asks for the family once more.
        if key.operand == .protocolNumber, rule.family != .inet {
            if number == 0x0800 { rule.packetFamily = .v4 }
            if number == 0x86DD { rule.packetFamily = .v6 }
        }
    }

    /// Which protocols and families a match names, alone or in a set.
    private mutating func note(_ key: NftExpression, _ match: Statement?) {
        guard case .match(_, .inline(let values), false) = match else { return }
        let numbers = values.numbers.ranges.flatMap {
            [$0.lowerBound, $0.upperBound]
        }
        switch key.operand {
        case .field(.transport), .field(.nextHeader), .connected(.field(.transport)):
            rule.namedTransports.formUnion(numbers)
        case .familyNumber:
            rule.namedFamilies.formUnion(numbers.map { $0 == 2 ? .v4 : .v6 })
        case .protocolNumber:
            rule.namedFamilies.formUnion(numbers.map { $0 == 0x0800 ? .v4 : .v6 })
        default: break
        }
    }

    private mutating func check(_ need: NftNeed) {
        let clashes =
            switch need {
            case .family(let family), .usually(let family):
                !rule.namedFamilies.isSubset(of: [family])
            case .transport(let number): !rule.namedTransports.isSubset(of: [UInt128(number)])
            case .ethernet, .never: false
            }
        if clashes { doubt(tokens.place, "protocols that do not go together") }
    }
}
