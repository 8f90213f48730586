import Collectors
package import Facts
import Linux
import Probes
import SQLite
import Site

/// Asks a host for single tables: what a person does who writes a probe.
package struct FactsQuestion {
    /// Rows, the names of their columns, and what is not known about them.
    package struct Answer: Sendable {
        package var columns: [String]
        package var rows: [[Value]]
        package var gaps: [Gap]
    }

    private let run: ScanRun

    /// Questions to a host.
    package init(host: WorkerHost) throws(ScanRun.Failure) {
        run = try ScanRun(host: host, site: nil, selection: nil, toolVersion: "")
    }

    /// A whole table.
    package func rows(in name: String) throws(ScanRun.Failure) -> Answer {
        guard let table = try tables([name]).first else {
            throw .usage(
                "there is no table '\(name)'", hint: "assay facts lists the tables")
        }
        return Answer(
            columns: table.schema.sqlColumns.map(\.name), rows: table.rows, gaps: table.gaps)
    }

    /// The answer of a SELECT, confined as a probe's is.
    package func rows(of sql: String) throws(ScanRun.Failure) -> Answer {
        let schemas = try Rejudgement.schemas + foreign().map(\.table)
        let isRefused = { (error: SQLiteError) in
            ScanRun.Failure.usage(error.message, hint: "it must be one SELECT, as a probe's is")
        }
        let select = try translating(isRefused) { () throws(SQLiteError) in
            try FactStore(schemas: schemas, tables: []).compile(sql)
        }
        let names = select.reads.keys.filter { $0 != FactStore.gapsSchema.name }
        let tables = try tables(Array(names))
        return try translating(isRefused) { () throws(SQLiteError) in
            let store = try FactStore(schemas: schemas, tables: tables)
            var cells: [[Cell]] = []
            try store.query(sql, into: &cells)
            return Answer(
                columns: select.columns, rows: cells.map { $0.map(Value.init) },
                gaps: tables.flatMap(\.gaps))
        }
    }

    private func foreign() throws(ScanRun.Failure) -> [Probe.ForeignCollector] {
        try run.pack().probes.compactMap(\.collect)
    }

    private func tables(_ names: [String]) throws(ScanRun.Failure) -> [KeyedTable] {
        let collectors = allCollectors.filter { names.contains($0.schema.name) }
        let isDeclared = { (name: String) in name.hasPrefix("site") }
        var declared = Declared.nothing
        if names.contains(where: isDeclared)
            || collectors.contains(where: { $0 is any SiteCollector })
        {
            declared = try run.declared().0
        }
        let foreign = try foreign().filter { names.contains($0.table.name) }
        let gathered = run.pool.gather(collectors.map(\.schema), foreign: foreign)
        let site = declared.tables.filter { names.contains($0.schema.name) }
        return (gathered + site).map(KeyedTable.init)
    }
}

extension Value {
    fileprivate init(_ cell: Cell) {
        switch cell {
        case .null, .other: self = .null
        case .integer(let number): self = .integer(number)
        case .text(let text): self = .text(text)
        }
    }
}
