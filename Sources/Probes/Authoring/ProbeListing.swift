import Facts

/// Every probe of a pack in a line: what `assay probe list` prints.
package struct ProbeListing {
    private let pack: ProbePack

    /// A listing of a pack.
    package init(of pack: ProbePack) {
        self.pack = pack
    }

    /// Columns of id, weight, severity, obligations and title; added probes have a `+`.
    package var text: String {
        let rows = pack.probes.map { probe in
            [
                (probe.origin == .added ? "+" : "") + probe.id, probe.weight.rawValue,
                probe.severity.rawValue,
                probe.obligations.isEmpty ? "-" : probe.obligations.joined(separator: ","),
                Readable.text(probe.title.utf8),
            ]
        }
        let widths = (0..<4).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let padded = zip(row, widths).map { cell, width in
                cell + String(repeating: " ", count: width - cell.count)
            }
            return (padded + [row[4]]).joined(separator: "  ") + "\n"
        }.joined()
    }
}
