/// A part of a SELECT that has a meaning of its own.
struct SQLNode: Sendable, Hashable {
    /// What the part is.
    indirect enum Kind: Sendable, Hashable {
        /// A whole SELECT with what stands before and after its arms.
        case query
        /// One `SELECT …` of a compound.
        case arm
        /// One result column; `index` from 0, and its alias.
        case column(index: Int, alias: String?)
        /// `DISTINCT`.
        case distinct
        /// A joined table, with its operator and its condition; the first table is no join.
        case join
        /// The operator of a join, such as `LEFT JOIN`.
        case joinOperator
        /// The expression of `ON`, `WHERE` or `HAVING`; the keyword is part of the node.
        case condition
        /// `AND` or `OR`; two children.
        case and, or
        case not
        /// Another operator of truth; `operator` are its tokens.
        case comparison(operator: Range<Int>)
        /// `x IN (…)`; the elements are the children from the second on.
        case membership(operator: Range<Int>)
        case exists(operator: Range<Int>)
        case caseExpression
        /// `WHEN … THEN …`: two children.
        case when
        /// `ELSE …`: one child.
        case otherwise
        /// A call; its arguments are the children.
        case call(name: String)
        case number, string, null
        /// Anything else with children: brackets, signs, arithmetic, clauses.
        case other
    }

    var kind: Kind
    /// Indices of tokens.
    var tokens: Range<Int>
    var children: [SQLNode]
}
