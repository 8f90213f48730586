extension NftReader {
    /// A match, a verdict map or an assignment that begins with expressions.
    mutating func readMatch(_ statements: inout [Statement]) throws(NftError) {
        let keys = try readConcatenation()
        if try take(word: "vmap") {
            try add(needs: keys, to: &statements)
            statements.append(.verdictMap(keys.map(\.operand), try readVerdictMap(keys)))
            return
        }
        if try take(word: "map") {
            throw NftError(.notUnderstood, tokens.place, "a match of what a map gives")
        }
        if keys.count == 1, try take(word: "set") {
            try readAssignment(keys[0], &statements)
            return
        }
        try add(needs: keys, to: &statements)
        if keys.count == 1 {
            try readComparison(keys[0], &statements)
        } else {
            let isNegated = try take(any: ["!=", "ne"])
            if !isNegated { _ = try take(any: ["==", "eq"]) }
            let set = try readSetValue(keys.map(\.type))
            statements.append(.match(keys.map(\.operand), in: set, isNegated: isNegated))
        }
        if keys.count == 1 { remember(keys[0], statements.last) }
    }

    /// What the expressions silently ask for, unless the rule has asked for it already.
    mutating func add(
        needs expressions: [NftExpression], to statements: inout [Statement]
    ) throws(NftError) {
        for need in expressions.flatMap(\.needs) {
            switch need {
            case .family(let family):
                if rule.packetFamily == family { continue }
                if rule.packetFamily != nil {
                    throw NftError(.refused, tokens.place, "both families in one rule")
                }
                rule.packetFamily = family
            case .usually(let family):
                if rule.packetFamily != nil { continue }
                rule.packetFamily = family
            case .transport(let number):
                if rule.transport == number { continue }
                if rule.transport != nil {
                    throw NftError(.refused, tokens.place, "two protocols in one rule")
                }
                rule.transport = number
            case .ethernet:
                if rule.family == .bridge { continue }
            case .never: break
            }
            statements += need.statements(links)
        }
    }

    /// A match of one family or protocol settles what later expressions ask for.
    private mutating func remember(_ key: NftExpression, _ match: Statement?) {
        guard case .match(_, .inline(let values), false) = match, values.tuples.isEmpty,
            let range = values.numbers.ranges.first, values.numbers.ranges.count == 1,
            range.lowerBound == range.upperBound
        else { return }
        let number = range.lowerBound
        if key.operand == .field(.transport) { rule.transport = UInt8(truncatingIfNeeded: number) }
        if key.operand == .familyNumber { rule.packetFamily = number == 2 ? .v4 : .v6 }
        // In a table of both families nft asks for the family once more.
        if key.operand == .protocolNumber, rule.family != .inet {
            if number == 0x0800 { rule.packetFamily = .v4 }
            if number == 0x86DD { rule.packetFamily = .v6 }
        }
    }

    private enum Relation { case implicit, equal, unequal, less, greater, atMost, atLeast, none }

    private mutating func readRelation() throws(NftError) -> Relation {
        let token = try tokens.peek()
        let relation: Relation =
            switch (token.kind, token.text) {
            case (.sign, "=="), (.word, "eq"): .equal
            case (.sign, "!="), (.word, "ne"): .unequal
            case (.sign, "<"), (.word, "lt"): .less
            case (.sign, ">"), (.word, "gt"): .greater
            case (.sign, "<="), (.word, "le"): .atMost
            case (.sign, ">="), (.word, "ge"): .atLeast
            case (.sign, "!"), (.word, "not"): .none
            default: .implicit
            }
        if relation != .implicit { _ = try tokens.next() }
        return relation
    }

    private mutating func readComparison(
        _ key: NftExpression, _ statements: inout [Statement]
    ) throws(NftError) {
        let relation = try readRelation()
        let next = try tokens.peek()
        let isNegated = relation == .unequal || relation == .none
        if next.isSign("{") || next.isSign("@") {
            let set = try readSetValue([key.type])
            statements.append(.match([key.operand], in: set, isNegated: isNegated))
            return
        }
        switch relation {
        case .less, .greater, .atMost, .atLeast:
            let bound = try readNumber(key.type)
            statements.append(
                .match(key.operand, range(relation, bound, width: key.operand.width)))
        case .implicit, .equal, .unequal, .none:
            if key.type.isBits {
                try readBitsMatch(key, relation, &statements)
            } else {
                let component = try readComponent(key.type)
                statements.append(
                    .match(
                        [key.operand], in: .inline(ValueSet(keys: [[component]])),
                        isNegated: isNegated))
            }
        }
    }

    private func range(_ relation: Relation, _ bound: UInt128, width: Int) -> IntervalSet {
        let last = IntervalSet.largest(width)
        return switch relation {
        case .less: bound == 0 ? .empty : IntervalSet([0...(bound - 1)])
        case .greater: bound >= last ? .empty : IntervalSet([(bound + 1)...last])
        case .atMost: IntervalSet([0...min(bound, last)])
        case .atLeast: bound > last ? .empty : IntervalSet([bound...last])
        case .implicit, .equal, .unequal, .none: .empty
        }
    }

    /// Names of bits: alone they mean *any of these*, with `==` and `!=` exactly these, after a
    /// mask and before one exactly these of the mask (measured with `nft --debug=netlink`).
    private mutating func readBitsMatch(
        _ key: NftExpression, _ relation: Relation, _ statements: inout [Statement]
    ) throws(NftError) {
        let bits = try readBits(key.type, comma: true)
        var operand = key.operand
        let isMasked = try take(sign: "/")
        if isMasked {
            let mask = try readBits(key.type, comma: true)
            operand = .and(operand, .number(mask, width: operand.width))
        }
        let isPlain = if case .field = key.operand { true } else { false }
        let isAny = isPlain && !isMasked && (relation == .implicit || relation == .none)
        if isAny {
            statements.append(.anyBit(operand, bits, not: relation == .none))
        } else {
            statements.append(.match(operand, bits, not: relation == .unequal))
        }
    }

    /// `{ … }`, `@name`, or one value for each type.
    private mutating func readSetValue(_ types: [NftType]) throws(NftError) -> SetReference {
        if try take(sign: "@") {
            let token = try tokens.next()
            guard token.kind == .word else {
                throw NftError(.refused, token.place, "no name where one belongs")
            }
            try noteSet(token.text)
            let key = NftSetKey(family: rule.family, table: rule.table, name: token.text)
            if let known = setTypes[key], mode == .file,
                known.keys.map(\.width) != types.map(\.width)
            {
                throw NftError(.refused, token.place, "a set of another type")
            }
            return .named(token.text)
        }
        if try tokens.peek().isSign("{") {
            let type = NftSetType(keys: types, data: .none)
            let elements = try readElements(type, isPassing: false)
            return .inline(elements.members(types))
        }
        var key: [Component] = []
        for (place, type) in types.enumerated() {
            if place > 0 { try expect(sign: ".") }
            key.append(try readComponent(type))
        }
        return .inline(ValueSet(keys: [key]))
    }

    private mutating func readVerdictMap(
        _ keys: [NftExpression]
    ) throws(NftError) -> VerdictMapReference {
        if try take(sign: "@") {
            let name = try name()
            try noteSet(name)
            return .named(name)
        }
        let type = NftSetType(keys: keys.map(\.type), data: .verdict)
        let elements = try readElements(type, isPassing: false)
        return .inline(elements.verdictMap(adding: nil, isFilled: false, "in the rule"))
    }

    /// The value after `set`.
    private mutating func readAssignment(
        _ key: NftExpression, _ statements: inout [Statement]
    ) throws(NftError) {
        try add(needs: [key], to: &statements)
        guard let field = key.assigned else {
            // Options, priorities and their like do not decide about packets.
            try skipValue()
            return
        }
        let value = try readValue(key.type)
        try add(needs: [value], to: &statements)
        statements.append(.assign(field, value.operand))
    }

    /// A value that does not matter.
    mutating func skipValue() throws(NftError) {
        let token = try tokens.next()
        if token.isSign("{") { return try skipBlock() }
        if token.isWord("rt") || token.isWord("ip") || token.isWord("ct") {
            _ = try tokens.next()
            if try tokens.peek().isWord("mtu") { _ = try tokens.next() }
        }
        if try take(word: "map") {
            if try take(sign: "{") { return try skipBlock() }
            _ = try take(sign: "@")
            _ = try tokens.next()
        }
    }
}
