package import Facts
import PacketFilter

/// Ways that the host knows to other hosts.
///
/// Read over rtnetlink(7).
package struct Routes: Collector {
    /// One route.
    package struct Row: Sendable, Equatable {
        var route: String
        var destination: String
        var length: Int64
        var gateway: String?
        var source: String?
        var interface: String?
        var metric: Int64
        var kind: String
        var table: Int64
    }

    package static let table = FactTable<Row>(
        "routes", "Ways that the host knows to other hosts, of all tables of routes.",
        key: .column("route"), layer: .running, isShared: true,
        columns: [
            .text("route", \.route, "The route in one line."),
            .text("destination", \.destination, "First address that it leads to."),
            .integer("netmask", \.length, "Bits that the addresses share."),
            .text("gateway", \.gateway, "The next host."),
            .text("source", \.source, "The address that the host uses then."),
            .text("interface", \.interface, "The interface."),
            .integer("metric", \.metric, "Of two routes the smaller is taken."),
            .text("type", \.kind, "`gateway`, `local`, `broadcast`, `blackhole` and so on."),
            .integer("table", \.table, "Number of the table of routes; 254 is `main`."),
        ])

    /// Stateless.
    package init() {}

    /// Asks the kernel.
    package func collect(from host: some HostView) -> Gathered<Row> {
        let name = Self.table.schema.name
        if let gap = host.gap(.network, in: name) { return .unavailable(gap) }
        do throws(HostError) {
            let state = try NetworkState(of: host)
            return .complete(state.routes.flatMap { Self.rows($0, in: state) })
        } catch {
            return .unavailable(Gap(error, in: name))
        }
    }

    private static func rows(_ record: RouteRecord, in state: NetworkState) -> [Row] {
        let names = record.interfaces.map { state.name($0) ?? "\($0)" }
        return (names.isEmpty ? [nil] : names.map(Optional.some)).map { interface in
            var words = [record.kind.word, record.destination.description]
            if let interface { words.append("by \(interface)") }
            words.append("metric \(record.metric) table \(record.table)")
            return Row(
                route: words.joined(separator: " "),
                destination: record.destination.first.description,
                length: Int64(record.destination.length), gateway: record.gateway?.description,
                source: record.source?.description, interface: interface,
                metric: Int64(record.metric), kind: record.kind.word, table: Int64(record.table))
        }
    }
}
