extension NftReader {
    /// `set family table name { … }`, after the first word.
    mutating func addSet(isMap: Bool) throws(NftError) {
        let (family, tableName) = (try family(), try name())
        try readSet(try table(tableName, family, tokens.place), isMap: isMap)
    }

    /// `name { … }` of a set or map.
    mutating func readSet(_ table: Int, isMap: Bool) throws(NftError) {
        let name = try name()
        try expect(sign: "{")
        var draft = NftSetDraft(isMap: isMap)
        while true {
            if try tokens.peek().isSeparator {
                _ = try tokens.next()
                continue
            }
            if try take(sign: "}") { break }
            try readSetItem(&draft, table)
        }
        guard let type = draft.type else {
            throw NftError(.refused, tokens.place, "a set without a type")
        }
        settle()
        let key = setKey(table, name)
        if let known = setTypes[key], known == type, draft.elements == nil { return }
        setTypes[key] = type
        store(draft, type, name, table)
    }

    func setKey(_ table: Int, _ name: String) -> NftSetKey {
        NftSetKey(
            family: ruleset.tables[table].family, table: ruleset.tables[table].name, name: name)
    }

    private mutating func readSetItem(
        _ draft: inout NftSetDraft, _ table: Int
    ) throws(NftError) {
        if try readCommon() { return }
        let token = try tokens.next()
        switch token.text {
        case "type": draft.type = try readDeclaredType(isMap: draft.isMap)
        case "typeof": draft.type = try readTypeOf(table, isMap: draft.isMap)
        case "flags":
            repeat {
                let flag = try tokens.next()
                guard ["constant", "interval", "timeout", "dynamic"].contains(flag.text) else {
                    throw NftError(.refused, flag.place, "a flag that sets do not have")
                }
                if flag.text == "dynamic" { draft.isDynamic = true }
                if flag.text == "timeout" { draft.hasTimeout = true }
            } while try take(sign: ",")
        case "timeout":
            draft.isPassing = true
            _ = try tokens.next()
        case "gc-interval", "size", "policy": _ = try tokens.next()
        case "comment": _ = try string()
        case "auto-merge": return
        case "elements":
            try expect(sign: "=")
            guard let type = draft.type else {
                throw NftError(.refused, token.place, "elements before the type of a set")
            }
            draft.elements = try readElements(type, isPassing: draft.isPassing)
            return
        case "counter", "limit", "quota", "last", "ct":
            try skipStatement()
        default:
            throw NftError(.refused, token.place, "a set with something odd in it")
        }
        try endStatement()
    }

    private mutating func readDeclaredType(isMap: Bool) throws(NftError) -> NftSetType {
        let keys = try readTypeNames()
        guard isMap else { return NftSetType(keys: keys, data: .none) }
        try expect(sign: ":")
        _ = try take(word: "interval")
        let token = try tokens.peek()
        switch token.text {
        case "verdict":
            _ = try tokens.next()
            return NftSetType(keys: keys, data: .verdict)
        case "counter", "quota", "limit", "secmark", "synproxy":
            _ = try tokens.next()
            return NftSetType(keys: keys, data: .objects)
        default:
            return NftSetType(keys: keys, data: .numbers(try readTypeNames()))
        }
    }

    private mutating func readTypeNames() throws(NftError) -> [NftType] {
        var types: [NftType] = []
        repeat {
            let token = try tokens.next()
            guard token.kind == .word else {
                throw NftError(.refused, token.place, "no type where one belongs")
            }
            guard let type = NftType(named: token.text) else {
                throw NftError(
                    token.text == "integer" || token.text == "string"
                        ? .refused : .notUnderstood, token.place, "the type of a set")
            }
            types.append(type)
        } while try take(sign: ".")
        return types
    }

    private mutating func readTypeOf(
        _ table: Int, isMap: Bool
    ) throws(NftError) -> NftSetType {
        rule = NftRuleContext(family: ruleset.tables[table].family)
        let keys = try readConcatenation().map(\.type)
        guard isMap else { return NftSetType(keys: keys, data: .none) }
        try expect(sign: ":")
        _ = try take(word: "interval")
        let token = try tokens.peek()
        if ["verdict", "counter", "quota", "limit", "secmark", "synproxy"].contains(token.text) {
            _ = try tokens.next()
            return NftSetType(keys: keys, data: token.text == "verdict" ? .verdict : .objects)
        }
        return NftSetType(keys: keys, data: .numbers(try readConcatenation().map(\.type)))
    }

    private mutating func store(
        _ draft: NftSetDraft, _ type: NftSetType, _ name: String, _ table: Int
    ) {
        let elements = draft.elements ?? NftElements()
        let isFilled = draft.isDynamic
        switch type.data {
        case .none:
            let old = ruleset.tables[table].sets[name]
            var set = NamedSet(
                members: elements.members(type.keys), passing: elements.passing,
                isFilledByPackets: isFilled || old?.isFilledByPackets == true)
            if let old {
                set.members.formUnion(old.members)
                set.passing.formUnion(old.passing)
            }
            ruleset.tables[table].sets[name] = set
        case .verdict:
            ruleset.tables[table].verdictMaps[name] = elements.verdictMap(
                adding: ruleset.tables[table].verdictMaps[name], isFilled: isFilled, name)
        case .numbers(let types):
            let width = types.reduce(0) { $0 + $1.width }
            ruleset.tables[table].dataMaps[name] = elements.dataMap(
                adding: ruleset.tables[table].dataMaps[name], width: width, isFilled: isFilled,
                name)
        case .objects:
            ruleset.tables[table].dataMaps[name] = DataMap(width: 0)
        }
    }

    /// `element family table name { … }`, after the first word.
    mutating func addElements() throws(NftError) {
        let (family, tableName, name) = (try family(), try self.name(), try self.name())
        let table = try table(tableName, family, tokens.place)
        guard let type = setTypes[setKey(table, name)] else {
            throw NftError(.refused, tokens.place, "a set that does not exist")
        }
        let key = setKey(table, name)
        // Kept until the set is looked at: to sort it for each element would take too long.
        var elements = added.removeValue(forKey: key) ?? NftElements()
        try readElements(type, isPassing: false, into: &elements, depth: 0)
        added[key] = elements
    }

    /// Puts the elements that were added into their sets.
    mutating func settle() {
        for (key, elements) in added {
            guard let type = setTypes[key], let table = ruleset.index(of: key.table, key.family)
            else { continue }
            var draft = NftSetDraft(isMap: type.data != .none)
            draft.elements = elements
            store(draft, type, key.name, table)
        }
        added = [:]
    }
}

/// What a block has said about its set so far.
struct NftSetDraft {
    var isMap: Bool
    var type: NftSetType?
    var isDynamic = false
    var hasTimeout = false
    /// Its elements have a timeout of the set's own.
    var isPassing = false
    var elements: NftElements?

    init(isMap: Bool) {
        self.isMap = isMap
    }
}

extension ValueSet {
    /// Adds the keys of another set.
    mutating func formUnion(_ other: ValueSet) {
        numbers = numbers.union(other.numbers)
        tuples += other.tuples
    }
}

extension NftElements {
    /// A verdict map of these elements and those that it has.
    func verdictMap(adding old: VerdictMap?, isFilled: Bool, _ name: String) -> VerdictMap {
        var pairs = verdicts
        for entry in old?.entries ?? [] {
            pairs += entry.keys.keys.map { ($0, entry.verdict) }
        }
        let unknown = isFilled ? Unknown(.hidden, "packets add to map \(name)") : nil
        return VerdictMap(
            pairs, fallback: verdictFallback ?? old?.fallback, unknown: unknown ?? old?.unknown)
    }

    /// A data map of these elements and those that it has.
    func dataMap(adding old: DataMap?, width: Int, isFilled: Bool, _ name: String) -> DataMap {
        var pairs = values
        for entry in old?.entries ?? [] {
            pairs += entry.keys.keys.map { ($0, entry.value) }
        }
        var unknown = isFilled ? Unknown(.hidden, "packets add to map \(name)") : old?.unknown
        if hasOddValue { unknown = Unknown(.hidden, "values of map \(name)") }
        return DataMap(
            pairs, width: width, fallback: valueFallback ?? old?.fallback, unknown: unknown)
    }
}

extension ValueSet {
    /// Its keys one by one.
    var keys: [[Component]] {
        numbers.ranges.map { [.numbers(IntervalSet([$0]))] } + tuples
    }
}
