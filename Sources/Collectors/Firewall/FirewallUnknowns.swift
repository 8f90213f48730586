package import Facts
import PacketFilter
import Site

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

    /// What was left open.
    package func rows(of firewall: HostFirewall) -> Gathered<Row> {
        firewall.layers.gathered(in: Self.table.schema.name) { layer in
            layer.answers.flatMap { answer in
                answer.unknowns.map { unknown in
                    Row(
                        question: Readable.text(unknown.name), layer: layer.layer.rawValue,
                        direction: answer.direction.rawValue, kind: unknown.kind.rawValue)
                }
            }
        }
    }
}
