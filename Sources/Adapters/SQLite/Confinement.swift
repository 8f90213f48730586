internal import CSQLite

/// What a confined SELECT may do, and what it was seen to read.
///
/// One object stands behind SQLite's authorizer and its progress handler of one connection.
@safe final class Confinement {
    /// Functions that give the same answer for the same arguments, always.
    private static let functions: Set<String> = [
        "abs", "avg", "char", "coalesce", "count", "dense_rank", "format", "glob", "group_concat",
        "hex", "ifnull", "iif", "instr", "length", "like", "lower", "ltrim", "max", "min", "nullif",
        "printf", "quote", "rank", "replace", "round", "row_number", "rtrim", "sign", "substr",
        "substring", "sum", "total", "trim", "typeof", "unicode", "upper",
    ]

    /// The tables that may be read.
    let tables: Set<String>
    /// Whether the rules hold; the tables are made before.
    var isActive = false
    /// Columns by table; the empty name stands for the rows themselves.
    var reads: [String: Set<String>] = [:]
    /// What was refused first, in words.
    var refusal: String?
    /// How many times the progress handler may still be called.
    var budget = 0

    init(tables: Set<String>) {
        self.tables = tables
    }

    /// SQLite's authorizer: an action with up to two names.
    func allows(_ action: Int32, _ first: String?, _ second: String?) -> Bool {
        guard isActive else { return true }
        switch action {
        case SQLITE_SELECT, SQLITE_RECURSIVE: return true
        case SQLITE_READ:
            // A common table expression reads no table: SQLite names it without a column.
            guard let table = first, tables.contains(table) else {
                if second?.isEmpty != false { return true }
                return refuse("reading \(first ?? "it") is not allowed")
            }
            reads[table, default: []].insert(second ?? "")
            return true
        case SQLITE_FUNCTION:
            guard let name = second, Self.functions.contains(name.lowercased()) else {
                return refuse("the function \(second ?? "") is not allowed")
            }
            return true
        case SQLITE_ATTACH: return refuse("ATTACH is not allowed")
        case SQLITE_PRAGMA: return refuse("PRAGMA is not allowed")
        default: return refuse("only reading is allowed")
        }
    }

    private func refuse(_ words: String) -> Bool {
        refusal = refusal ?? words
        return false
    }
}
