extension NftReader {
    /// `family table chain [position] rule`.
    mutating func addRule(isInsert: Bool) throws(NftError) {
        let (family, tableName, chainName) = (try family(), try identifier(), try identifier())
        let table = try table(tableName, family, tokens.place)
        guard let chain = index(ofChain: chainName, in: table) else {
            throw NftError(.refused, tokens.place, "a chain that does not exist")
        }
        let index = ChainIndex(table: table, chain: chain)
        var place: Int?
        let next = try tokens.peek()
        if ["handle", "position", "index"].contains(next.text), next.kind == .word {
            _ = try tokens.next()
            let number = try tokens.next()
            let count = ruleset.tables[table].chains[chain].rules.count
            if next.text == "index", let index = CNumber.small(number.text),
                (0..<count).contains(index)
            {
                place = isInsert ? index : index + 1
            } else {
                lose(next.place, "a rule placed by a handle")
            }
        }
        let rule = try readRule(index)
        let count = ruleset.tables[table].chains[chain].rules.count
        let target = min(place ?? (isInsert ? 0 : count), count)
        ruleset.tables[table].chains[chain].rules.insert(rule, at: target)
    }

    /// A rule up to its separator, which stays.
    mutating func readRule(_ index: ChainIndex) throws(NftError) -> FilterRule {
        let table = ruleset.tables[index.table]
        rule = NftRuleContext(family: table.family, table: table.name)
        rule.chain = table.chains[index.chain].name
        let first = try tokens.peek()
        let start = try tokens.copy()
        let count = doubts.count
        var statements: [Statement] = []
        do throws(NftError) {
            try readStatements(&statements)
        } catch {
            var error = error
            // Once a part of the rule is not known, what follows may be read wrongly.
            if error.code == .refused, doubts.count > count { error.code = .notUnderstood }
            return try recover(from: error, start, first, statements)
        }
        return try finish(statements, first)
    }

    private mutating func readStatements(_ statements: inout [Statement]) throws(NftError) {
        var isEmpty = true
        defer { rule.isEnded = false }
        while try !atEndOfRule() {
            let token = try tokens.peek()
            if token.isVariable { doubt(token.place, "a variable where a statement belongs") }
            if try take(word: "comment") {
                _ = try text(longest: 127)
                if try !atEndOfRule() { try refuse(token.place, "words after a comment") }
                continue
            }
            isEmpty = false
            if rule.isEnded { try refuse(token.place, "a statement after a verdict") }
            try readStatement(&statements)
        }
        if isEmpty { try refuse(tokens.place, "a rule of nothing") }
    }

    private mutating func finish(
        _ statements: [Statement], _ first: NftToken
    ) throws(NftError) -> FilterRule {
        let last = try tokens.peek()
        let text = tokens.text(from: first, to: last)
        let parts = text.split(separator: "#handle ", maxSplits: 1)
        return FilterRule(
            statements, text: String(parts.first ?? "").trimmed, handle: nil,
            place: mode == .file ? first.place : nil)
    }

    private mutating func atEndOfRule() throws(NftError) -> Bool {
        let token = try tokens.peek()
        return token.isSeparator || token.kind == .end || token.isSign("}")
    }

    /// The rest of a rule that is not understood becomes an unknown of that name.
    private mutating func recover(
        from error: NftError, _ start: NftTokens, _ first: NftToken, _ statements: [Statement]
    ) throws(NftError) -> FilterRule {
        if error.code == .tooLarge || mode == .file && error.code == .refused { throw error }
        if mode == .file { doubts.append(LoadProblem(error.place, error.message)) }
        var words: [String] = []
        // From the start again, so that braces are balanced.
        tokens = start
        while try !atEndOfRule() {
            let token = try tokens.next()
            if token.isSign("{") { try skipBlock() }
            if token.kind == .word, words.count < 1000 { words.append(token.text) }
        }
        var rule = try finish(statements, first)
        let unknown = Unknown(.hidden, "rule '\(rule.text)'")
        if let verdict = NftReader.finalVerdict(words) {
            rule.statements += [.condition(unknown), .verdict(verdict)]
        } else {
            rule.statements.append(.opaque(unknown))
        }
        return rule
    }

    /// The verdict at the end of a rule of which only matches are not understood.
    private static func finalVerdict(_ words: [String]) -> RuleVerdict? {
        let effects: Set<String> = [
            "set", "dnat", "snat", "redirect", "masquerade", "map", "vmap", "add", "update",
            "notrack", "dup", "fwd", "queue", "tproxy", "synproxy", "jump", "goto", "target",
        ]
        guard !words.contains(where: effects.contains), let last = words.last else { return nil }
        switch last {
        case "accept": return .accept
        case "drop", "reject": return .drop
        case "return": return .return
        default: return nil
        }
    }

    private mutating func readStatement(_ statements: inout [Statement]) throws(NftError) {
        let token = try tokens.next()
        switch token.kind == .word ? token.text : "" {
        case "accept", "drop", "continue", "return", "jump", "goto":
            tokens.putBack(token)
            statements.append(.verdict(try readVerdict()))
            rule.isEnded = token.text != "continue"
        case "reject": try readReject(&statements, token)
        case "queue":
            try readQueue(token)
            statements.append(
                .verdict(.ask(Unknown(.hidden, "the program of queue at \(token.place)"))))
        case "counter": try readCounter()
        case "log": try readLog()
        case "last":
            doubt(token.place, "the statement 'last'")
            try skipOptions(["used"])
        case "limit", "quota":
            try readAmount(token.text)
            statements.append(.condition(Unknown(.chosen, "\(token.text) at \(token.place)")))
        case "notrack":
            demand(.at(token.place, in: [.ip, .ip6, .inet]))
            statements.append(.untrack)
        case "dnat", "snat", "masquerade", "redirect":
            statements += try readTranslation(token.text)
            rule.isEnded = true
        case "tproxy":
            doubt(token.place, "the statement 'tproxy'")
            try skipToEnd()
            statements.append(.condition(Unknown(.hidden, "a socket takes it by tproxy")))
        case "dup":
            doubt(token.place, "the statement 'dup'")
            try skipToDevice()
        case "fwd":
            doubt(token.place, "the statement 'fwd'")
            try skipToDevice()
            statements.append(
                .verdict(.ask(Unknown(.hidden, "it comes back after fwd at \(token.place)"))))
        case "synproxy":
            doubt(token.place, "the statement 'synproxy'")
            try skipOptions(["mss", "maxseg", "wscale", "timestamp", "sack-perm", "name"])
            statements.append(.verdict(.ask(Unknown(.hidden, "the synproxy lets it in"))))
        case "flow": try readFlow(token)
        case "add", "update", "delete", "set": try readSetStatement(token, &statements)
        case "meter": try readMeter(&statements, token)
        case "reset":
            doubt(token.place, "the statement 'reset'")
            try skipOption()
        case "xt":
            try refuse(token.place, "an extension of iptables")
            try readExtension(&statements)
        case "meta", "ct": try readMetaOrConnection(token, &statements)
        default:
            tokens.putBack(token)
            try readMatch(&statements)
        }
    }

    /// `accept`, `jump name` and their like.
    mutating func readVerdict() throws(NftError) -> RuleVerdict {
        let token = try tokens.next()
        switch token.text {
        case "accept": return .accept
        case "drop": return .drop
        case "continue": return .proceed
        case "return": return .return
        case "jump", "goto":
            if try tokens.peek().isSign("{") {
                throw NftError(.notUnderstood, token.place, "a chain within a rule")
            }
            let target = try tokens.peek()
            if !target.isVariable { check(name: target) }
            let name = try name()
            named.append(
                NftName(
                    kind: .chain, family: rule.family, table: rule.table, name: name,
                    place: token.place))
            return token.text == "jump" ? .jump(name) : .goto(name)
        default:
            throw NftError(.refused, token.place, "no verdict where one belongs")
        }
    }
}

extension String {
    /// Without blanks at the ends.
    fileprivate var trimmed: String {
        let bytes = utf8.drop { $0 == UInt8(ascii: " ") }
        let end = bytes.lastIndex { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: ";") }
        return end.map { String(self[bytes.startIndex...$0]) } ?? ""
    }
}
