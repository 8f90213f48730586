extension NftReader {
    /// One command of the top level, or a definition.
    mutating func readCommand() throws(NftError) {
        if try readCommon() { return }
        let token = try tokens.next()
        guard token.kind == .word else {
            throw NftError(.refused, token.place, "no command where one belongs")
        }
        switch token.text {
        case "add", "create": try add(isInsert: false)
        case "insert": try add(isInsert: true)
        case "table", "chain", "rule", "set", "map", "element", "flowtable", "counter",
            "quota", "limit", "ct", "secmark", "synproxy", "tunnel":
            tokens.putBack(token)
            try add(isInsert: false)
        case "flush": try flush()
        case "delete": try delete(mustExist: true)
        case "destroy": try delete(mustExist: false)
        case "rename": try rename()
        case "list", "monitor", "describe", "get", "reset", "export": try skipStatement()
        case "replace", "import":
            doubts.append(LoadProblem(token.place, "the command '\(token.text)'"))
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
            doubts.append(LoadProblem(path.place, "an include that could not be read"))
        }
    }

    private mutating func define(isNew: Bool) throws(NftError) {
        let name = try tokens.nextBare()
        guard name.kind == .word else {
            throw NftError(.refused, name.place, "a definition without a name")
        }
        if isNew, tokens.variables[name.text] != nil {
            throw NftError(.refused, name.place, "a variable that is defined twice")
        }
        try expect(sign: "=")
        var value: [NftToken] = []
        var depth = 0
        while true {
            let token = try tokens.next()
            if token.kind == .end || token.isSeparator && depth == 0 {
                tokens.putBack(token)
                break
            }
            if token.isSign("{") { depth += 1 }
            if token.isSign("}") { depth -= 1 }
            if depth < 0 { throw NftError(.refused, token.place, "a brace that nothing opens") }
            try tokens.keep()
            value.append(token)
        }
        guard !value.isEmpty, depth == 0 else {
            throw NftError(.refused, name.place, "a definition of nothing")
        }
        tokens.variables[name.text] = value
        try endStatement()
    }

    private mutating func add(isInsert: Bool) throws(NftError) {
        let token = try tokens.next()
        switch token.text {
        case "table": try addTable()
        case "chain": try addChain()
        case "rule": try addRule(isInsert: isInsert)
        case "set": try addSet(isMap: false)
        case "map": try addSet(isMap: true)
        case "element": try addElements()
        case "flowtable", "counter", "quota", "limit", "secmark", "synproxy", "tunnel":
            try skipObject()
        case "ct":
            _ = try name()
            try skipObject()
        default:
            tokens.putBack(token)
            try addRule(isInsert: isInsert)
        }
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
        settle()
        let token = try tokens.next()
        switch token.text {
        case "ruleset":
            let next = try tokens.peek()
            let family = next.kind == .word ? try self.family() : nil
            chainPlaces = [:]
            ruleset.tables.removeAll {
                $0.engine == .nftables && (family == nil || $0.family == family)
            }
            if family == nil { setTypes = [:] }
        case "table":
            let (family, table) = (try self.family(), try name())
            let index = try self.table(table, family, token.place)
            for chain in ruleset.tables[index].chains.indices {
                ruleset.tables[index].chains[chain].rules = []
            }
        case "chain":
            let (family, table, chain) = (try self.family(), try name(), try name())
            let index = try self.table(table, family, token.place)
            guard let place = ruleset.tables[index].index(ofChain: chain) else {
                throw NftError(.refused, token.place, "a chain that does not exist")
            }
            ruleset.tables[index].chains[place].rules = []
        case "set", "map", "meter":
            let (family, table, set) = (try self.family(), try name(), try name())
            let index = try self.table(table, family, token.place)
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
        if token.text != "element" { settle() }
        switch token.text {
        case "table":
            ruleset.tables.remove(at: index)
        case "chain":
            let chain = try name()
            let place = ruleset.tables[index].index(ofChain: chain)
            if let place { ruleset.tables[index].chains.remove(at: place) }
            guard place != nil || !mustExist else {
                throw NftError(.refused, token.place, "a chain that does not exist")
            }
        case "set", "map":
            ruleset.tables[index].remove(try name())
        default:
            // Rules are deleted by handles, elements by value; neither is followed.
            doubts.append(LoadProblem(token.place, "the command 'delete \(token.text)'"))
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
        ruleset.tables[index].chains[place].name = new
        chainPlaces = [:]
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

    /// Takes a set or map away.
    mutating func remove(_ name: String) {
        sets[name] = nil
        verdictMaps[name] = nil
        dataMaps[name] = nil
    }
}
