extension NftReader {
    /// `reject [with …]`: dropped, with an answer.
    mutating func readReject(
        _ statements: inout [Statement], _ token: NftToken
    ) throws(NftError) {
        demand(
            .at(
                token.place, [.prerouting, .input, .forward, .output], in: [.ip, .ip6, .inet]))
        rule.isEnded = true
        if try take(word: "with") {
            let kind = try tokens.next()
            let needs: [NftNeed] =
                switch kind.text {
                case "tcp": [.transport(6)]
                case "icmp": [.family(.v4)]
                case "icmpv6": [.family(.v6)]
                case "icmpx" where rule.family == .inet || mode == .listing: []
                default: throw NftError(.refused, kind.place, "an answer that reject does not have")
                }
            let answer = NftExpression(.field(.transport), .transport, needs: needs)
            try add(needs: [answer], to: &statements)
            if kind.text == "tcp" {
                guard try take(word: "reset") else {
                    throw NftError(.refused, kind.place, "an answer that reject does not have")
                }
            } else {
                _ = try take(word: "type")
                try readRejectCode(kind.text)
            }
        }
        statements.append(.verdict(.drop))
    }

    /// The name or number of an answer.
    private mutating func readRejectCode(_ kind: String) throws(NftError) {
        let token = try tokens.next()
        let codes: Set<String> =
            switch kind {
            case "icmp": Set(NftSymbols.icmpCodes.map(\.key)).subtracting(["frag-needed"])
            case "icmpv6": Set(NftSymbols.icmp6Codes.map(\.key))
            default: ["port-unreachable", "admin-prohibited", "no-route", "host-unreachable"]
            }
        guard token.kind == .word, !codes.contains(token.text) || token.isVariable else { return }
        doubt(token.place, "an answer that reject may not have")
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

    /// `tcp option NAME`, after `reset`.
    mutating func skipOption() throws(NftError) {
        for _ in 0..<3 { _ = try tokens.next() }
    }

    /// `count [over] 5`, after `ct`.
    mutating func readConnectionCount(_ token: NftToken) throws(NftError) {
        guard try take(word: "count") else {
            throw NftError(.refused, token.place, "an option of a key")
        }
        _ = try take(word: "over")
        _ = try plainNumber(0xFFFF_FFFF)
        demand(.at(token.place, in: [.ip, .ip6, .inet]))
    }

    /// `5m`, `1d2h`, `30s`.
    mutating func readTime() throws(NftError) {
        let token = try tokens.next()
        guard NftTime.isTime(token.text), token.kind == .word else {
            throw NftError(.refused, token.place, "no time where one belongs")
        }
        if token.isVariable { doubt(token.place, "a variable where a time belongs") }
    }

    /// A set to which a rule adds is filled by packets, whatever its flags say (nft 1.0.6 does not
    /// print the flag `dynamic`).
    mutating func fillByPackets(_ name: String) {
        guard let table = ruleset.index(of: rule.table, rule.family) else { return }
        ruleset.tables[table].sets[name]?.isFilledByPackets = true
        let unknown = Unknown(.hidden, "packets add to map \(name)")
        ruleset.tables[table].verdictMaps[name]?.unknown = unknown
        ruleset.tables[table].dataMaps[name]?.unknown = unknown
    }

    mutating func skipKeyOptions(all: Bool = false) throws(NftError) {
        while true {
            let token = try tokens.peek()
            if token.isSign("}") || token.isSign("@") || token.isSign(":") || token.isSeparator {
                return
            }
            if token.kind == .end { return }
            _ = try tokens.next()
        }
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
            tokens.putBack(key)
            try readConnectionCount(token)
            statements += [
                .usesConnections, .condition(Unknown(.chosen, "ct count at \(token.place)")),
            ]
            return
        }
        let isIdle = ["helper", "timeout", "expectation", "event", "label", "secmark", "nftrace"]
            .contains(key.text)
        if isIdle, next.isWord("set") {
            _ = try tokens.next()
            try readIdleValue(token, key)
            if token.text == "ct" { statements.append(.usesConnections) }
            return
        }
        tokens.putBack(key)
        tokens.putBack(token)
        try readMatch(&statements)
    }

    /// What is assigned and does not decide: `ct helper set "ftp-standard"`.
    private mutating func readIdleValue(_ token: NftToken, _ key: NftToken) throws(NftError) {
        let value = try tokens.peek()
        switch "\(token.text) \(key.text)" {
        case "ct helper" where value.kind == .quoted, "ct timeout" where value.kind == .quoted:
            try readObjectName("ct \(key.text)")
            demand(.at(token.place, kinds: [.filter], in: [.ip, .ip6, .inet]))
        case "meta nftrace" where value.isWord("1") || value.isWord("0"):
            _ = try tokens.next()
        default:
            doubt(key.place, "what '\(token.text) \(key.text)' is set to")
            try skipToEnd()
        }
    }
}

/// Times as nft writes them.
enum NftTime {
    /// `1d2h3m4s5ms`, each part once and in this order.
    static func isTime(_ text: String) -> Bool {
        var rest = Substring(text)
        var parts = 0
        for unit in ["d", "h", "m", "s"] {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            guard (1...8).contains(digits.count) else { break }
            let after = rest.dropFirst(digits.count)
            guard after.hasPrefix(unit), !after.hasPrefix("ms") else { continue }
            rest = after.dropFirst(unit.count)
            parts += 1
        }
        return parts > 0 && rest.isEmpty
    }
}
