/// Reads one SELECT into its parts.
///
/// The grammar is that of <https://www.sqlite.org/lang_select.html>, without VALUES and WINDOW.
struct SQLParser {
    /// SQL of a form that this reader does not know.
    struct NotUnderstood: Error, Hashable {
        /// The index of the token at which it gave up.
        var token: Int
    }

    let tokens: [SQLToken]
    var index = 0

    /// The parts of a whole statement.
    static func query(of tokens: [SQLToken]) throws(NotUnderstood) -> SQLNode {
        var parser = SQLParser(tokens: tokens)
        let query = try parser.query()
        guard parser.index == tokens.count else { throw parser.notUnderstood }
        return query
    }

    private init(tokens: [SQLToken]) {
        self.tokens = tokens
    }

    var notUnderstood: NotUnderstood { NotUnderstood(token: index) }

    func isAt(_ words: String...) -> Bool {
        guard index + words.count <= tokens.count else { return false }
        return zip(words, tokens[index...]).allSatisfy { $1.isWord($0) }
    }

    mutating func take(_ words: String...) -> Bool {
        for word in words where index < tokens.count && tokens[index].isWord(word) {
            index += 1
            return true
        }
        return false
    }

    mutating func expect(_ word: String) throws(NotUnderstood) {
        guard take(word) else { throw notUnderstood }
    }

    func node(_ kind: SQLNode.Kind, from start: Int, _ children: [SQLNode] = []) -> SQLNode {
        SQLNode(kind: kind, tokens: start..<index, children: children)
    }

    mutating func query() throws(NotUnderstood) -> SQLNode {
        let start = index
        var children: [SQLNode] = []
        if take("WITH") {
            _ = take("RECURSIVE")
            repeat { children.append(try commonTable()) } while take(",")
        }
        repeat { children.append(try arm()) } while try takeCompoundOperator()
        if take("ORDER") { try clauses(after: "BY", into: &children) }
        if take("LIMIT") {
            children.append(try expression())
            if take("OFFSET", ",") { children.append(try expression()) }
        }
        return node(.query, from: start, children)
    }

    private mutating func commonTable() throws(NotUnderstood) -> SQLNode {
        let start = index
        try name()
        if take("(") {
            repeat { try name() } while take(",")
            try expect(")")
        }
        try expect("AS")
        _ = take("NOT")
        _ = take("MATERIALIZED")
        try expect("(")
        let query = try query()
        try expect(")")
        return node(.other, from: start, [query])
    }

    private mutating func takeCompoundOperator() throws(NotUnderstood) -> Bool {
        if take("UNION") {
            _ = take("ALL")
            return true
        }
        return take("INTERSECT", "EXCEPT")
    }

    private mutating func arm() throws(NotUnderstood) -> SQLNode {
        let start = index
        try expect("SELECT")
        var children: [SQLNode] = []
        let distinct = index
        if take("DISTINCT") { children.append(node(.distinct, from: distinct)) }
        _ = take("ALL")
        var columns = 0
        repeat {
            children.append(try column(columns))
            columns += 1
        } while take(",")
        if take("FROM") { children += try sources() }
        if let condition = try condition("WHERE") { children.append(condition) }
        if take("GROUP") { try clauses(after: "BY", into: &children) }
        if let condition = try condition("HAVING") { children.append(condition) }
        return node(.arm, from: start, children)
    }

    private mutating func column(_ position: Int) throws(NotUnderstood) -> SQLNode {
        let start = index
        if take("*") { return node(.column(index: position, alias: nil), from: start) }
        let value = try expression()
        let alias = try alias()
        return node(.column(index: position, alias: alias), from: start, [value])
    }

    /// Tables, and how each is joined to those before it.
    private mutating func sources() throws(NotUnderstood) -> [SQLNode] {
        var nodes = [try source()]
        while true {
            let start = index
            guard let operation = try joinOperator() else { return nodes }
            var children = [operation, try source()]
            if let condition = try condition("ON") { children.append(condition) }
            if take("USING") {
                try expect("(")
                repeat { try name() } while take(",")
                try expect(")")
            }
            nodes.append(node(.join, from: start, children))
        }
    }

    private mutating func joinOperator() throws(NotUnderstood) -> SQLNode? {
        let start = index
        if take(",") { return node(.joinOperator, from: start) }
        _ = take("NATURAL")
        if take("LEFT", "RIGHT", "FULL") { _ = take("OUTER") } else { _ = take("INNER", "CROSS") }
        if index == start, !isAt("JOIN") { return nil }
        try expect("JOIN")
        return node(.joinOperator, from: start)
    }

    private mutating func source() throws(NotUnderstood) -> SQLNode {
        let start = index
        var children: [SQLNode] = []
        if take("(") {
            children = isAt("SELECT") || isAt("WITH") ? [try query()] : try sources()
            try expect(")")
        } else {
            try name()
            if take(".") { try name() }
        }
        _ = try alias()
        return node(.other, from: start, children)
    }

    private mutating func condition(_ keyword: String) throws(NotUnderstood) -> SQLNode? {
        let start = index
        guard take(keyword) else { return nil }
        let value = try expression()
        return node(.condition, from: start, [value])
    }

    mutating func clauses(
        after word: String, into children: inout [SQLNode]
    ) throws(NotUnderstood) {
        try expect(word)
        repeat {
            children.append(try expression())
            _ = take("ASC", "DESC")
            if take("NULLS") { _ = take("FIRST", "LAST") }
        } while take(",")
    }

    private mutating func alias() throws(NotUnderstood) -> String? {
        if take("AS") {
            try name()
            return tokens[index - 1].text
        }
        guard index < tokens.count else { return nil }
        let token = tokens[index]
        guard token.kind == .name || (token.kind == .word && !Self.isReserved(token.text)) else {
            return nil
        }
        index += 1
        return token.text
    }

    mutating func name() throws(NotUnderstood) {
        guard index < tokens.count, tokens[index].kind == .name || tokens[index].kind == .word
        else { throw notUnderstood }
        index += 1
    }

    /// Words that cannot be an alias without AS.
    static func isReserved(_ word: String) -> Bool {
        reserved.contains(word.uppercased())
    }

    private static let reserved: Set<String> = [
        "AND", "AS", "ASC", "BETWEEN", "BY", "CASE", "COLLATE", "CROSS", "DESC", "DISTINCT", "ELSE",
        "END", "ESCAPE", "EXCEPT", "EXISTS", "FILTER", "FROM", "FULL", "GLOB", "GROUP", "HAVING",
        "IN", "INNER", "INTERSECT", "IS", "ISNULL", "JOIN", "LEFT", "LIKE", "LIMIT", "NATURAL",
        "NOT", "NOTNULL", "NULL", "NULLS", "OFFSET", "ON", "OR", "ORDER", "OUTER", "OVER", "RIGHT",
        "SELECT", "THEN", "UNION", "USING", "WHEN", "WHERE", "WINDOW", "WITH",
    ]
}
