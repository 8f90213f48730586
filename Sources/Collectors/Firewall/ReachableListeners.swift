package import Facts
import PacketFilter
import Site

/// Who can reach what listens: the sockets of the host, held against the rules that run.
///
/// What listens is of no rule, so no promise is judged by it: a rule that lets in what nobody
/// declared is as wrong where nothing listens yet.
package struct ReachableListeners: SharingCollector {
    /// One socket.
    package struct Row: Sendable, Equatable {
        var socket: String
        var transport: String
        var address: String
        var port: Int64
        var listener: String?
        var reach: String
        var sources: String?
        var flows: String?
        var undeclared: String?
        var environments: String?
        var unitFilter: String?
    }

    package static let table = FactTable<Row>(
        "reachable_listeners",
        "Sockets of the host itself, and who can reach them by the rules that run.",
        key: .column("socket"), layer: .running, reading: HostFirewall.reading,
        columns: [
            .text("socket", \.socket, "Protocol, address and port in one line."),
            .text("protocol", \.transport, "`tcp`, `udp` or `udplite`."),
            .text(
                "address", \.address, "Address that it is bound to; `0.0.0.0` or `::` is every one."
            ),
            .integer("port", \.port, "Port that it is bound to."),
            .text("listener", \.listener, "Programs and units that hold it."),
            .text(
                "reach", \.reach,
                "`closed`, `certain`, or `possible` where something is unknown."),
            .text("sources", \.sources, "Who can reach it: addresses, or `any`."),
            .text("flows", \.flows, "The flows that lead to it, by semicolons."),
            .text(
                "undeclared", \.undeclared,
                "Whether a flow that nobody declares leads to it: `no`, `possible` or `certain`; absent where `ingress` is not declared."
            ),
            .text(
                "environments", \.environments,
                "The declared environments from whose networks it can be reached, by semicolons, with `possibly` where something is unknown; absent: none."
            ),
            .text(
                "unit_filter", \.unitFilter,
                "What the files of its unit say of addresses, such as `IPAddressDeny=any`: a further control, and no rule."
            ),
        ])

    private static let shown = 8

    /// Stateless.
    package init() {}

    /// Every socket of the host's own network.
    package func rows(of firewall: HostFirewall) -> Gathered<Row> {
        firewall.gathered(in: Self.table.schema.name) { listeners in
            (
                listeners.sockets.sockets.map { row($0, listeners, firewall) },
                listeners.sockets.gaps.map { gap in
                    var gap = gap
                    gap.columns = ["listener", "unit_filter"]
                    return gap
                } + firewall.unitFilters.gaps
            )
        }
    }

    private func row(
        _ socket: ListeningSocket, _ listeners: FlowListeners, _ firewall: HostFirewall
    ) -> Row {
        let reach = listeners.reached[socket] ?? FlowListeners.Reach()
        let transport = Transport.name(socket.transport)
        var row = Row(
            socket: "\(transport) \(socket.text)", transport: transport,
            address: socket.place, port: Int64(socket.port),
            listener: listeners.sockets.text(of: [socket]), reach: "closed")
        let units = (listeners.sockets.holders[socket] ?? []).compactMap(\.unit)
        row.unitFilter = firewall.unitFilters.text(of: units)
        if firewall.isIngressDeclared {
            row.undeclared = reach.isUndeclared.map { $0 ? "certain" : "possible" } ?? "no"
        }
        guard case .open(let sources, let isCertain)? = firewall.reachability(of: socket) else {
            return row
        }
        row.reach = isCertain ? "certain" : "possible"
        row.sources = Self.text(sources, by: "; ")
        row.flows = Self.text(reach.flows.map(\.text), by: "; ")
        if !reach.environments.isEmpty {
            let names = reach.environments.map { ($0.isCertain ? "" : "possibly ") + $0.name }
            row.environments = Readable.text(names.joined(separator: "; "))
        }
        return row
    }

    private static func text(_ parts: [String], by separator: String) -> String {
        let more = parts.count > shown ? ["\(parts.count - shown) more"] : []
        return Readable.text((parts.prefix(shown) + more).joined(separator: separator))
    }
}
