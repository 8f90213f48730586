/// What an operator of truth can be mistaken for.
enum SQLOperator {
    /// Other operators in the place of this one, which is written in capitals with single spaces.
    static func others(than sign: String) -> [String] {
        switch sign {
        case "=", "==": ["<>"]
        case "<>", "!=": ["="]
        case "<": ["<=", ">="]
        case "<=": ["<", ">"]
        case ">": [">=", "<="]
        case ">=": [">", "<"]
        case "IS": ["IS NOT"]
        case "IS NOT": ["IS"]
        case "IS DISTINCT FROM": ["IS NOT DISTINCT FROM"]
        case "IS NOT DISTINCT FROM": ["IS DISTINCT FROM"]
        case "ISNULL": ["NOTNULL"]
        case "NOTNULL", "NOT NULL": ["ISNULL"]
        case "IN", "LIKE", "GLOB", "BETWEEN", "EXISTS": ["NOT \(sign)"]
        case "NOT IN", "NOT LIKE", "NOT GLOB", "NOT BETWEEN", "NOT EXISTS":
            [
                String(sign.dropFirst("NOT ".count))
            ]
        default: []
        }
    }
}
