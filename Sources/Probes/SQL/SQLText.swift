/// A SELECT of a probe: its text, its tokens and its parts.
package struct SQLText: Sendable {
    /// Which key of the probe it is.
    package enum Part: String, Sendable, Hashable {
        case judge, exclude

        /// The column that is words for people: no verdict hangs on it.
        var words: (index: Int, alias: String) {
            switch self {
            case .judge: (2, "observed")
            case .exclude: (1, "reason")
            }
        }
    }

    let part: Part
    let sql: String
    let tokens: [SQLToken]
    let query: SQLNode

    /// Reads SQL that SQLite compiles; nil where it is of a form that is not known here.
    package init?(_ part: Part, _ sql: String) {
        guard let tokens = SQLToken.tokens(of: sql) else { return nil }
        do throws(SQLParser.NotUnderstood) {
            query = try SQLParser.query(of: tokens)
        } catch {
            return nil
        }
        self.part = part
        self.sql = sql
        self.tokens = tokens
    }

    /// Whether a column, of the outermost query or not, is words for people.
    func isWords(_ column: SQLNode, isOutermost: Bool) -> Bool {
        guard case .column(let index, let alias) = column.kind else { return false }
        return (isOutermost && index == part.words.index) || alias == part.words.alias
    }

    /// Tokens as they are written, every blank between them as one space.
    func text(of range: Range<Int>) -> String {
        var text = ""
        for index in range {
            if index > range.lowerBound, tokens[index].range.lowerBound > end(before: index) {
                text += " "
            }
            text += tokens[index].text
        }
        return text
    }

    private func end(before index: Int) -> Int { tokens[index - 1].range.upperBound }

    /// The SQL with other words in the place of some tokens.
    func replacing(_ range: Range<Int>, with replacement: String) -> String {
        guard let first = range.first, let last = range.last else { return sql }
        let bytes = Array(sql.utf8)
        let head = bytes[..<tokens[first].range.lowerBound]
        let tail = bytes[tokens[last].range.upperBound...]
        return String(decoding: head, as: UTF8.self) + replacement
            + String(decoding: tail, as: UTF8.self)
    }
}
