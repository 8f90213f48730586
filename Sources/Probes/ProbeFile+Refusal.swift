package import Documents
package import Facts

extension ProbeFile {
    /// Why a part of the probe does not compile, at the word that SQLite stumbled over.
    package func diagnostic(of refusal: Plan.Refusal, schemas: [TableSchema]) -> Diagnostic {
        let sql = refusal.part == "exclude" ? probe.exclude ?? "" : probe.judge
        guard refusal.part != "population", let word = Self.word(in: refusal.message),
            let token = SQLToken.tokens(of: sql)?.first(where: { $0.matches(word.name) })
        else {
            let tables = schemas.map(\.name)
            let hint =
                refusal.part == "population"
                ? Suggestion.hint(for: probe.population, among: tables) : nil
            return diagnostic(in: refusal.part, refusal.message, hint: hint)
        }
        let known = word.isTable ? schemas.map(\.name) : columns(in: sql, schemas)
        let hint = word.isKnowable ? Suggestion.hint(for: word.name, among: known) : nil
        let mark = mark(of: token, in: refusal.part, sql)
        return Diagnostic(at: mark, refusal.message, hint: hint)
    }

    /// The word that a message of SQLite names at its end or in quotes.
    private static func word(
        in message: String
    ) -> (name: String, isTable: Bool, isKnowable: Bool)? {
        let forms: [(Regex<(Substring, Substring)>, Bool, Bool)] = [
            (/no such column: (?:[^ ]*\.)?([^ .]+)/, false, true),
            (/no such table: (?:[^ ]*\.)?([^ .]+)/, true, true),
            (/ambiguous column name: (?:[^ ]*\.)?([^ .]+)/, false, false),
            (/no such function: ([^ ]+)/, false, false),
            (/the function ([^ ]+) is not allowed/, false, false),
            (/near "([^"]+)": syntax error/, false, false),
        ]
        for (form, isTable, isKnowable) in forms {
            guard let match = message.firstMatch(of: form) else { continue }
            return (String(match.1), isTable, isKnowable)
        }
        return nil
    }

    /// The columns of the tables that the SQL names.
    private func columns(in sql: String, _ schemas: [TableSchema]) -> [String] {
        let words = Set((SQLToken.tokens(of: sql) ?? []).map { $0.text.lowercased() })
        let named = schemas.filter { words.contains($0.name) }
        return Set(named.flatMap(\.sqlColumns).map(\.name)).sorted()
    }

    /// Where a token of the SQL stands in the file, if it is written there as it is.
    private func mark(of token: SQLToken, in part: String, _ sql: String) -> Mark {
        guard let start = marks[part] else { return Mark(file: source.name) }
        let lines = source.bytes.split(
            separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let head = Array(sql.utf8)[..<token.range.lowerBound]
        let breaks = head.filter { $0 == UInt8(ascii: "\n") }.count
        // The text of a block begins in the line after its mark.
        let isBlock = lines[start.line - 1].dropFirst(start.column - 1).first == UInt8(ascii: "|")
        let line = start.line + breaks + (isBlock ? 1 : 0)
        guard line <= lines.count else { return start }
        let offset = head.reversed().prefix { $0 != UInt8(ascii: "\n") }.count
        let indent =
            isBlock ? lines[line - 1].prefix { $0 == UInt8(ascii: " ") }.count : start.column - 1
        let written = isBlock ? indent - leadingBlanks(of: sql, line: breaks) : indent
        let text = lines[line - 1].dropFirst(written + offset)
        guard written >= 0, text.starts(with: token.text.utf8) else { return start }
        let before = String(decoding: lines[line - 1].prefix(written + offset), as: UTF8.self)
        return Mark(file: source.name, line: line, column: before.unicodeScalars.count + 1)
    }

    private func leadingBlanks(of sql: String, line: Int) -> Int {
        let lines = sql.split(separator: "\n", omittingEmptySubsequences: false)
        return lines[line].prefix { $0 == " " }.count
    }
}

extension SQLToken {
    fileprivate func matches(_ name: String) -> Bool {
        let bare = kind == .name ? String(text.dropFirst().dropLast()) : text
        return bare.lowercased() == name.lowercased() || text == name
    }
}
