/// The content of one cell: SQLite's integers and texts, or NULL.
///
/// NULL with a gap that names the column means *not determined*; NULL without one means *absent*.
package enum Value: Sendable, Hashable {
    case null
    case integer(Int64)
    case text(String)

    /// An absent text is NULL.
    package init(_ text: String?) {
        self = text.map(Value.text) ?? .null
    }

    /// An absent number is NULL.
    package init(_ number: Int64?) {
        self = number.map(Value.integer) ?? .null
    }

    /// The text that this cell holds, if it holds one.
    package var text: String? {
        guard case .text(let text) = self else { return nil }
        return text
    }

    /// The number that this cell holds, if it holds one.
    package var integer: Int64? {
        guard case .integer(let number) = self else { return nil }
        return number
    }
}
