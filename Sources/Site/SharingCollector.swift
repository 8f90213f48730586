package import Facts

/// A collector whose table shows a part of what others show too: all of them share one reading of
/// the host, so that their tables never contradict each other and its time is paid once.
///
/// Its table names the reading.
package protocol SharingCollector: SiteCollector {
    /// What all of them are taken from.
    associatedtype Reading

    /// Reads what all of the tables need.
    static func reading(of host: some HostView, declared: SiteFile) -> Reading

    /// The part of its own table.
    func rows(of reading: Reading) -> Gathered<Row>
}

extension SharingCollector {
    /// Reads for itself alone.
    package func collect(from host: some HostView, declared: SiteFile) -> Gathered<Row> {
        rows(of: Self.reading(of: host, declared: declared))
    }

    fileprivate func gather(
        from host: some HostView, declared: SiteFile, sharing readings: inout [String: Any]
    ) -> GatheredTable {
        guard let name = schema.reading else { return gather(from: host, declared: declared) }
        let reading =
            readings[name] as? Reading ?? Self.reading(of: host, declared: declared)
        readings[name] = reading
        return GatheredTable(rows(of: reading), in: Self.table)
    }
}

extension [any Collector] {
    /// Gathers all of their tables, in their order, each shared reading once.
    package func gather(from host: some HostView, knowing declared: SiteFile) -> [GatheredTable] {
        var readings: [String: Any] = [:]
        return map { collector in
            guard let collector = collector as? any SharingCollector else {
                return collector.gather(from: host, knowing: declared)
            }
            return collector.gather(from: host, declared: declared, sharing: &readings)
        }
    }
}
