/// What a cell's type is to SQLite.
package enum ColumnType: String, Sendable, Hashable {
    case text
    case integer
}

/// Who may see the values of a column.
package enum Privacy: String, Sendable, Hashable {
    /// Anybody who sees the report.
    case plain
    /// A name of an account: of a person, where its uid is not a system one.
    case account
    /// A name of a group: a person's, where an account of a person has that name.
    case group
    /// A path, which lies below somebody's home or not.
    case path
}

/// What is said about a column, without the Swift type of its rows.
package struct ColumnSchema: Sendable, Hashable {
    /// The column's name, as osquery has it where osquery has the table.
    package var name: String
    /// What its cells hold.
    package var type: ColumnType
    /// One sentence for the manual.
    package var documentation: String
    /// Who may see its values.
    package var privacy: Privacy

    /// A column by its parts.
    package init(name: String, type: ColumnType, documentation: String, privacy: Privacy) {
        self.name = name
        self.type = type
        self.documentation = documentation
        self.privacy = privacy
    }
}

/// A column of a table whose rows are values of `Row`.
package struct Column<Row: Sendable>: Sendable {
    package var schema: ColumnSchema
    package var value: @Sendable (Row) -> Value

    private init(
        _ name: String, _ type: ColumnType, _ documentation: String, _ privacy: Privacy,
        value: @escaping @Sendable (Row) -> Value
    ) {
        schema = ColumnSchema(
            name: name, type: type, documentation: documentation, privacy: privacy)
        self.value = value
    }

    /// A column of texts that are always there.
    package static func text(
        _ name: String, _ path: any KeyPath<Row, String> & Sendable, _ documentation: String,
        privacy: Privacy = .plain
    ) -> Column {
        Column(name, .text, documentation, privacy) { .text($0[keyPath: path]) }
    }

    /// A column of texts that may be absent, or not determined.
    package static func text(
        _ name: String, _ path: any KeyPath<Row, String?> & Sendable, _ documentation: String,
        privacy: Privacy = .plain
    ) -> Column {
        Column(name, .text, documentation, privacy) { Value($0[keyPath: path]) }
    }

    /// A column of numbers that are always there.
    package static func integer(
        _ name: String, _ path: any KeyPath<Row, Int64> & Sendable, _ documentation: String
    ) -> Column {
        Column(name, .integer, documentation, .plain) { .integer($0[keyPath: path]) }
    }

    /// A column of numbers that may be absent, or not determined.
    package static func integer(
        _ name: String, _ path: any KeyPath<Row, Int64?> & Sendable, _ documentation: String
    ) -> Column {
        Column(name, .integer, documentation, .plain) { Value($0[keyPath: path]) }
    }

    /// A column of truths: 1 or 0.
    package static func truth(
        _ name: String, _ path: any KeyPath<Row, Bool> & Sendable, _ documentation: String
    ) -> Column {
        Column(name, .integer, documentation, .plain) { .integer($0[keyPath: path] ? 1 : 0) }
    }

    /// A column of truths that may be absent, or not determined.
    package static func truth(
        _ name: String, _ path: any KeyPath<Row, Bool?> & Sendable, _ documentation: String
    ) -> Column {
        Column(name, .integer, documentation, .plain) {
            Value($0[keyPath: path].map { $0 ? 1 : 0 })
        }
    }
}
