extension NftReader {
    /// `add @set { key [timeout …] }`, or the old `set add key @set`.
    mutating func readSetStatement(
        _ token: NftToken, _ statements: inout [Statement]
    ) throws(NftError) {
        var verb = token
        var keys: [NftExpression] = []
        let name: String
        var options = NftKeyOptions()
        var data: [NftType]?
        if token.text == "set" {
            verb = try tokens.next()
            keys = try readConcatenation(mayBeConstant: true)
            options = try readKeyOptions()
            try expect(sign: "@")
            name = try self.name()
        } else {
            try expect(sign: "@")
            name = try self.name()
            try expect(sign: "{")
            keys = try readConcatenation(mayBeConstant: true)
            options = try readKeyOptions()
            if try take(sign: ":") {
                data = try readStoredData()
            }
            try expect(sign: "}")
        }
        if !["add", "update", "delete"].contains(verb.text) {
            try refuse(verb.place, "a set that is neither added to nor updated")
        }
        if verb.text == "delete" { doubt(verb.place, "the statement 'delete'") }
        try noteSet(name)
        checkFilling(name, keys, data, options, token.place)
        try add(needs: keys, to: &statements)
        if verb.text == "add" || verb.text == "update" {
            statements.append(.remember(keys.map(\.operand), in: .named(name)))
            fillByPackets(name)
        }
        if options.isLimited {
            statements += [
                .usesConnections,
                .condition(Unknown(.chosen, "a limit of set \(name) at \(token.place)")),
            ]
        }
    }

    /// What a rule stores in a map; its type, where it is one expression.
    private mutating func readStoredData() throws(NftError) -> [NftType]? {
        let place = tokens.place
        if let value = try readExpression() { return [value.type] }
        doubt(place, "a value that a rule stores")
        try skipKeyOptions(all: true)
        return nil
    }

    /// A rule may only add to a set that says so, and only what the set is of.
    private mutating func checkFilling(
        _ name: String, _ keys: [NftExpression], _ data: [NftType]?, _ options: NftKeyOptions,
        _ place: SourcePlace
    ) {
        let key = NftSetKey(family: rule.family, table: rule.table, name: name)
        guard let type = setTypes[key], let traits = setTraits[key] else {
            return doubt(place, "a set of a type that is not known")
        }
        if type.keys != keys.map(\.type) || !traits.isDynamic || traits.isInterval
            || options.hasTimeout && !traits.hasTimeout
            || options.hasStatement && traits.hasStatement
            || options.countsConnections && traits.hasTimeout
        {
            doubt(place, "a set to which the rule may not add")
        }
        switch type.data {
        case .none: if data != nil { doubt(place, "a value that a set does not have") }
        case .numbers(let types): if types != data { doubt(place, "a value of another type") }
        case .verdict, .objects: doubt(place, "a map to which the rule may not add")
        }
    }

    /// `timeout 5m`, `limit rate 3/minute` and their like, after a key.
    private mutating func readKeyOptions() throws(NftError) -> NftKeyOptions {
        var options = NftKeyOptions()
        while true {
            let token = try tokens.peek()
            guard token.kind == .word else { return options }
            _ = try tokens.next()
            switch token.text {
            case "timeout", "expires":
                if options.hasTimeout || token.text == "expires" || options.hasStatement {
                    doubt(token.place, "an option of a key")
                }
                options.hasTimeout = true
                try readTime()
            case "counter", "limit", "quota", "ct":
                if options.hasStatement { doubt(token.place, "a second statement of a key") }
                options.hasStatement = true
                options.isLimited = options.isLimited || token.text != "counter"
                if token.text == "counter" {
                    try readCounter()
                } else if token.text == "ct" {
                    options.countsConnections = true
                    try readConnectionCount(token)
                } else {
                    try readAmount(token.text)
                }
            default:
                doubt(token.place, "an option of a key")
                options.isLimited = true
                try skipKeyOptions()
                return options
            }
        }
    }

    /// `meter name { key limit rate … }`.
    mutating func readMeter(
        _ statements: inout [Statement], _ token: NftToken
    ) throws(NftError) {
        let name = try identifier()
        if try take(word: "size") { _ = try plainNumber(0xFFFF_FFFF) }
        try expect(sign: "{")
        let keys = try readConcatenation()
        let options = try readKeyOptions()
        if !options.hasStatement || options.hasTimeout {
            doubt(token.place, "a meter that counts nothing")
        }
        try expect(sign: "}")
        let table = NftTableKey(family: rule.family, name: rule.table)
        let meter = NftObject(table: table, kind: "meter", name: name)
        if !objects.insert(meter).inserted || earlier.contains(table) {
            doubt(token.place, "a meter that there may be already")
        }
        try add(needs: keys, to: &statements)
        statements.append(.condition(Unknown(.chosen, "meter at \(token.place)")))
    }
}

/// What a rule says of a key that it adds to a set.
struct NftKeyOptions: Hashable {
    var hasTimeout = false
    var hasStatement = false
    /// A rate, a quota or a count ends the rule for some packets.
    var isLimited = false
    /// The kernel forgets connections itself, and so takes none where elements expire.
    var countsConnections = false
}
