package import Facts
import PacketFilter
package import Site

/// Questions on which it hangs whether an undeclared flow gets through.
package struct FirewallUnknowns: SharingCollector {
    /// One question in one layer.
    package struct Row: Sendable, Equatable {
        var question: String
        var layer: String
        var direction: String
        var kind: String
    }

    package static let table = FactTable<Row>(
        "firewall_unknowns",
        "What the scan cannot see, and on which it hangs whether an undeclared flow gets through.",
        key: .joined("unknown", ["question", "direction", "layer"]), layer: .both, isShared: true,
        reading: HostFirewall.reading,
        columns: [
            .text("question", \.question, "The match, the program or the set that decides."),
            .text("layer", \.layer, "`running` or `configured`."),
            .text("direction", \.direction, "`input`, `forward` or `output`."),
            .text("kind", \.kind, "`process`: a process decides; `hidden`: it is not seen."),
        ])

    /// Stateless.
    package init() {}

    /// Follows every packet through the rules.
    package static func reading(of host: some HostView, declared: SiteFile) -> HostFirewall {
        HostFirewall(of: host, declared: declared)
    }

    /// What was left open.
    package func rows(of firewall: HostFirewall) -> Gathered<Row> {
        let rows = firewall.layers.flatMap { layer in
            layer.answers.flatMap { answer in
                answer.unknowns.map { unknown in
                    Row(
                        question: Readable.text(unknown.name), layer: layer.layer.rawValue,
                        direction: answer.direction.rawValue, kind: unknown.kind.rawValue)
                }
            }
        }
        return .rows(rows, gaps: firewall.layers.gaps(in: Self.table.schema.name))
    }
}
