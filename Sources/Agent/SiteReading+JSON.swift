import Documents
import Facts
import Reports
import Site
import StrictJSON

/// How a worker tells the agent what is declared.
extension SiteReading {
    var json: JSONValue {
        .object([
            "role": declared.role.map { .string($0.rawValue) },
            "environment": declared.environment.map(JSONValue.string),
            "files": .array(
                declared.files.map { .array([.string($0.name), .string($0.sha256)]) }),
            "tables": .array(declared.tables.map(Self.json)),
            "diagnostics": .array(diagnostics.map(Self.json)),
        ])
    }

    private static func json(_ table: GatheredTable) -> JSONValue {
        .object([
            "name": .string(table.schema.name),
            "rows": .array(
                table.rows.map { row in
                    .array(
                        row.map { cell in
                            switch cell {
                            case .null: .null
                            case .integer(let number): .integer(number)
                            case .text(let text): .string(text)
                            }
                        })
                }),
        ])
    }

    private static func json(_ diagnostic: Diagnostic) -> JSONValue {
        .object([
            "severity": .string(diagnostic.severity.rawValue), "file": .string(diagnostic.file),
            "line": .integer(Int64(diagnostic.line)), "column": .integer(Int64(diagnostic.column)),
            "message": .string(diagnostic.message), "hint": diagnostic.hint.map(JSONValue.string),
        ])
    }

    /// Nil of what a worker does not say.
    init?(_ json: JSONValue) {
        guard let files = json["files"]?.array, let tables = json["tables"]?.array,
            let diagnostics = json["diagnostics"]?.array
        else { return nil }
        let role = json["role"]?.string.flatMap(Role.init)
        guard (json["role"] == nil) == (role == nil) else { return nil }
        declared = Declared(
            role: role, environment: json["environment"]?.string, tables: [], files: [])
        for file in files {
            guard let parts = file.array, parts.count == 2, let name = parts[0].string,
                let sha256 = parts[1].string
            else { return nil }
            declared.files.append(Report.Declared(name: name, sha256: sha256))
        }
        for table in tables {
            guard let table = Self.table(table) else { return nil }
            declared.tables.append(table)
        }
        self.diagnostics = []
        for diagnostic in diagnostics {
            guard let diagnostic = Self.diagnostic(diagnostic) else { return nil }
            self.diagnostics.append(diagnostic)
        }
    }

    private static func table(_ json: JSONValue) -> GatheredTable? {
        guard let name = json["name"]?.string, let rows = json["rows"]?.array,
            let schema = SiteFile.schemas.first(where: { $0.name == name })
        else { return nil }
        var table = GatheredTable(schema: schema, state: .complete, rows: [], gaps: [])
        for row in rows {
            guard let cells = row.array, cells.count == schema.columns.count else { return nil }
            var values: [Value] = []
            for (cell, column) in zip(cells, schema.columns) {
                switch (cell, column.type) {
                case (.null, _): values.append(.null)
                case (.integer(let number), .integer): values.append(.integer(number))
                case (.string(let text), .text): values.append(.text(text))
                default: return nil
                }
            }
            table.rows.append(values)
        }
        return table
    }

    private static func diagnostic(_ json: JSONValue) -> Diagnostic? {
        guard let severity = json["severity"]?.string.flatMap(Diagnostic.Severity.init),
            let file = json["file"]?.string, let line = json["line"]?.integer,
            let column = json["column"]?.integer, let message = json["message"]?.string
        else { return nil }
        return Diagnostic(
            severity, file: file, line: Int(clamping: line), column: Int(clamping: column),
            message, hint: json["hint"]?.string)
    }
}
