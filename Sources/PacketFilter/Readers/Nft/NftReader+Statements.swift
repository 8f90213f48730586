extension NftReader {
    /// `reject [with …]`: dropped, with an answer.
    mutating func readReject(_ statements: inout [Statement]) throws(NftError) {
        if try take(word: "with") {
            let kind = try tokens.next()
            let needs: [NftNeed] =
                switch kind.text {
                case "tcp": [.transport(6)]
                case "icmp": [.family(.v4)]
                case "icmpv6": [.family(.v6)]
                default: []
                }
            let answer = NftExpression(.field(.transport), .transport, needs: needs)
            try add(needs: [answer], to: &statements)
            _ = try take(any: ["reset", "type"])
            if kind.text != "tcp" { _ = try tokens.next() }
        }
        statements.append(.verdict(.drop))
    }

    /// Words and their values that do not matter.
    mutating func skipOptions(_ names: Set<String>) throws(NftError) {
        let flags: Set<String> = ["bypass", "fanout", "timestamp", "sack-perm"]
        while true {
            let token = try tokens.peek()
            guard token.kind == .word, names.contains(token.text) else { return }
            _ = try tokens.next()
            if flags.contains(token.text) {
                _ = try take(sign: ",")
                continue
            }
            _ = try tokens.next()
            if token.text == "flags" {
                // `flags tcp sequence,options`, `flags ip options`.
                let known: Set<String> = ["sequence", "options", ","]
                while try take(any: known) {}
                continue
            }
            while try take(any: ["-", ","]) { _ = try tokens.next() }
        }
    }

    /// A rate or a quota: who sends decides whether it is exceeded.
    mutating func readLimit(
        _ kind: String, _ statements: inout [Statement], _ token: NftToken
    ) throws(NftError) {
        let words: Set<String> = [
            "rate", "over", "until", "burst", "packets", "bytes", "kbytes", "mbytes", "used",
            "name", "second", "minute", "hour", "day", "week",
        ]
        var isNamed = false
        while true {
            let next = try tokens.peek()
            let isNumber = next.text.utf8.first.map { (0x30...0x39).contains($0) } ?? false
            // `mbytes/second` is one word to the scanner.
            let isUnit = next.text.split(separator: "/").allSatisfy { words.contains(String($0)) }
            guard
                next.kind == .word && (isNumber || isUnit || isNamed) || next.isSign("/")
                    || next.kind == .quoted && isNamed
            else { break }
            isNamed = next.isWord("name")
            _ = try tokens.next()
        }
        statements.append(.condition(Unknown(.chosen, "\(kind) at \(token.place)")))
    }

    /// Everything up to the end of the rule.
    mutating func skipToEnd() throws(NftError) {
        while true {
            let token = try tokens.peek()
            if token.isSeparator || token.kind == .end || token.isSign("}") { return }
            if token.isWord("accept") || token.isWord("return") || token.isWord("meta") { return }
            _ = try tokens.next()
            if token.isSign("{") { try skipBlock() }
        }
    }

    /// `to ADDRESS [device NAME]`.
    mutating func skipToDevice() throws(NftError) {
        _ = try take(any: ["ip", "ip6"])
        _ = try take(word: "to")
        try skipValue()
        if try take(word: "device") { try skipValue() }
    }

    /// `flow add @table`: later packets of the connection take a short way.
    mutating func skipFlow() throws(NftError) {
        _ = try tokens.next()
        try expect(sign: "@")
        _ = try name()
    }

    /// `tcp option NAME`, after `reset`.
    mutating func skipOption() throws(NftError) {
        for _ in 0..<3 { _ = try tokens.next() }
    }

    /// `add @set { key [timeout …] }`, or the old `set add key @set`.
    mutating func readSetStatement(
        _ token: NftToken, _ statements: inout [Statement]
    ) throws(NftError) {
        var verb = token
        var keys: [NftExpression] = []
        let name: String
        var isLimited = false
        if token.text == "set" {
            verb = try tokens.next()
            keys = try readConcatenation()
            isLimited = try skipKeyOptions()
            try expect(sign: "@")
            name = try self.name()
        } else {
            try expect(sign: "@")
            name = try self.name()
            try expect(sign: "{")
            keys = try readConcatenation()
            isLimited = try skipKeyOptions()
            if try take(sign: ":") { _ = try skipKeyOptions() }
            try expect(sign: "}")
        }
        try noteSet(name)
        try add(needs: keys, to: &statements)
        if verb.text == "add" || verb.text == "update" {
            statements.append(.remember(keys.map(\.operand), in: .named(name)))
            fillByPackets(name)
        }
        if isLimited {
            statements += [
                .usesConnections,
                .condition(Unknown(.chosen, "a limit of set \(name) at \(token.place)")),
            ]
        }
    }

    /// A set to which a rule adds is filled by packets, whatever its flags say (nft 1.0.6 does not
    /// print the flag `dynamic`).
    private mutating func fillByPackets(_ name: String) {
        guard let table = ruleset.index(of: rule.table, rule.family) else { return }
        ruleset.tables[table].sets[name]?.isFilledByPackets = true
        let unknown = Unknown(.hidden, "packets add to map \(name)")
        ruleset.tables[table].verdictMaps[name]?.unknown = unknown
        ruleset.tables[table].dataMaps[name]?.unknown = unknown
    }

    /// What follows a key; whether a rate, a quota or a count in it ends the rule for some packets.
    private mutating func skipKeyOptions() throws(NftError) -> Bool {
        var isLimited = false
        while true {
            let token = try tokens.peek()
            if token.isSign("}") || token.isSign("@") || token.isSign(":") || token.isSeparator
                || token.kind == .end
            {
                return isLimited
            }
            isLimited = isLimited || ["limit", "quota", "ct"].contains(token.text)
            _ = try tokens.next()
        }
    }

    /// `meter name { key limit rate … }`.
    mutating func readMeter(
        _ statements: inout [Statement], _ token: NftToken
    ) throws(NftError) {
        _ = try name()
        if try take(word: "size") { _ = try tokens.next() }
        try expect(sign: "{")
        try skipBlock()
        statements.append(.condition(Unknown(.chosen, "meter at \(token.place)")))
    }

    /// `xt match "name"`, `xt target "NAME"`: what iptables-nft made and nft cannot say.
    mutating func readExtension(_ statements: inout [Statement]) throws(NftError) {
        let kind = try tokens.next()
        let name = try string()
        if kind.isWord("match") {
            statements.append(.condition(Unknown(.hidden, "xt match \(name.text)")))
        } else if !XtablesTarget.harmless.contains(name.text) {
            statements.append(.opaque(Unknown(.hidden, "xt target \(name.text)")))
        }
    }

    /// Assignments of `meta` and `ct` that are no matches; the others go on as matches.
    mutating func readMetaOrConnection(
        _ token: NftToken, _ statements: inout [Statement]
    ) throws(NftError) {
        let key = try tokens.next()
        let next = try tokens.peek()
        if token.text == "ct", key.isWord("count") {
            _ = try take(word: "over")
            _ = try tokens.next()
            statements += [
                .usesConnections, .condition(Unknown(.chosen, "ct count at \(token.place)")),
            ]
            return
        }
        let isIdle = ["helper", "timeout", "expectation", "event", "label", "secmark", "nftrace"]
            .contains(key.text)
        if isIdle, next.isWord("set") {
            _ = try tokens.next()
            try skipValue()
            if token.text == "ct" { statements.append(.usesConnections) }
            return
        }
        tokens.putBack(key)
        tokens.putBack(token)
        try readMatch(&statements)
    }
}
