extension Evaluator {
    /// The packets that a match lets go on; nothing for steps that are no match.
    func packets(
        matching statement: Statement, at key: MatchKey, _ number: Int
    ) throws(PacketFilterError) -> Diagram? {
        let table = key.rule.chain.table
        switch statement {
        case .match(let operands, let set, let isNegated):
            let environment = environments[number]
            return try cached(key, operands, environment) { () throws(PacketFilterError) in
                try self.packets(operands, in: set, not: isNegated, environment, table)
            }
        case .compare(let left, let right, let isNegated):
            let environment = environments[number]
            return try cached(key, [left, right], environment) { () throws(PacketFilterError) in
                try self.packets(left, equal: right, not: isNegated, environment, table)
            }
        case .condition(let unknown): return try space.answer(unknown)
        case .assign, .translate, .untrack, .remember, .verdict, .verdictMap, .opaque: return nil
        }
    }

    /// An answer that does not hang on the environment is kept.
    private func cached(
        _ key: MatchKey, _ operands: [Operand], _ environment: Environment,
        _ compute: () throws(PacketFilterError) -> Diagram
    ) throws(PacketFilterError) -> Diagram {
        guard operands.allSatisfy({ !$0.depends(on: environment) }) else { return try compute() }
        if let known = matches[key] { return known }
        let answer = try compute()
        matches[key] = answer
        return answer
    }

    private func packets(
        _ operands: [Operand], in reference: SetReference, not isNegated: Bool,
        _ environment: Environment, _ table: Int
    ) throws(PacketFilterError) -> Diagram {
        let (words, presence) = try self.words(operands, environment, in: table)
        let members = try packets(words, operands, in: reference, environment, table)
        return try isNegated
            ? arena.difference(presence, members) : arena.intersection(presence, members)
    }

    private func packets(
        _ left: Operand, equal right: Operand, not isNegated: Bool, _ environment: Environment,
        _ table: Int
    ) throws(PacketFilterError) -> Diagram {
        let one = try word(left, environment, in: table)
        let other = try word(right, environment, in: table)
        let presence = try arena.intersection(one.presence, other.presence)
        let equal = try arena.equality(one.bits, other.bits)
        return try isNegated
            ? arena.difference(presence, equal) : arena.intersection(presence, equal)
    }

    private func packets(
        _ words: [[Diagram]], _ operands: [Operand], in reference: SetReference,
        _ environment: Environment, _ table: Int
    ) throws(PacketFilterError) -> Diagram {
        let set: NamedSet?
        let name: String
        switch reference {
        case .inline(let values): return try membership(of: words, keys: operands, in: values)
        case .named(let own): (set, name) = (ruleset.tables[table].sets[own], own)
        case .ipset(let ipset): (set, name) = (ruleset.ipsets[ipset]?.members, ipset)
        }
        guard let set else { throw PacketFilterError(.danglingName, name) }
        var parts = [try membership(of: words, keys: operands, in: set.members)]
        if !set.passing.isEmpty {
            let now = try space.answer(Unknown(.chosen, "elements of set \(name) have expired"))
            let passing = try membership(of: words, keys: operands, in: set.passing)
            parts.append(try arena.difference(passing, now))
        }
        if set.isFilledByPackets {
            parts.append(try remembered(operands, in: reference, name, environment, table))
        }
        if let unknown = set.unknown { parts.append(try space.answer(unknown)) }
        return try arena.union(parts)
    }

    /// The packets whose key another packet may have added to the set.
    private func remembered(
        _ operands: [Operand], in set: SetReference, _ name: String, _ environment: Environment,
        _ table: Int
    ) throws(PacketFilterError) -> Diagram {
        let ownTable = if case .ipset = set { -1 } else { table }
        let key = SetKey(table: ownTable, set: set, operands: operands)
        let keyed = try space.answer(Unknown(.chosen, "set \(name) has the key"))
        let hidden = try space.answer(Unknown(.hidden, "a packet added the key to set \(name)"))
        var added = RememberedKeys()
        let isPlain = operands.allSatisfy { !$0.depends(on: environment) }
        for (other, keys) in remembered where other.table == ownTable && other.set == set {
            if other == key, isPlain {
                added.certain = try arena.union(added.certain, keys.certain)
                added.possible = try arena.union(added.possible, keys.possible)
            } else if keys.possible != .none {
                added.possible = .all
            }
        }
        let uncertain = try arena.intersection(hidden, added.possible)
        return try arena.intersection(keyed, arena.union(added.certain, uncertain))
    }

    /// The packets whose key, of these words, is among the values.
    func membership(
        of words: [[Diagram]], keys operands: [Operand], in values: ValueSet
    ) throws(PacketFilterError) -> Diagram {
        var parts: [Diagram] = []
        if !values.numbers.isEmpty {
            let word = words.count == 1 ? words[0] : words.flatMap { $0 }
            parts.append(try arena.membership(of: word, in: values.numbers))
        }
        for tuple in values.tuples {
            guard tuple.count == words.count else { continue }
            var tupleParts: [Diagram] = []
            for (word, component) in zip(words, tuple) {
                let part = try arena.membership(
                    of: word, in: space.interfaces.numbers(of: component))
                tupleParts.append(part)
                if part == .none { break }
            }
            parts.append(try arena.intersection(tupleParts.reversed()))
        }
        return try arena.union(parts)
    }
}

extension Operand {
    /// Its number hangs on what the kernel knows besides the header.
    func depends(on environment: Environment) -> Bool {
        switch self {
        case .field(let field):
            environment.bound[field] != nil || field.belongsToConnection
        case .known(let field): environment.bound[field] != nil
        case .carried, .number, .unknown, .generated: false
        case .connected, .connectionPort: true
        case .slice(let operand, _), .shiftedLeft(let operand, _), .shiftedRight(let operand, _):
            operand.depends(on: environment)
        case .and(let left, let right), .or(let left, let right),
            .exclusiveOr(let left, let right):
            left.depends(on: environment) || right.depends(on: environment)
        case .joined(let parts): parts.contains { $0.depends(on: environment) }
        case .addressType(let field, let onInput):
            environment.bound[field] != nil || onInput && environment.bound[.input] != nil
        case .mapped(let key, _): key.contains { $0.depends(on: environment) }
        }
    }
}
