package import Facts
import PacketFilter
import Site

/// What the firewall does, direction by direction, held against what is declared.
package struct FirewallLayers: SharingCollector {
    /// One direction in one layer.
    package struct Row: Sendable, Equatable {
        var question: String
        var layer: String
        var direction: String
        var finding: String
        var packet: String?
        var rule: String?
        var unknowns: String?
        var replay: String?
    }

    package static let table = FactTable<Row>(
        "firewall_layers",
        "What the rules let in, through and out, running and at the next boot, held against the declared flows.",
        key: .column("question"), layer: .both, isShared: true,
        reading: HostFirewall.reading,
        columns: [
            .text("question", \.question, "The direction and the layer."),
            .text("layer", \.layer, "`running` or `configured`: now, or after the next boot."),
            .text("direction", \.direction, "`input`, `forward` or `output`."),
            .text(
                "finding", \.finding,
                "`all declared`, `undeclared flow`, `possibly undeclared flow`, `nothing enters`, `everything enters`, `not declared`, `vacuous declaration`, `unrestricted`, `inside contradicted` or `depends on loading`."
            ),
            .text("packet", \.packet, "One packet that is not declared."),
            .text("rule", \.rule, "What lets that packet through."),
            .text("unknowns", \.unknowns, "Whose answers would decide, by semicolons."),
            .text(
                "replay", \.replay,
                "`done` where the host's own programs loaded the files for a trial, or `not done` and why; absent where nobody asked."
            ),
        ])

    /// Stateless.
    package init() {}

    /// The answers about every direction.
    package func rows(of firewall: HostFirewall) -> Gathered<Row> {
        firewall.layers.gathered(in: Self.table.schema.name, Self.rows)
    }

    private static func rows(_ layer: ExaminedLayer) -> [Row] {
        layer.answers.map { answer in
            Row(
                question: "\(answer.direction.rawValue), \(layer.layer.rawValue)",
                layer: layer.layer.rawValue, direction: answer.direction.rawValue,
                finding: answer.finding.rawValue, packet: answer.witness?.text,
                rule: answer.decider.map { Readable.text($0.text) },
                unknowns: answer.unknowns.isEmpty
                    ? nil
                    : Readable.text(answer.unknowns.map(\.name).sorted().joined(separator: "; ")),
                replay: layer.replay.map { Readable.text($0) })
        }
    }
}

extension [ExaminedLayer] {
    /// The rows of all layers in one table, with what is missing there.
    func gathered<Row>(
        in table: String, _ rows: (ExaminedLayer) -> [Row]
    ) -> Gathered<Row> {
        .rows(flatMap(rows), gaps: gaps(in: table))
    }

    /// The gaps of all layers, in the name of a table.
    private func gaps(in table: String) -> [Gap] {
        flatMap { layer in
            layer.gaps.map { gap in
                var gap = gap.told(in: table)
                gap.layer = gap.layer ?? layer.layer
                return gap
            }
        }
    }
}

extension Readable {
    static func text(_ text: String) -> String { Readable.text(Array(text.utf8)) }
}
