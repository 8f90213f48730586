package import Facts
import PacketFilter
import Site

/// What gets in: every flow that the rules let into, through, and where it is declared out of the
/// host.
package struct PacketFlows: SharingCollector {
    /// One flow.
    package struct Row: Sendable, Equatable {
        var flow: String
        var layer: String
        var direction: String
        var certainty: String
        var family: Int64?
        var transport: String
        var destinationPorts: String?
        var sourcePorts: String?
        var icmpTypes: String?
        var sources: String
        var destinations: String
        var interface: String
        var declaredBy: String?
        var rule: String?
        var packet: String
        var listener: String?
    }

    package static let table = FactTable<Row>(
        "packet_flows",
        "Flows that can be opened into and through the host, running and at the next boot; those out of it where `egress` is a list.",
        key: .column("flow"), layer: .both, isShared: true,
        reading: HostFirewall.reading,
        columns: [
            .text("flow", \.flow, "The flow, its direction and its layer in one line."),
            .text("layer", \.layer, "`running` or `configured`: now, or after the next boot."),
            .text("direction", \.direction, "`input`, `forward` or `output`."),
            .text("certainty", \.certainty, "`certain`, or `possible` where something is unknown."),
            .integer("family", \.family, "4 or 6; absent: both."),
            .text("protocol", \.transport, "Protocols, or `any`."),
            .text("destination_ports", \.destinationPorts, "Ports and ranges; absent: any."),
            .text("source_ports", \.sourcePorts, "Ports and ranges; absent: any."),
            .text("icmp_types", \.icmpTypes, "Types of ICMP; absent: any, or it is none."),
            .text("sources", \.sources, "Addresses that it comes from, or `any`."),
            .text("destinations", \.destinations, "Original destinations, or `any`."),
            .text("interface", \.interface, "Where it comes in, or goes out."),
            .text(
                "declared_by", \.declaredBy,
                "The declared flow that covers it, or `icmp`; absent: nobody declares it."),
            .text("rule", \.rule, "What lets it through."),
            .text("packet", \.packet, "One packet of it."),
            .text(
                "listener", \.listener,
                "What listens behind it now; absent where nothing does, at boot, and behind flows through the host."
            ),
        ])

    /// Stateless.
    package init() {}

    /// Every flow that was found.
    package func rows(of firewall: HostFirewall) -> Gathered<Row> {
        firewall.layers.gathered(in: Self.table.schema.name, Self.rows)
    }

    private static func rows(_ layer: ExaminedLayer) -> [Row] {
        var seen: [String: Int] = [:]
        return layer.flows.map { flow in
            var name = "\(flow.direction.rawValue) \(flow.text)"
            if !flow.isCertain { name += ", possibly" }
            name += ", \(layer.layer.rawValue)"
            // A long list is cut in its text; two flows may look the same then.
            seen[name, default: 0] += 1
            if let count = seen[name], count > 1 { name += " (\(count))" }
            return row(flow, named: name, in: layer)
        }
    }

    private static func row(_ flow: PacketFlow, named name: String, in layer: ExaminedLayer) -> Row
    {
        Row(
            flow: Readable.text(name), layer: layer.layer.rawValue,
            direction: flow.direction.rawValue,
            certainty: flow.isCertain ? "certain" : "possible",
            family: flow.family.map { Int64($0.rawValue) }, transport: flow.protocolText,
            destinationPorts: flow.destinationPortText, sourcePorts: flow.sourcePortText,
            icmpTypes: flow.icmpTypeText, sources: flow.sources,
            destinations: flow.destinations, interface: Readable.text(flow.interfaceText),
            declaredBy: flow.declaredBy.map { Readable.text($0) },
            rule: flow.decider.map { Readable.text($0.text) }, packet: flow.witness.text,
            listener: layer.listeners?.listeners[flow])
    }
}
