package import OpenSSL
package import StrictJSON

/// A table as it is stored by its digest: sorted JSON lines behind one line that says what they are.
package struct TableFile: Sendable, Hashable {
    package var table: KeyedTable
    package var bytes: [UInt8]

    /// Lower-case hex SHA-256 of the bytes.
    package var sha256: String

    /// The name that a statement has for the file.
    package var name: String { "facts/\(table.schema.name).jsonl" }

    /// Writes a table: the same facts give the same bytes.
    package init(_ table: KeyedTable) throws(OpenSSLError) {
        self.table = table
        let lines = table.rows.map { Self.line($0, table.schema).bytes }
        let sorted = lines.sorted { $0.lexicographicallyPrecedes($1) }
        bytes = Array(([Self.header(of: table).bytes] + sorted).map { $0 + [0x0A] }.joined())
        sha256 = try SHA256.hex(of: bytes)
    }

    private static func header(of table: KeyedTable) -> JSONValue {
        .object([
            "table": .string(table.schema.name),
            "key": .string(table.schema.key.name),
            "layer": .string(table.schema.layer.rawValue),
            "state": .string(table.state.rawValue),
            "columns": .array(
                table.schema.sqlColumns.map {
                    .object([
                        "name": .string($0.name), "type": .string($0.type.rawValue),
                        "privacy": .string($0.privacy.rawValue),
                    ])
                }),
            "gaps": .array(
                table.gaps.map(\.json).sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }),
        ])
    }

    private static func line(_ row: [Value], _ schema: TableSchema) -> JSONValue {
        .object(
            zip(schema.sqlColumns, row).map { column, value in
                switch value {
                case .null: JSONMember(column.name, .null)
                case .integer(let number): JSONMember(column.name, .integer(number))
                case .text(let text): JSONMember(column.name, .string(text))
                }
            })
    }
}

extension Gap {
    /// The gap as a table's file and a report have it.
    package var json: JSONValue {
        .object([
            "table": .string(table),
            "object": object.map(JSONValue.string),
            "columns": .array(columns.map(JSONValue.string)),
            "layer": layer.map { .string($0.rawValue) },
            "code": .string(code.rawValue),
            "sentence": .string(sentence),
        ])
    }
}
