import Facts

/// Rows for a person, in columns.
enum TableText {
    /// The rows below the names of their columns; NULL is `-`. What is longer than `widest` moves the
    /// rest of its line.
    static func text(_ columns: [String], _ rows: [[Value]], widest: Int = 60) -> String {
        let cells = [columns] + rows.map { $0.map(text) }
        let widths = columns.indices.map { column in
            min(widest, cells.map { $0[column].count }.max() ?? 0)
        }
        return cells.map { row in
            zip(row, widths).map { cell, width in
                cell + String(repeating: " ", count: max(0, width - cell.count))
            }.joined(separator: "  ").trimmingEnd + "\n"
        }.joined()
    }

    private static func text(_ value: Value) -> String {
        switch value {
        case .null: "-"
        case .integer(let number): String(number)
        case .text(let text): Readable.text(text.utf8)
        }
    }
}

extension String {
    fileprivate var trimmingEnd: String {
        var text = self
        while text.hasSuffix(" ") { text.removeLast() }
        return text
    }
}
