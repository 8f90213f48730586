extension NftReader {
    /// A match, a verdict map or an assignment that begins with expressions.
    mutating func readMatch(_ statements: inout [Statement]) throws(NftError) {
        let keys = try readConcatenation()
        if try take(word: "vmap") {
            try add(needs: keys, to: &statements)
            statements.append(.verdictMap(keys.map(\.operand), try readVerdictMap(keys)))
            return
        }
        if keys.count > 1, keys.contains(where: { $0.isComputed }) {
            doubt(tokens.place, "computed parts of a key")
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
            let next = try tokens.peek()
            if !next.isSign("{"), !next.isSign("@") {
                doubt(next.place, "one value of several parts")
            }
            let set = try readSetValue(keys.map(\.type))
            statements.append(.match(keys.map(\.operand), in: set, isNegated: isNegated))
        }
        if keys.count == 1 { remember(keys[0], statements.last) }
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
        if relation == .none, !key.type.isBits { doubt(next.place, "a negation of a value") }
        let isList = next.isSign("{") || next.isSign("@")
        if key.isComputed,
            isList || relation != .equal && relation != .unequal && relation != .implicit
        {
            doubt(next.place, "a comparison of computed bits")
        }
        if next.isSign("{") || next.isSign("@") {
            let set = try readSetValue([key.type])
            statements.append(.match([key.operand], in: set, isNegated: isNegated))
            return
        }
        switch relation {
        case .less, .greater, .atMost, .atLeast:
            if isList || !key.type.isOrdered { try refuseOrder(next) }
            let bound = try readNumber(key.type)
            statements.append(
                .match(key.operand, range(relation, bound, width: key.operand.width)))
        case .implicit, .equal, .unequal, .none:
            if key.type.isBits {
                try readBitsMatch(key, relation, &statements)
            } else {
                let component = try readComponent(key.type)
                if key.isComputed, component.isWide {
                    doubt(next.place, "a comparison of computed bits")
                }
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
        let start = try tokens.peek()
        let bits = try readBits(key.type, comma: true)
        if relation != .implicit, relation != .none, tokens.hasComma(since: start) {
            doubt(start.place, "a list of bits that is compared")
        }
        var operand = key.operand
        let isMasked = try take(sign: "/")
        if isMasked {
            if key.isComputed || relation == .none { doubt(start.place, "a mask of a mask") }
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

    private func refuseOrder(_ token: NftToken) throws(NftError) {
        guard mode == .file else { return }
        throw NftError(.notUnderstood, token.place, "a comparison by size")
    }

    /// A set or map that is named must be of the types that the rule asks it for.
    mutating func check(
        _ name: String, is wanted: NftSetType, _ place: SourcePlace
    ) throws(NftError) {
        guard mode == .file else { return }
        let key = NftSetKey(family: rule.family, table: rule.table, name: name)
        guard let known = setTypes[key] else {
            // One that does not exist is refused when the command has been read.
            pendingTypes.append((key, wanted, place))
            return
        }
        if known.keys.map(\.width) != wanted.keys.map(\.width) {
            throw NftError(.refused, place, "a set of another type")
        }
        if known != wanted { doubt(place, "a set of another type") }
    }

    /// `{ … }`, `@name`, or one value for each type.
    private mutating func readSetValue(_ types: [NftType]) throws(NftError) -> SetReference {
        if try take(sign: "@") {
            let token = try tokens.next()
            guard token.kind == .word else {
                throw NftError(.refused, token.place, "no name where one belongs")
            }
            try noteSet(token.text)
            try check(token.text, is: NftSetType(keys: types, data: .none), token.place)
            return .named(token.text)
        }
        if try tokens.peek().isSign("{") {
            let type = NftSetType(keys: types, data: .none)
            let elements = try readInlineElements(type)
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
            try check(name, is: NftSetType(keys: keys.map(\.type), data: .verdict), tokens.place)
            return .named(name)
        }
        let type = NftSetType(keys: keys.map(\.type), data: .verdict)
        let elements = try readInlineElements(type)
        return .inline(VerdictMap(elements, "in the rule", addedTo: VerdictMap()))
    }

    /// The value after `set`.
    private mutating func readAssignment(
        _ key: NftExpression, _ statements: inout [Statement]
    ) throws(NftError) {
        try add(needs: [key], to: &statements)
        if key.isComputed { try refuse(tokens.place, "an assignment to computed bits") }
        if key.isIdle, !key.isComputed {
            guard try take(word: "rt") else {
                _ = try plainNumber(65535)
                return
            }
            let what = try tokens.next()
            demand(.at(what.place, [.forward, .output, .postrouting]))
            if !what.isWord("mtu") { doubt(what.place, "an assignment that is not followed") }
            return
        }
        guard let field = key.assigned else {
            // Options, priorities and their like do not decide about packets.
            doubt(tokens.place, "an assignment that is not followed")
            try skipValue()
            return
        }
        if field == .connectionMark || field == .connectionZone {
            demand(.at(tokens.place, in: [.ip, .ip6, .inet]))
        }
        if field == .packetType || field == .connectionZone {
            demand(.at(tokens.place, [.prerouting]))
        }
        let value = try readValue(key.type)
        if value.type != key.type { doubt(tokens.place, "a value of another type") }
        let isConstant = if case .number = value.operand { true } else { false }
        if !isConstant, ![.mark, .connectionMark, .connectionZone, .priority].contains(field) {
            doubt(tokens.place, "a field that is set to another one")
        }
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
