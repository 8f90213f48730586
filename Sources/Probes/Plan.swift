package import Facts
package import SQLite

/// What the chosen probes read: nothing else is gathered.
package struct Plan: Sendable, Hashable {
    /// Why a probe's SQL may not run.
    package struct Refusal: Sendable, Hashable {
        package var probe: String
        /// The probe's key that holds the SQL: `judge`, `exclude` or `population`.
        package var part: String
        package var message: String
    }

    /// What one probe reads: columns by table; the empty name stands for the rows themselves.
    package typealias Reads = [String: Set<String>]

    /// By the probe's id.
    package private(set) var reads: [String: Reads] = [:]
    package private(set) var refusals: [Refusal] = []

    /// Compiles every probe against empty tables.
    package init(probes: [Probe], schemas: [TableSchema]) throws(SQLiteError) {
        let foreign = probes.compactMap(\.collect?.table)
        let store = try FactStore(schemas: schemas + foreign, tables: [])
        for probe in probes { read(probe, in: store) }
    }

    /// The tables that are read, sorted; the engine's own are not among them.
    package var tables: [String] {
        Set(reads.values.flatMap(\.keys)).subtracting(["gaps"]).sorted()
    }

    private mutating func read(_ probe: Probe, in store: borrowing FactStore) {
        guard let population = store.schemas[probe.population] else {
            refuse(probe, "population", "there is no table '\(probe.population)'")
            return
        }
        var reads: Reads = [probe.population: Set(population.key.columns)]
        let parts: [(String, String?, [String])] = [
            ("judge", probe.judge, ["subject", "ok", "observed"]),
            ("exclude", probe.exclude, ["subject", "reason"]),
        ]
        for (part, sql, columns) in parts {
            guard let sql else { continue }
            do throws(SQLiteError) {
                let select = try store.compile(sql)
                guard select.columns == columns else {
                    refuse(probe, part, "its columns are not \(columns.joined(separator: ", "))")
                    continue
                }
                reads.merge(select.reads) { $0.union($1) }
            } catch {
                refuse(probe, part, error.message)
            }
        }
        self.reads[probe.id] = reads
    }

    private mutating func refuse(_ probe: Probe, _ part: String, _ message: String) {
        refusals.append(Refusal(probe: probe.id, part: part, message: message))
    }
}

extension Plan {
    /// The gaps of one store that touch a probe which reads this.
    static func gaps(
        touching reads: Reads, in store: borrowing FactStore
    ) -> [Gap] {
        var touching: [Gap] = []
        for (table, columns) in reads.sorted(by: { $0.key < $1.key }) where table != "gaps" {
            let read = expand(columns, of: store.schemas[table])
            touching += store.gaps(in: table).filter {
                $0.columns.isEmpty || !read.isDisjoint(with: $0.columns)
            }
        }
        return touching
    }

    // To read the rows themselves, or a joined key, is to read the columns behind them.
    private static func expand(_ columns: Set<String>, of schema: TableSchema?) -> Set<String> {
        guard let schema else { return columns }
        var read = columns
        if read.contains("") { read.formUnion(schema.sqlColumns.map(\.name)) }
        if read.contains(schema.key.name) { read.formUnion(schema.key.columns) }
        return read
    }
}

extension Plan {
    /// The tables that one probe reads; the engine's own are not among them.
    package func tables(of probe: Probe) -> Set<String> {
        Set(reads[probe.id]?.keys.map { $0 } ?? [probe.population]).subtracting(["gaps"])
    }
}
