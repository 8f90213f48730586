import Collectors
import Facts

/// One table of a given host, by the names of its columns.
struct Gathering {
    let table: KeyedTable

    /// What a collector gathers from these files.
    init<C: Collector>(
        _ collector: C, files: [HostPath: String], errors: [HostPath: HostError.Code] = [:],
        links: [HostPath: HostPath] = [:], kind: HostKind = .offline
    ) {
        var nodes = files.mapValues { GivenHost.Node.file(Array($0.utf8)) }
        nodes.merge(errors.mapValues { .error($0) }) { $1 }
        nodes.merge(links.mapValues { .link($0) }) { $1 }
        table = KeyedTable(collector.gather(from: GivenHost(nodes, kind: kind)))
    }

    /// The names of the rows.
    var keys: [String] { table.keys }

    /// The codes of the gaps.
    var codes: [GapCode] { table.gaps.map(\.code) }

    /// The cell of one row; `.null` too where there is no such row.
    subscript(key: String, column: String) -> Value {
        guard let row = table.keys.firstIndex(of: key),
            let index = table.schema.sqlColumns.firstIndex(where: { $0.name == column })
        else { return .null }
        return table.rows[row][index]
    }
}
