package import Facts

/// Sockets that wait for packets from other hosts, with the programs behind them.
///
/// Read from `/proc/PID/net/{tcp,tcp6,udp,udp6,udplite,udplite6,raw,raw6}` of one process for each
/// network namespace, and from the descriptors of every process; see proc_net(5).
package struct ListeningPorts: Collector {
    /// One socket of one process.
    package struct Row: Sendable, Equatable {
        var listener: String
        var pid: Int64?
        var port: Int64
        var transport: String
        var family: Int64
        var address: String
        var namespace: String
        var name: String?
        var path: String?
        var unit: String?
    }

    package static let table = FactTable<Row>(
        "listening_ports", "Sockets that wait for packets, of all network namespaces.",
        key: .column("listener"), layer: .running,
        columns: [
            .text("listener", \.listener, "The socket and its process in one line."),
            .integer("pid", \.pid, "The process; absent where none was found."),
            .integer("port", \.port, "Port, or the protocol's number of a raw socket."),
            .text("protocol", \.transport, "`tcp`, `udp`, `udplite` or `raw`."),
            .integer("family", \.family, "4 or 6."),
            .text("address", \.address, "Address that it is bound to."),
            .text("net_namespace", \.namespace, "Number of its network namespace."),
            .text("name", \.name, "Name of the process."),
            .text("path", \.path, "Program of the process.", privacy: .path),
            .text("unit", \.unit, "The unit of the process, or the one that holds the socket."),
        ])

    /// Stateless.
    package init() {}

    /// Reads the sockets of every namespace that a process lives in.
    package func collect(from host: some HostView) -> Gathered<Row> {
        let name = Self.table.schema.name
        for kind in [NamespaceKind.network, .process] {
            if let gap = host.gap(kind, in: name) { return .unavailable(gap) }
        }
        guard host.kind == .live else {
            return .unavailable(Gap(.notRunning, in: name, "only a running host has sockets"))
        }
        do throws(HostError) {
            var scan = SocketScan(host: host)
            try scan.run()
            let gaps =
                scan.unseen == 0
                ? []
                : [
                    Gap(
                        .notPermitted, in: name, columns: ["pid", "name", "path", "unit"],
                        "the descriptors of some processes may not be read")
                ]
            return .rows(scan.rows, gaps: gaps)
        } catch {
            return .unavailable(Gap(error, in: name))
        }
    }
}
