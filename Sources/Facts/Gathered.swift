/// What a collector found.
package enum Gathered<Row: Sendable>: Sendable {
    /// Everything was seen.
    case complete([Row])
    /// What was seen, and what was not.
    case partial([Row], [Gap])
    /// Nothing can be said.
    case unavailable(Gap)

    /// Complete where there is no gap.
    package static func rows(_ rows: [Row], gaps: [Gap]) -> Gathered {
        gaps.isEmpty ? .complete(rows) : .partial(rows, gaps)
    }
}

/// How much of a table was seen.
package enum TableState: String, Sendable, Hashable {
    case complete
    case partial
    case unavailable
}

/// One table of one host, without the Swift type of its rows.
package struct GatheredTable: Sendable, Hashable {
    package var schema: TableSchema
    package var state: TableState
    /// Cells in the order of `schema.columns`; the joined key is not among them.
    package var rows: [[Value]]
    package var gaps: [Gap]

    /// A table by its parts.
    package init(schema: TableSchema, state: TableState, rows: [[Value]], gaps: [Gap]) {
        self.schema = schema
        self.state = state
        self.rows = rows
        self.gaps = gaps
    }

    /// A table of which nothing can be said.
    package static func unavailable(_ schema: TableSchema, _ gap: Gap) -> GatheredTable {
        GatheredTable(schema: schema, state: .unavailable, rows: [], gaps: [gap])
    }

    /// What a collector found, in its table.
    package init<Row>(_ gathered: Gathered<Row>, in table: FactTable<Row>) {
        switch gathered {
        case .complete(let rows):
            self.init(
                schema: table.schema, state: .complete, rows: rows.map(table.cells), gaps: [])
        case .partial(let rows, let gaps):
            self.init(
                schema: table.schema, state: .partial, rows: rows.map(table.cells), gaps: gaps)
        case .unavailable(let gap):
            self = .unavailable(table.schema, gap)
        }
    }
}
