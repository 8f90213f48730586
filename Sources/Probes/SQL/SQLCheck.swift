import Documents
import Facts
import SQLite

/// Looks for SQL that turns *unseen* into *good*.
struct SQLCheck {
    private let file: ProbeFile

    init(_ file: ProbeFile) {
        self.file = file
    }

    /// Every constant 1 that stands for whatever else there may be.
    var findings: [Diagnostic] {
        let parts: [(SQLText.Part, String?)] = [
            (.judge, file.probe.judge), (.exclude, file.probe.exclude),
        ]
        return parts.flatMap { part, sql -> [Diagnostic] in
            guard let sql else { return [] }
            guard let text = SQLText(part, sql) else {
                return [
                    file.diagnostic(
                        in: part.rawValue, "the SQL is of a form that is not checked here",
                        hint: "write one SELECT without VALUES, WINDOW and frames")
                ]
            }
            return findings(in: text, text.query, isOutermost: true)
        }
    }

    private func findings(
        in text: SQLText, _ node: SQLNode, isOutermost: Bool
    ) -> [Diagnostic] {
        guard !text.isWords(node, isOutermost: isOutermost) else { return [] }
        var found = fallbacks(of: node).filter { isOne($0, in: text) }.map { fallback in
            let written = text.text(of: fallback.tokens)
            return file.diagnostic(
                in: text.part.rawValue,
                "what is not foreseen comes to \(written), which passes",
                hint: "name what is good; leave out the ELSE, and the rest stays unknown")
        }
        for child in node.children {
            let isNested = node.kind != .query && node.kind != .arm
            found += findings(in: text, child, isOutermost: isOutermost && !isNested)
        }
        return found
    }

    /// The values that stand in when nothing else was said.
    private func fallbacks(of node: SQLNode) -> [SQLNode] {
        switch node.kind {
        case .otherwise: return node.children
        case .call(let name) where ["coalesce", "ifnull", "iif"].contains(name):
            return node.children.suffix(1)
        case .call, .query, .arm, .column, .distinct, .join, .joinOperator, .condition, .and, .or,
            .not, .comparison, .membership, .exists, .caseExpression, .when, .number, .string,
            .null, .other:
            return []
        }
    }

    // A constant is computed by SQLite itself, so that no way to write 1 is missed.
    private func isOne(_ node: SQLNode, in text: SQLText) -> Bool {
        var rows: [[Cell]] = []
        do throws(SQLiteError) {
            let store = try FactStore(schemas: [], tables: [KeyedTable]())
            try store.query("SELECT (\(text.text(of: node.tokens)))", into: &rows)
        } catch {
            return false
        }
        return rows == [[.integer(1)]]
    }
}
