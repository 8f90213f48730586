extension NftReader {
    /// `define name = value`, after the first word.
    mutating func define(isNew: Bool) throws(NftError) {
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
        if !NftReader.isValue(value) { doubt(name.place, "a definition of what is no value") }
        check(name: name)
        tokens.variables[name.text] = value
        try endStatement()
    }

    /// Words with a meaning that are values as well.
    private static let values: Set<String> = ["ip", "ip6", "tcp", "udp", "sctp", "icmp", "icmpv6"]
    private static let signs: Set<String> = ["{", "}", ",", ".", "-", "/", ":", "|", "*"]

    /// Whether a variable may stand for these tokens: values with signs between them.
    private static func isValue(_ tokens: [NftToken]) -> Bool {
        var wasWord = false
        for token in tokens {
            switch token.kind {
            case .word, .quoted:
                if wasWord { return false }
                if token.kind == .word, NftKeywords.areReserved(token.text),
                    !NftReader.values.contains(token.text)
                {
                    return false
                }
                wasWord = true
            case .sign:
                guard NftReader.signs.contains(token.text) else { return false }
                wasWord = token.text == "}"
            case .newline: break
            case .end: return false
            }
        }
        return true
    }
}
