package import Facts
import PacketFilter
import Site

/// What becomes of the flows that are declared into the host: whether the rules let them in, and
/// whether something listens for them.
package struct IngressUse: SharingCollector {
    /// One declared flow.
    package struct Row: Sendable, Equatable {
        var flow: String
        var state: String
        var listener: String?
    }

    package static let table = FactTable<Row>(
        "ingress_use",
        "Declared flows into the host, and whether the rules that run let them in and something listens.",
        key: .column("flow"), layer: .running, reading: HostFirewall.reading,
        columns: [
            .text("flow", \.flow, "The flow, as in `site_ingress`."),
            .text(
                "state", \.state,
                "`used`, `nothing listens`, `not let in`, `possibly let in`, or `without ports` where the protocol has no listener."
            ),
            .text("listener", \.listener, "What listens for it."),
        ])

    /// Stateless.
    package init() {}

    /// Every flow that is declared into the host.
    package func rows(of firewall: HostFirewall) -> Gathered<Row> {
        firewall.gathered(in: Self.table.schema.name) { listeners in
            (
                listeners.uses.map { use in
                    Row(
                        flow: Readable.text(use.flow.name), state: Self.state(use),
                        listener: listeners.sockets.text(of: use.sockets))
                }, []
            )
        }
    }

    private static func state(_ use: FlowListeners.Use) -> String {
        switch use.isLetIn {
        case nil: return "not let in"
        case false?: return "possibly let in"
        case true?: break
        }
        if !use.sockets.isEmpty { return "used" }
        return use.flow.hasPorts ? "nothing listens" : "without ports"
    }
}
