package import Facts

/// A collector whose rows hang on what the operator declares.
package protocol SiteCollector: Collector {
    /// Reads what the table needs, and holds it against what is declared.
    ///
    /// On an offline root only rows of the configured layer are given.
    func collect(from host: some HostView, declared: SiteFile) -> Gathered<Row>
}

extension SiteCollector {
    /// What it can say where nobody knows what is declared: nothing.
    package func collect(from host: some HostView) -> Gathered<Row> {
        .unavailable(
            Gap(.notDeclared, in: schema.name, "what is declared about the host is not known"))
    }

    /// What it gathers, without the Swift type of the rows.
    package func gather(from host: some HostView, declared: SiteFile) -> GatheredTable {
        GatheredTable(collect(from: host, declared: declared), in: Self.table)
    }
}

extension Collector {
    /// What it gathers, whether it hangs on what is declared or not.
    package func gather(from host: some HostView, knowing declared: SiteFile) -> GatheredTable {
        guard let collector = self as? any SiteCollector else { return gather(from: host) }
        return collector.gather(from: host, declared: declared)
    }
}
