extension NftReader {
    /// `set family table name { … }`, after the first word.
    mutating func addSet(isMap: Bool) throws(NftError) {
        let (family, tableName) = (try family(), try identifier())
        try readSet(try table(tableName, family, tokens.place), isMap: isMap)
    }

    /// `name { … }` of a set or map.
    mutating func readSet(_ table: Int, isMap: Bool) throws(NftError) {
        let name = try identifier()
        let place = tokens.place
        rule = NftRuleContext(
            family: ruleset.tables[table].family, table: ruleset.tables[table].name)
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
        if draft.isOdd || type.keys.count > 5 { doubt(place, "a set that says something odd") }
        let key = setKey(table, name)
        let owner = ruleset.tables[table]
        let exists =
            owner.sets[name] != nil || owner.verdictMaps[name] != nil || owner.dataMaps[name] != nil
        if exists, setTypes[key] != type || setTraits[key] != draft.traits {
            doubt(place, "a set that there may be already")
        }
        setTraits[key] = draft.traits
        if let known = setTypes[key], known != type { settle(key) }
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
        let isRepeated = !draft.seen.insert(token.text == "typeof" ? "type" : token.text).inserted
        if isRepeated { doubt(token.place, "a set that says something twice") }
        switch token.text {
        case "type": draft.type = try readDeclaredType(isMap: draft.isMap)
        case "typeof": draft.type = try readTypeOf(table, isMap: draft.isMap)
        case "flags":
            repeat {
                let flag = try tokens.next()
                guard ["constant", "interval", "timeout", "dynamic"].contains(flag.text) else {
                    throw NftError(.refused, flag.place, "a flag that sets do not have")
                }
                switch flag.text {
                case "dynamic": draft.traits.isDynamic = true
                case "timeout": draft.traits.hasTimeout = true
                case "interval": draft.traits.isInterval = true
                default: break
                }
            } while try take(sign: ",")
        case "timeout":
            draft.traits.expires = true
            draft.traits.hasTimeout = true
            try readTime()
        case "gc-interval": try readTime()
        case "size":
            draft.traits.size = Int(try plainNumber(0xFFFF_FFFF))
            if draft.traits.size == 0 { doubt(token.place, "a set of no size") }
        case "policy":
            let policy = try tokens.next()
            guard policy.isWord("memory") || policy.isWord("performance") else {
                throw NftError(.refused, policy.place, "a policy that sets do not have")
            }
        case "comment": _ = try text(longest: 127)
        case "auto-merge":
            draft.traits.mergesIntervals = true
            return
        case "elements":
            try expect(sign: "=")
            guard let type = draft.type else {
                throw NftError(.notUnderstood, token.place, "elements before the type of a set")
            }
            draft.elements = try readElements(type, isPassing: draft.traits.expires)
            return
        case "counter":
            draft.traits.hasStatement = true
            try readCounter()
        case "limit", "quota", "last", "ct":
            draft.traits.hasStatement = true
            doubt(token.place, "a statement of a set")
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
        if try take(word: "interval") { doubt(tokens.place, "a map to ranges") }
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
        rule = NftRuleContext(
            family: ruleset.tables[table].family, table: ruleset.tables[table].name)
        let keys = try readConcatenation().map(\.type)
        guard isMap else { return NftSetType(keys: keys, data: .none) }
        try expect(sign: ":")
        if try take(word: "interval") { doubt(tokens.place, "a map to ranges") }
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
        ruleset.tables[table].declare(name, type, isFilledByPackets: draft.traits.isDynamic)
        guard let elements = draft.elements else { return }
        check(elements, type, draft.traits)
        added[setKey(table, name), default: NftAddition()].add(elements)
    }

    /// `element family table name { … }`, after the first word.
    mutating func addElements() throws(NftError) {
        let (family, tableName, name) = (try family(), try identifier(), try identifier())
        let table = try table(tableName, family, tokens.place)
        let key = setKey(table, name)
        guard let type = setTypes[key], let traits = setTraits[key] else {
            let owner = ruleset.tables[table]
            guard owner.sets[name] == nil, owner.verdictMaps[name] == nil,
                owner.dataMaps[name] == nil
            else { throw NftError(.notUnderstood, tokens.place, "a set of an unknown type") }
            throw NftError(.refused, tokens.place, "a set that does not exist")
        }
        var draft = NftSetDraft(isMap: type.data != .none)
        draft.traits = traits
        rule = NftRuleContext(family: family, table: tableName)
        draft.elements = try readElements(type, isPassing: traits.expires)
        store(draft, type, name, table)
    }
}

/// What a block has said about its set so far.
struct NftSetDraft {
    var isMap: Bool
    var type: NftSetType?
    var traits = NftSetTraits()
    /// The words that were read.
    var seen: Set<String> = []
    var elements: NftElements?

    init(isMap: Bool) {
        self.isMap = isMap
    }

    /// It asks for what nft may not give.
    var isOdd: Bool {
        traits.isDynamic && traits.isInterval || traits.mergesIntervals && !traits.isInterval
            || seen.contains("gc-interval") && !traits.hasTimeout || type == nil
            || traits.mergesIntervals && isMap
            || traits.isDynamic && type?.data == .verdict || type?.data == .objects
    }
}
