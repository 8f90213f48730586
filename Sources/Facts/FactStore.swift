package import SQLite

/// The facts of one host, or of one layer of it, ready for SQL.
package struct FactStore: ~Copyable {
    /// What the engine itself says about a scan.
    package static let scanSchema = TableSchema(
        name: "scan", documentation: "When the scan began, and what it looked at.",
        key: .column("host_kind"), layer: .both,
        columns: [
            ColumnSchema(
                name: "host_kind", type: .text, documentation: "`live` or `offline`.",
                privacy: .plain),
            ColumnSchema(
                name: "time", type: .integer, documentation: "Seconds since 1970.",
                privacy: .plain),
        ])

    /// What could not be known: always complete, so that a probe that concludes from absence asks it.
    package static let gapsSchema = TableSchema(
        name: "gaps", documentation: "What could not be known, and why.",
        key: .joined("gap", ["table_name", "object", "code"]), layer: .both,
        columns: [
            ColumnSchema(
                name: "table_name", type: .text, documentation: "The table that is not complete.",
                privacy: .plain),
            ColumnSchema(
                name: "object", type: .text,
                documentation: "What was not seen; NULL is the whole table.", privacy: .plain),
            ColumnSchema(
                name: "columns", type: .text,
                documentation: "The columns that it touches, by commas; NULL is all.",
                privacy: .plain),
            ColumnSchema(
                name: "code", type: .text, documentation: "Why, as a code.", privacy: .plain),
            ColumnSchema(
                name: "sentence", type: .text, documentation: "Why, in words.", privacy: .plain),
        ])

    /// Every table that SQL can read, by its name.
    package let schemas: [String: TableSchema]
    private let tables: [String: KeyedTable]
    private let database: Database

    /// Tables that are not given are unavailable.
    package init(schemas: [TableSchema], tables: [KeyedTable]) throws(SQLiteError) {
        let all = schemas + [Self.gapsSchema]
        let gaps = Self.gapsTable(of: tables)
        self.schemas = Dictionary(all.map { ($0.name, $0) }) { first, _ in first }
        self.tables = Dictionary((tables + [gaps]).map { ($0.schema.name, $0) }) { first, _ in
            first
        }
        database = try Self.database(of: self.schemas, filledWith: self.tables)
    }

    private static func database(
        of schemas: [String: TableSchema], filledWith tables: [String: KeyedTable]
    ) throws(SQLiteError) -> Database {
        let database = try Database(tables: Set(schemas.keys))
        for schema in schemas.values { try database.define(definition(of: schema)) }
        for table in tables.values where schemas[table.schema.name] == table.schema {
            try database.insert(
                table.rows.map { $0.map(\.cell) }, into: table.schema.name,
                width: table.schema.sqlColumns.count)
        }
        return database
    }

    /// A table of the store; nil where it was not given.
    package func table(_ name: String) -> KeyedTable? { tables[name] }

    /// The gaps of one table; a table that was not given is one whole gap.
    package func gaps(in name: String) -> [Gap] {
        tables[name]?.gaps
            ?? [Gap(.notCollected, in: name, "the table was not collected")]
    }

    /// What a SELECT would give and read, or why it may not run.
    package func compile(_ sql: String) throws(SQLiteError) -> CompiledSelect {
        try database.compile(sql)
    }

    /// Appends the rows of a confined SELECT to `rows`; what came before an error stays there.
    package func query(_ sql: String, into rows: inout [[Cell]]) throws(SQLiteError) {
        try database.query(sql, budget: Self.budget, into: &rows)
    }

    /// Thousands of SQLite's steps that one SELECT may take: about a second.
    private static let budget = 20_000

    private static func definition(of schema: TableSchema) -> String {
        let columns = schema.sqlColumns.map { column in
            "\"\(column.name)\" \(column.type == .text ? "TEXT" : "INTEGER")"
        }
        return "CREATE TABLE \"\(schema.name)\" (\(columns.joined(separator: ", ")))"
    }

    private static func gapsTable(of tables: [KeyedTable]) -> KeyedTable {
        let rows = tables.flatMap(\.gaps).map { gap -> [Value] in
            [
                .text(gap.table), Value(gap.object),
                gap.columns.isEmpty ? .null : .text(gap.columns.joined(separator: ",")),
                .text(gap.code.rawValue), .text(gap.sentence),
            ]
        }
        let gathered = GatheredTable(schema: gapsSchema, state: .complete, rows: rows, gaps: [])
        var table = KeyedTable(gathered)
        table.state = .complete
        table.gaps = []
        return table
    }
}

extension Value {
    fileprivate var cell: Cell {
        switch self {
        case .null: .null
        case .integer(let number): .integer(number)
        case .text(let text): .text(text)
        }
    }
}
