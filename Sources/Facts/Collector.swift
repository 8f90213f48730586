/// Gathers one table from a host: a plain, synchronous function without state.
package protocol Collector: Sendable {
    associatedtype Row: Sendable

    /// The table that it fills.
    static var table: FactTable<Row> { get }

    /// A collector needs nothing to start with.
    init()

    /// Reads what the table needs, and nothing else.
    ///
    /// On an offline root only rows of the configured layer are given.
    func collect(from host: some HostView) -> Gathered<Row>
}

extension Collector {
    /// The schema of its table.
    package var schema: TableSchema { Self.table.schema }

    /// What it gathers from a host, without the Swift type of the rows.
    package func gather(from host: some HostView) -> GatheredTable {
        GatheredTable(collect(from: host), in: Self.table)
    }
}
