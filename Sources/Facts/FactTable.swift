/// When the state that a table shows is in force.
package enum Layer: String, Sendable, Hashable, CaseIterable {
    /// What runs now.
    case running
    /// What the next boot, or the next use of the configuration, brings.
    case configured
}

/// Which layers a table shows.
package enum TableLayer: String, Sendable, Hashable, CaseIterable {
    case running
    case configured
    /// Both: row by row where the table has a column `layer`, otherwise one row counts for both.
    case both
}

/// What names a row to a person, uniquely in its table.
package struct TableKey: Sendable, Hashable {
    /// The name of the key's column.
    package var name: String
    /// The columns whose values make the key: itself alone, or those that are joined by ` in `.
    package var columns: [String]

    /// A column of the table is its key.
    package static func column(_ name: String) -> TableKey {
        TableKey(name: name, columns: [name])
    }

    /// A further column, `name`, joins the values of `columns` with ` in `; a NULL is left out.
    package static func joined(_ name: String, _ columns: [String]) -> TableKey {
        TableKey(name: name, columns: columns)
    }

    /// Whether the key is a column that the engine makes.
    package var isJoined: Bool { columns != [name] }
}

/// What is said about a table, without the Swift type of its rows.
package struct TableSchema: Sendable, Hashable {
    /// The table's name, as osquery has it where osquery has the table.
    package var name: String
    package var documentation: String
    package var key: TableKey
    package var layer: TableLayer
    /// What the collector fills, in this order.
    package var columns: [ColumnSchema]
    /// Whether a fleet's judge must see its rows, and nobody else outside the host.
    package var isShared: Bool
    /// What it is taken from together with others: tables of one reading never contradict each
    /// other, because all of them come from it; nil is a reading of its own.
    package var reading: String?

    /// Every column that SQL sees: the joined key first, where there is one.
    package var sqlColumns: [ColumnSchema] {
        guard key.isJoined else { return columns }
        let joined = ColumnSchema(
            name: key.name, type: .text,
            documentation: "What names the row: \(key.columns.joined(separator: ", ")).",
            privacy: .plain)
        return [joined] + columns
    }

    /// Whether rows say which layer they belong to.
    package var hasLayerColumn: Bool { columns.contains { $0.name == "layer" } }

    /// A table by its parts.
    package init(
        name: String, documentation: String, key: TableKey, layer: TableLayer,
        columns: [ColumnSchema], isShared: Bool = false, reading: String? = nil
    ) {
        self.name = name
        self.documentation = documentation
        self.key = key
        self.layer = layer
        self.columns = columns
        self.isShared = isShared
        self.reading = reading
    }
}

/// A table of facts: its name, its key, its columns and what they mean.
///
/// Schema, inserts and manual all come from this one value.
package struct FactTable<Row: Sendable>: Sendable {
    package var schema: TableSchema
    private var values: [@Sendable (Row) -> Value]

    /// A table by its parts; `layer` is `.configured` unless it is said.
    package init(
        _ name: String, _ documentation: String, key: TableKey, layer: TableLayer = .configured,
        isShared: Bool = false, reading: String? = nil, columns: [Column<Row>]
    ) {
        schema = TableSchema(
            name: name, documentation: documentation, key: key, layer: layer,
            columns: columns.map(\.schema), isShared: isShared, reading: reading)
        values = columns.map(\.value)
    }

    /// The cells of one row, in the order of the columns.
    package func cells(of row: Row) -> [Value] {
        values.map { $0(row) }
    }
}
