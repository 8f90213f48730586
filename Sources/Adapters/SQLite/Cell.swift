/// What SQLite holds in one cell.
package enum Cell: Sendable, Hashable {
    case null
    case integer(Int64)
    case text(String)
    /// A fraction or a blob: no fact and no verdict is one.
    case other
}
