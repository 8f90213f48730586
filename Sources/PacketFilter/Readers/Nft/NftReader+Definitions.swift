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
        if !NftDefinition.isValue(value) { doubt(name.place, "a definition of what is no value") }
        check(name: name)
        tokens.variables[name.text] = value
        try endStatement()
    }
}
