extension NftReader {
    /// Expressions with dots between them.
    ///
    /// nft takes constants for some of them (`add @s { 10.0.0.1 }`, `ip saddr . 22 @s`); what it
    /// makes of these is not followed.
    mutating func readConcatenation(
        mayBeConstant: Bool = false
    ) throws(NftError) -> [NftExpression] {
        var parts: [NftExpression] = []
        repeat {
            guard let part = try readExpression() else {
                let token = try tokens.next()
                let mayStand =
                    (mayBeConstant || !parts.isEmpty)
                    && (token.kind == .word || token.kind == .quoted)
                throw NftError(
                    mayStand || NftKeywords.contains(token) ? .notUnderstood : .refused,
                    token.place, "no expression where one belongs")
            }
            parts.append(part)
        } while try take(sign: ".")
        return parts
    }

    /// A selector with `&`, `|`, `^`, `<<` and `>>`; nothing where none begins.
    mutating func readExpression() throws(NftError) -> NftExpression? {
        try enterGroup()
        defer { rule.depth -= 1 }
        let isGrouped = try take(sign: "(")
        guard var left = isGrouped ? try readExpression() : try readSelector() else {
            return nil
        }
        if isGrouped { try expect(sign: ")") }
        while let sign = try readOperator() {
            left = try apply(sign, left)
        }
        return left
    }

    /// Notes that one more group is read within others.
    mutating func enterGroup() throws(NftError) {
        rule.depth += 1
        guard rule.depth <= NftRuleContext.limit else {
            throw NftError(.notUnderstood, tokens.place, "groups within groups")
        }
    }

    private enum Sign { case and, or, exclusiveOr, left, right }

    private mutating func readOperator() throws(NftError) -> Sign? {
        let token = try tokens.peek()
        let sign: Sign? =
            switch (token.kind, token.text) {
            case (.sign, "&"), (.word, "and"): .and
            case (.sign, "|"), (.word, "or"): .or
            case (.sign, "^"), (.word, "xor"): .exclusiveOr
            case (.sign, "<<"), (.word, "lshift"): .left
            case (.sign, ">>"), (.word, "rshift"): .right
            default: nil
            }
        guard let sign else { return nil }
        _ = try tokens.next()
        rule.operators += 1
        guard rule.operators <= NftRuleContext.limit else {
            throw NftError(.notUnderstood, token.place, "a rule of many operators")
        }
        return sign
    }

    private mutating func apply(
        _ sign: Sign, _ left: NftExpression
    ) throws(NftError) -> NftExpression {
        var result = left
        result.assigned = nil
        result.isComputed = true
        if !left.type.isMaskable { doubt(tokens.place, "bits of what has none") }
        switch sign {
        case .and, .or, .exclusiveOr:
            let right = try readRightOperand(left.type)
            result.needs += right.needs
            result.operand =
                switch sign {
                case .and: .and(left.operand, right.operand)
                case .or: .or(left.operand, right.operand)
                case .exclusiveOr, .left, .right: .exclusiveOr(left.operand, right.operand)
                }
        case .left, .right:
            let count = try tokens.next()
            doubt(count.place, "shifted bits")
            guard let bits = CNumber.small(count.text), (0..<left.type.width).contains(bits) else {
                throw NftError(.refused, count.place, "a shift by no number")
            }
            result.operand =
                sign == .left
                ? .shiftedLeft(left.operand, by: bits) : .shiftedRight(left.operand, by: bits)
        }
        return result
    }

    /// A constant of the type, or another selector.
    private mutating func readRightOperand(_ type: NftType) throws(NftError) -> NftExpression {
        let token = try tokens.peek()
        if token.isSign("(") || startsConstant(token, type) {
            let number = try token.isSign("(") ? readGroup(type) : readNumber(type)
            return NftExpression(.number(number, width: type.width), type)
        }
        guard let selector = try readSelector() else {
            return NftExpression(.number(try readNumber(type), width: type.width), type)
        }
        doubt(token.place, "an operator between two parts of packets")
        return selector
    }

    private mutating func readGroup(_ type: NftType) throws(NftError) -> UInt128 {
        try expect(sign: "(")
        let bits = try readBits(type, comma: false)
        try expect(sign: ")")
        return bits
    }

    private func startsConstant(_ token: NftToken, _ type: NftType) -> Bool {
        guard token.kind == .word || token.kind == .quoted else { return false }
        if let first = token.text.utf8.first, (0x30...0x39).contains(first) { return true }
        return NftSymbols.number(token.text, type) != nil || Address(token.text) != nil
    }

    /// What an assignment writes: constants, selectors, and maps.
    mutating func readValue(_ type: NftType) throws(NftError) -> NftExpression {
        let token = try tokens.peek()
        if startsConstant(token, type) || token.isSign("(") {
            var value = try readRightOperand(type)
            while let sign = try readOperator() { value = try apply(sign, value) }
            return value
        }
        guard let first = try readExpression() else {
            return NftExpression(.number(try readNumber(type), width: type.width), type)
        }
        var parts = [first]
        while try take(sign: ".") {
            guard let part = try readExpression() else {
                throw NftError(.refused, tokens.place, "no expression where one belongs")
            }
            parts.append(part)
        }
        if try take(word: "map") { return try readMap(parts, [type]) }
        if parts.count > 1 { doubt(token.place, "a value of several parts") }
        return first
    }

    /// The map after the word `map`, inline or by name.
    mutating func readMap(
        _ keys: [NftExpression], _ types: [NftType]
    ) throws(NftError) -> NftExpression {
        let width = types.reduce(0) { $0 + $1.width }
        let reference: DataMapReference
        if try take(sign: "@") {
            let name = try name()
            try noteSet(name)
            let key = NftSetKey(family: rule.family, table: rule.table, name: name)
            if case .numbers(let own)? = setTypes[key]?.data,
                own.reduce(0, { $0 + $1.width }) != width
            {
                // nft 1.0.6 leaves out `addr . port` where it lists such a map.
                throw NftError(.notUnderstood, tokens.place, "a map of other values")
            }
            try check(
                name, is: NftSetType(keys: keys.map(\.type), data: .numbers(types)),
                tokens.place)
            reference = .named(name, width: width)
        } else {
            let type = NftSetType(keys: keys.map(\.type), data: .numbers(types))
            let elements = try readInlineElements(type)
            reference = .inline(
                DataMap(elements, "in the rule", addedTo: DataMap(width: width)))
        }
        let operand = Operand.mapped(key: keys.map(\.operand), reference)
        return NftExpression(operand, types[0], needs: keys.flatMap(\.needs))
    }

    /// Notes that a rule names a set, which must exist.
    mutating func noteSet(_ name: String) throws(NftError) {
        named.append(
            NftName(
                kind: .set, family: rule.family, table: rule.table, name: name,
                place: tokens.place))
    }
}
