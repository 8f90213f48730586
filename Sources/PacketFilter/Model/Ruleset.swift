/// Everything that filters packets on one host, of all engines.
package struct Ruleset: Hashable, Sendable {
    /// In the order in which they were made.
    package var tables: [FilterTable] = []
    /// By name.
    package var ipsets: [String: IPSet] = [:]
    /// Programs that see packets before any rule, such as `xdp 12 on eth0`, by interface.
    package var programs: [String: [String]] = [:]

    /// A host that filters nothing.
    package init() {}

    /// The place of a table.
    package func index(
        of name: String, _ family: FilterTable.Family, _ engine: FilterTable.Engine = .nftables
    ) -> Int? {
        // Most questions are about one of the last tables; looking in place copies none.
        tables.indices.last {
            tables[$0].name == name && tables[$0].family == family && tables[$0].engine == engine
        }
    }

    /// Puts tables in the place of those of the same family, name and engine, or at the end.
    package mutating func replace(_ others: [FilterTable]) {
        for table in others {
            if let index = index(of: table.name, table.family, table.engine) {
                tables[index] = table
            } else {
                tables.append(table)
            }
        }
    }
}
