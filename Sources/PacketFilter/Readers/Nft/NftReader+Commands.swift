extension NftReader {
    /// One command of the top level, or a definition.
    mutating func readCommand() throws(NftError) {
        if try readCommon() { return }
        let token = try tokens.next()
        guard token.kind == .word else {
            throw NftError(.refused, token.place, "no command where one belongs")
        }
        switch token.text {
        case "add": try add(isInsert: false)
        case "create":
            doubt(token.place, "the command 'create'")
            try add(isInsert: false)
        case "insert": try add(isInsert: true)
        case "table", "chain", "rule", "set", "map", "element", "flowtable", "counter",
            "quota", "limit", "ct", "secmark", "synproxy", "tunnel":
            tokens.putBack(token)
            try add(isInsert: false)
        case "flush": try flush()
        case "delete": try delete(mustExist: true)
        case "destroy":
            doubt(token.place, "the command 'destroy'")
            try delete(mustExist: false)
        case "rename": try rename()
        case "list", "monitor", "describe", "get", "reset", "export":
            let next = try tokens.peek()
            if token.text != "list" || !next.isWord("ruleset") {
                doubt(token.place, "the command '\(token.text)'")
            }
            try skipStatement()
        case "replace", "import":
            lose(token.place, "the command '\(token.text)'")
            try skipStatement()
        case "ip", "ip6", "inet", "arp", "bridge", "netdev":
            // A rule may be added without the words for it.
            tokens.putBack(token)
            try addRule(isInsert: false)
        default:
            throw NftError(.refused, token.place, "a command that nft does not have")
        }
        try endStatement()
    }

    /// `include`, `define` and their like, which may stand in any block.
    mutating func readCommon() throws(NftError) -> Bool {
        let token = try tokens.peek()
        guard token.kind == .word else { return false }
        switch token.text {
        case "include":
            _ = try tokens.next()
            try readInclude()
        case "define", "redefine":
            _ = try tokens.next()
            try define(isNew: token.text == "define")
        case "undefine":
            _ = try tokens.next()
            let name = try tokens.nextBare()
            guard tokens.variables.removeValue(forKey: name.text) != nil else {
                throw NftError(.refused, name.place, "a variable that nothing defines")
            }
            try endStatement()
        default: return false
        }
        return true
    }

    private mutating func readInclude() throws(NftError) {
        let path = try tokens.next()
        guard path.kind == .quoted else {
            throw NftError(.refused, path.place, "an include without a quoted path")
        }
        try endStatement()
        switch include(path.text) {
        case .files(let files):
            try tokens.include(files.map { ($0.path, $0.bytes) }, at: path.place)
        case .missing:
            throw NftError(.refused, path.place, "an include of a file that is not there")
        case .unreadable:
            lose(path.place, "an include that could not be read")
        }
    }

    private mutating func add(isInsert: Bool) throws(NftError) {
        let token = try tokens.next()
        if isInsert,
            [
                "table", "chain", "set", "map", "element", "flowtable", "counter", "quota",
                "limit", "ct", "secmark", "synproxy", "tunnel",
            ].contains(token.text)
        {
            doubt(token.place, "an insertion of what is no rule")
        }
        switch token.text {
        case "table": try addTable()
        case "chain": try addChain()
        case "rule": try addRule(isInsert: isInsert)
        case "set": try addSet(isMap: false)
        case "map": try addSet(isMap: true)
        case "element": try addElements()
        case "flowtable", "counter", "quota", "limit", "secmark", "synproxy", "tunnel", "ct":
            try addObject(token)
        default:
            tokens.putBack(token)
            try addRule(isInsert: isInsert)
        }
    }

    /// `counter family table name { … }` and its like.
    private mutating func addObject(_ token: NftToken) throws(NftError) {
        let start = try tokens.copy()
        let kind = token.text == "ct" ? try name() : ""
        let (family, tableName) = (try family(), try identifier())
        let index = try table(tableName, family, token.place)
        let name = try tokens.next()
        guard try tokens.peek().isSign("{") else {
            tokens = start
            doubt(token.place, "an object without its block")
            return try skipObject()
        }
        tokens.putBack(name)
        if !kind.isEmpty {
            tokens.putBack(
                NftToken(kind: .word, text: kind, place: token.place, range: token.range))
        }
        try readObject(token, index)
    }

    /// An object that does not filter: its names, and what is in its block.
    private mutating func skipObject() throws(NftError) {
        while true {
            let token = try tokens.peek()
            if token.isSeparator || token.kind == .end { return }
            _ = try tokens.next()
            if token.isSign("{") { try skipBlock() }
        }
    }

    /// The rest of a statement, blocks included.
    mutating func skipStatement() throws(NftError) {
        try skipObject()
    }

    /// The family that a command names; `ip` where it names none.
    mutating func family() throws(NftError) -> FilterTable.Family {
        let token = try tokens.peek()
        guard token.kind == .word, let family = FilterTable.Family(rawValue: token.text) else {
            return .ip
        }
        _ = try tokens.next()
        return family
    }

    private mutating func flush() throws(NftError) {
        let token = try tokens.next()
        switch token.text {
        case "ruleset":
            let next = try tokens.peek()
            let family = next.kind == .word ? try self.family() : nil
            settle { family == nil || $0.family == family }
            chainPlaces = [:]
            ruleset.tables.removeAll {
                $0.engine == .nftables && (family == nil || $0.family == family)
            }
            if family == nil {
                setTypes = [:]
                setTraits = [:]
                objects = []
                demands = [:]
                earlier = []
            } else {
                doubt(token.place, "a flush of one family")
            }
        case "table":
            let (family, table) = (try self.family(), try name())
            let index = try self.table(table, family, token.place)
            for chain in ruleset.tables[index].chains.indices {
                ruleset.tables[index].chains[chain].rules = []
            }
            forgetRules(of: NftTableKey(family: family, name: table))
        case "chain":
            let (family, table, chain) = (try self.family(), try name(), try name())
            let index = try self.table(table, family, token.place)
            guard let place = ruleset.tables[index].index(ofChain: chain) else {
                throw NftError(.refused, token.place, "a chain that does not exist")
            }
            ruleset.tables[index].chains[place].rules = []
            demands[NftSetKey(family: family, table: table, name: chain)] = nil
        case "set", "map", "meter":
            let (family, table, set) = (try self.family(), try name(), try name())
            let index = try self.table(table, family, token.place)
            if !ruleset.tables[index].has(set) { doubt(token.place, "a set that does not exist") }
            settle(setKey(index, set))
            ruleset.tables[index].empty(set)
        default:
            throw NftError(.refused, token.place, "a flush of something unknown")
        }
    }

    private mutating func delete(mustExist: Bool) throws(NftError) {
        let token = try tokens.next()
        let family = try self.family()
        let table = try name()
        guard let index = ruleset.index(of: table, family) else {
            if !mustExist { return try skipStatement() }
            throw NftError(.refused, token.place, "a table that does not exist")
        }
        chainPlaces = [:]
        switch token.text {
        case "table":
            let key = NftTableKey(family: family, name: table)
            settle { $0 == key }
            ruleset.tables.remove(at: index)
            forget(key)
        case "chain":
            doubt(token.place, "the command 'delete chain'")
            let chain = try name()
            let place = ruleset.tables[index].index(ofChain: chain)
            if let place { ruleset.tables[index].chains.remove(at: place) }
            guard place != nil || !mustExist else {
                throw NftError(.refused, token.place, "a chain that does not exist")
            }
        case "set", "map":
            doubt(token.place, "the command 'delete \(token.text)'")
            let key = setKey(index, try name())
            settle(key)
            setTypes[key] = nil
            setTraits[key] = nil
            ruleset.tables[index].remove(key.name)
        default:
            // Rules are deleted by handles, elements by value; neither is followed.
            lose(token.place, "the command 'delete \(token.text)'")
            try skipStatement()
        }
    }

    private mutating func rename() throws(NftError) {
        let token = try tokens.next()
        guard token.isWord("chain") else {
            throw NftError(.refused, token.place, "a rename of something unknown")
        }
        let (family, table, chain, new) = (try family(), try name(), try name(), try name())
        let index = try self.table(table, family, token.place)
        guard let place = ruleset.tables[index].index(ofChain: chain) else {
            throw NftError(.refused, token.place, "a chain that does not exist")
        }
        doubt(token.place, "the command 'rename'")
        ruleset.tables[index].chains[place].name = new
        chainPlaces = [:]
    }

    /// What was known of a table that is deleted.
    private mutating func forget(_ table: NftTableKey) {
        objects = objects.filter { $0.table != table }
        setTypes = setTypes.filter { $0.key.family != table.family || $0.key.table != table.name }
        setTraits = setTraits.filter {
            $0.key.family != table.family || $0.key.table != table.name
        }
        forgetRules(of: table)
        earlier.remove(table)
    }

    private mutating func forgetRules(of table: NftTableKey) {
        demands = demands.filter { $0.key.family != table.family || $0.key.table != table.name }
    }

    /// The place of a table that must exist.
    func table(
        _ name: String, _ family: FilterTable.Family, _ place: SourcePlace
    ) throws(NftError) -> Int {
        guard let index = ruleset.index(of: name, family) else {
            throw NftError(.refused, place, "a table that does not exist")
        }
        return index
    }
}

extension FilterTable {
    /// Takes all members out of a set or map.
    mutating func empty(_ name: String) {
        if let set = sets[name] {
            sets[name] = NamedSet(isFilledByPackets: set.isFilledByPackets)
        }
        if verdictMaps[name] != nil { verdictMaps[name] = VerdictMap() }
        if let map = dataMaps[name] { dataMaps[name] = DataMap(width: map.width) }
    }

    /// It has a set or map of the name.
    func has(_ name: String) -> Bool {
        sets[name] != nil || verdictMaps[name] != nil || dataMaps[name] != nil
    }

    /// Takes a set or map away.
    mutating func remove(_ name: String) {
        sets[name] = nil
        verdictMaps[name] = nil
        dataMaps[name] = nil
    }
}
