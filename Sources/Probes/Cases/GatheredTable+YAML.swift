import Documents
import Facts

extension GatheredTable {
    /// One entry of `tables`: the table's name, its rows and its gaps.
    ///
    /// Without `rows` the table is unavailable; with gaps it is partial.
    static func given(
        _ entry: YAMLEntry, layer: Layer?, schemas: [TableSchema],
        from reader: inout MappingReader
    ) -> GatheredTable? {
        guard let schema = schemas.first(where: { $0.name == entry.key }) else {
            reader.error(
                "there is no table \(Quoted.text(entry.key))", at: entry.keyMark,
                hint: Suggestion.hint(for: entry.key, among: schemas.map(\.name)))
            return nil
        }
        return reader.mapping(entry.value, entry.key) { reader in
            let gaps = reader.sections("gaps") { Gap(in: schema, from: &$0) }
            guard reader.node("rows") != nil else {
                if gaps.isEmpty { _ = reader.requiredNode("rows") }
                return GatheredTable(schema: schema, state: .unavailable, rows: [], gaps: gaps)
            }
            let rows = reader.sections("rows") { row(of: schema, layer, from: &$0) }
            return GatheredTable(
                schema: schema, state: gaps.isEmpty ? .complete : .partial, rows: rows, gaps: gaps)
        }
    }

    private static func row(
        of schema: TableSchema, _ layer: Layer?, from reader: inout MappingReader
    ) -> [Value] {
        schema.columns.map { column in
            guard let node = reader.node(column.name) else {
                // A case about one layer is about the rows of that layer.
                guard column.name == "layer", let layer else { return .null }
                return .text(layer.rawValue)
            }
            if node.scalar?.kind == .nothing { return .null }
            switch column.type {
            case .text:
                // A cell may be empty, which a text of a probe may not.
                if let text = node.text { return .text(text) }
                return Value(reader.text(node, column.name))
            case .integer:
                let range = Int64.min...Int64.max
                return Value(reader.integer(node, column.name, in: range))
            }
        }
    }
}

extension Gap {
    fileprivate init?(in schema: TableSchema, from reader: inout MappingReader) {
        let code = reader.choice("code", of: GapCode.self)
        let object = reader.optionalText("object")
        let layer = reader.optionalChoice("layer", of: Layer.self)
        let columns = reader.texts("columns")
        for column in columns where !schema.columns.contains(where: { $0.name == column }) {
            reader.error(
                "the table has no column \(Quoted.text(column))", in: "columns",
                hint: Suggestion.hint(for: column, among: schema.columns.map(\.name)))
        }
        guard let code else { return nil }
        self.init(
            code, in: schema.name, of: object, columns: columns, layer: layer,
            "the case says so")
    }
}
