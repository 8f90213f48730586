extension SQLParser {
    /// An expression, by the precedence of <https://www.sqlite.org/lang_expr.html>.
    mutating func expression() throws(NotUnderstood) -> SQLNode {
        let start = index
        var left = try conjunction()
        while take("OR") {
            let right = try conjunction()
            left = node(.or, from: start, [left, right])
        }
        return left
    }

    private mutating func conjunction() throws(NotUnderstood) -> SQLNode {
        let start = index
        var left = try negation()
        while take("AND") {
            let right = try negation()
            left = node(.and, from: start, [left, right])
        }
        return left
    }

    private mutating func negation() throws(NotUnderstood) -> SQLNode {
        let start = index
        guard isAt("NOT"), !isAt("NOT", "EXISTS") else { return try equality() }
        index += 1
        let operand = try negation()
        return node(.not, from: start, [operand])
    }

    private mutating func equality() throws(NotUnderstood) -> SQLNode {
        let start = index
        var left = try relation()
        while true {
            let sign = index
            if take("=", "==", "<>", "!=") {
                let right = try relation()
                left = node(.comparison(operator: sign..<sign + 1), from: start, [left, right])
            } else if take("ISNULL", "NOTNULL") {
                left = node(.comparison(operator: sign..<index), from: start, [left])
            } else if isAt("NOT", "NULL") {
                index += 2
                left = node(.comparison(operator: sign..<index), from: start, [left])
            } else if take("IS") {
                _ = take("NOT")
                if isAt("DISTINCT", "FROM") { index += 2 }
                let end = index
                let right = try relation()
                left = node(.comparison(operator: sign..<end), from: start, [left, right])
            } else if let test = try test(of: left, from: start) {
                left = test
            } else {
                return left
            }
        }
    }

    /// `IN`, `LIKE`, `GLOB` and `BETWEEN`, each with or without NOT.
    private mutating func test(
        of left: SQLNode, from start: Int
    ) throws(NotUnderstood) -> SQLNode? {
        let sign = index
        _ = take("NOT")
        if take("IN") {
            let end = index
            let elements = try elements()
            return node(.membership(operator: sign..<end), from: start, [left] + elements)
        }
        if take("LIKE", "GLOB") {
            let end = index
            var children = [left, try relation()]
            if take("ESCAPE") { children.append(try relation()) }
            return node(.comparison(operator: sign..<end), from: start, children)
        }
        if take("BETWEEN") {
            let end = index
            let least = try relation()
            try expect("AND")
            let most = try relation()
            return node(.comparison(operator: sign..<end), from: start, [left, least, most])
        }
        index = sign
        return nil
    }

    private mutating func elements() throws(NotUnderstood) -> [SQLNode] {
        guard take("(") else {
            let start = index
            try name()
            return [node(.other, from: start)]
        }
        if take(")") { return [] }
        if isAt("SELECT") || isAt("WITH") {
            let query = try query()
            try expect(")")
            return [query]
        }
        var elements: [SQLNode] = []
        repeat { elements.append(try expression()) } while take(",")
        try expect(")")
        return elements
    }

    private mutating func relation() throws(NotUnderstood) -> SQLNode {
        let start = index
        var left = try arithmetic()
        while true {
            let sign = index
            guard take("<", "<=", ">", ">=") else { return left }
            let right = try arithmetic()
            left = node(.comparison(operator: sign..<sign + 1), from: start, [left, right])
        }
    }

    // Between comparisons and signs the precedence changes no meaning that is looked at here.
    private mutating func arithmetic() throws(NotUnderstood) -> SQLNode {
        let start = index
        var left = try operand()
        while take("+", "-", "*", "/", "%", "||", "&", "|", "<<", ">>") {
            let right = try operand()
            left = node(.other, from: start, [left, right])
        }
        return left
    }

    private mutating func operand() throws(NotUnderstood) -> SQLNode {
        let start = index
        if take("-", "+", "~") {
            let operand = try operand()
            return node(.other, from: start, [operand])
        }
        let value = try primary()
        guard take("COLLATE") else { return value }
        try name()
        return node(.other, from: start, [value])
    }

    private mutating func primary() throws(NotUnderstood) -> SQLNode {
        let start = index
        guard index < tokens.count else { throw notUnderstood }
        switch tokens[index].kind {
        case .number, .string:
            let kind: SQLNode.Kind = tokens[index].kind == .number ? .number : .string
            index += 1
            return node(kind, from: start)
        case .blob:
            index += 1
            return node(.other, from: start)
        case .sign:
            let children = isAt("(") ? try elements() : []
            guard index > start else { throw notUnderstood }
            return node(.other, from: start, children)
        case .word, .name: return try word()
        }
    }

    private mutating func word() throws(NotUnderstood) -> SQLNode {
        let start = index
        if take("NULL") { return node(.null, from: start) }
        if take("CASE") { return try caseExpression(from: start) }
        if isAt("CAST", "(") { return try cast() }
        if isAt("EXISTS") || isAt("NOT", "EXISTS") {
            _ = take("NOT")
            try expect("EXISTS")
            let end = index
            let elements = try elements()
            return node(.exists(operator: start..<end), from: start, elements)
        }
        if tokens[index].kind == .word, Self.isReserved(tokens[index].text) { throw notUnderstood }
        index += 1
        if isAt("(") { return try call(from: start) }
        while take(".") { try name() }
        return node(.other, from: start)
    }

    private mutating func caseExpression(from start: Int) throws(NotUnderstood) -> SQLNode {
        var children: [SQLNode] = []
        if !isAt("WHEN") { children.append(try expression()) }
        while true {
            let branch = index
            guard take("WHEN") else { break }
            let condition = try expression()
            try expect("THEN")
            let value = try expression()
            children.append(node(.when, from: branch, [condition, value]))
        }
        let otherwise = index
        if take("ELSE") {
            let value = try expression()
            children.append(node(.otherwise, from: otherwise, [value]))
        }
        try expect("END")
        return node(.caseExpression, from: start, children)
    }

    private mutating func cast() throws(NotUnderstood) -> SQLNode {
        let start = index
        index += 2
        let value = try expression()
        try expect("AS")
        while !isAt(")") { try name() }
        try expect(")")
        return node(.other, from: start, [value])
    }

    private mutating func call(from start: Int) throws(NotUnderstood) -> SQLNode {
        let name = tokens[start].text.lowercased()
        try expect("(")
        var children: [SQLNode] = []
        _ = take("DISTINCT")
        if !take("*"), !isAt(")") {
            repeat { children.append(try expression()) } while take(",")
        }
        if take("ORDER") { try clauses(after: "BY", into: &children) }
        try expect(")")
        if take("FILTER") {
            try expect("(")
            try expect("WHERE")
            children.append(try expression())
            try expect(")")
        }
        if take("OVER") { try window(into: &children) }
        return node(.call(name: name), from: start, children)
    }

    // A frame (ROWS …) would need its own grammar, and no probe needs one.
    private mutating func window(into children: inout [SQLNode]) throws(NotUnderstood) {
        try expect("(")
        if take("PARTITION") { try clauses(after: "BY", into: &children) }
        if take("ORDER") { try clauses(after: "BY", into: &children) }
        try expect(")")
    }
}
