package import Facts
import PacketFilter
package import Site

/// A question about one packet: `tcp 5432 from 203.0.113.9 port 40000 to 192.0.2.1 on eth0`.
package struct PacketQuestion {
    private let packet: PacketFilter.DeclaredFlow

    /// Nil of a text that is no such question; only the protocol must be there.
    package init?(_ text: String) {
        var words = text.split(separator: " ").map(String.init)[...]
        guard let name = words.popFirst(), let number = Transport.number(name) else { return nil }
        var packet = PacketFilter.DeclaredFlow(
            "the packet", transports: IntervalSet(UInt128(number)))
        if let port = words.first.flatMap({ UInt16($0) }) {
            packet.destinationPorts = IntervalSet(UInt128(port))
            words = words.dropFirst()
        }
        while let key = words.popFirst() {
            guard let value = words.popFirst() else { return nil }
            switch key {
            case "from":
                guard let prefix = Prefix(value) else { return nil }
                packet.sources = AddressSet([prefix])
                packet.family = prefix.family
            case "to":
                guard let prefix = Prefix(value) else { return nil }
                packet.destinations = AddressSet([prefix])
                packet.family = prefix.family
            case "port":
                guard let port = UInt16(value) else { return nil }
                packet.sourcePorts = IntervalSet(UInt128(port))
            case "on": packet.interface = value
            default: return nil
            }
        }
        self.packet = packet
    }

    /// The way of the packet, a line for each station, on every layer of a host.
    package func answer(of host: some HostView, declared: SiteFile) -> [String] {
        HostFirewall.unexamined(of: host, declared: declared).flatMap { layer in
            let title =
                switch layer.layer {
                case .running: "running"
                case .configured: "at the next boot"
                }
            return ["\(title):"] + lines(layer, declared).map { "  " + $0 }
        }
    }

    private func lines(_ layer: FirewallLayer, _ declared: SiteFile) -> [String] {
        if let gap = layer.gaps.first {
            let object = gap.object.map { "\($0): " } ?? ""
            return ["not known: \(object)\(gap.sentence)"]
        }
        var network = layer.network
        network.inside = Set(declared.interfaces?.inside ?? [])
        do throws(PacketFilterError) {
            var lines: [String] = []
            for (index, ruleset) in layer.rulesets.enumerated() {
                if layer.rulesets.count > 1 {
                    lines.append("if the loaders do as in \(index + 1):")
                }
                for direction in [Direction.input, .forward] {
                    let walk = PacketWalk(
                        ruleset: ruleset, network: network, packet: packet, direction: direction)
                    lines += Self.lines(try walk.steps(), direction)
                }
            }
            return lines
        } catch {
            return ["not known: \(error.code.rawValue)"]
        }
    }

    private static func lines(_ steps: [PacketWalk.Step], _ direction: Direction) -> [String] {
        let way = direction == .input ? "into the host" : "through the host"
        let shown = steps.map { step in
            let word = step.passes.map { $0 ? "passes" : "ends" } ?? "may pass"
            return "  \(word)  \(Readable.text(step.place)): \(Readable.text(step.reason))"
        }
        let end =
            switch steps.last?.passes {
            case true?: "gets in"
            case false?: "does not get in"
            case nil: steps.isEmpty ? "gets in: nothing filters it" : "may get in"
            }
        return ["\(way): \(end)"] + shown
    }
}
