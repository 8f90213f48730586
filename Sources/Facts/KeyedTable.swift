/// A table whose every row has a name of its own: what is judged, stored and signed.
package struct KeyedTable: Sendable, Hashable {
    package var schema: TableSchema
    package var state: TableState
    /// Cells in the order of `schema.sqlColumns`.
    package var rows: [[Value]]
    package var gaps: [Gap]

    /// A table by its parts.
    package init(schema: TableSchema, state: TableState, rows: [[Value]], gaps: [Gap]) {
        self.schema = schema
        self.state = state
        self.rows = rows
        self.gaps = gaps
    }

    /// Names the rows of a gathered table.
    ///
    /// Rows of one layer with one key get `#2`, `#3` … in the order of gathering, and a gap.
    package init(_ table: GatheredTable) {
        schema = table.schema
        state = table.state
        gaps = table.gaps
        rows = table.rows
        let names = table.schema.columns.map(\.name)
        let parts = schema.key.columns.compactMap(names.firstIndex)
        let layer = names.firstIndex(of: "layer")
        var seen: [[Value]: Int] = [:]
        var duplicates: Set<String> = []
        for index in rows.indices {
            var key = Self.name(of: rows[index], parts)
            let place = [.text(key), layer.map { rows[index][$0] } ?? .null]
            let count = seen[place, default: 0] + 1
            seen[place] = count
            if count > 1 {
                duplicates.insert(key)
                key += "#\(count)"
            }
            if schema.key.isJoined {
                rows[index].insert(.text(key), at: 0)
            } else if count > 1, let part = parts.first {
                rows[index][part] = .text(key)
            }
        }
        note(duplicates)
    }

    private mutating func note(_ duplicates: Set<String>) {
        guard !duplicates.isEmpty else { return }
        state = .partial
        gaps += duplicates.sorted().map {
            Gap(
                .duplicateKey, in: schema.name, of: $0, privacy: .plain,
                "several rows have one key")
        }
    }

    private static func name(of row: [Value], _ parts: [Int]) -> String {
        let texts = parts.compactMap { part -> String? in
            switch row[part] {
            case .null: nil
            case .integer(let number): String(number)
            case .text(let text): text
            }
        }
        return texts.isEmpty ? "(unnamed)" : texts.joined(separator: " in ")
    }

    /// The names of the rows, in their order.
    package var keys: [String] {
        guard let column = schema.sqlColumns.firstIndex(where: { $0.name == schema.key.name })
        else { return [] }
        return rows.map { row in
            switch row[column] {
            case .null: "(unnamed)"
            case .integer(let number): String(number)
            case .text(let text): text
            }
        }
    }

    /// The rows and gaps of one layer alone; a table without a column `layer` is of both.
    package func only(_ layer: Layer) -> KeyedTable {
        guard let column = schema.sqlColumns.firstIndex(where: { $0.name == "layer" }) else {
            return self
        }
        var table = self
        table.rows = rows.filter { $0[column] == .text(layer.rawValue) || $0[column] == .null }
        table.gaps = gaps.filter { $0.layer == nil || $0.layer == layer }
        if state == .partial, table.gaps.isEmpty { table.state = .complete }
        return table
    }
}
