package import Facts
import PacketFilter
package import Site

/// What is open to the outside, and behind which something listens: what a first site file
/// proposes.
package struct OpenListeners {
    /// Nil where it could not be seen.
    package let seen: SiteTemplate.Seen?

    /// Looks at a running host.
    package init(of host: some HostView, declared: SiteFile) {
        guard let running = HostFirewall(of: host, declared: declared).running,
            let listeners = running.listeners
        else {
            seen = nil
            return
        }
        let ports = Dictionary(grouping: listeners.sockets.sockets) { socket in
            Port(transport: socket.transport, number: socket.port)
        }
        let ingress = ports.keys.sorted().compactMap { port in
            Self.flow(port, ports[port] ?? [], listeners)
        }
        let others = running.flows.filter { flow in
            flow.direction != .output && flow.declaredBy == nil
                && listeners.listeners[flow] == nil
        }
        seen = SiteTemplate.Seen(ingress: ingress, others: Self.lines(others))
    }

    // Flows that differ in their interface alone are one line.
    private static func lines(_ flows: [PacketFlow]) -> [String] {
        var order: [String] = []
        var interfaces: [String: [String]] = [:]
        for flow in flows {
            let end = " on " + flow.interfaceText
            let text =
                (flow.direction == .forward ? "passed on: " : "") + flow.text.dropLast(end.count)
            if interfaces[text] == nil { order.append(text) }
            interfaces[text, default: []].append(flow.interfaceText)
        }
        return order.map { "\($0) on \((interfaces[$0] ?? []).joined(separator: ", "))" }
    }

    private struct Port: Hashable, Comparable {
        var transport: UInt8
        var number: UInt16

        static func < (left: Port, right: Port) -> Bool {
            (left.number, left.transport) < (right.number, right.transport)
        }
    }

    // Nil of a port that nobody reaches. A flow by another port, which a redirect leads here, has
    // another name.
    private static func flow(
        _ port: Port, _ sockets: [ListeningSocket], _ listeners: FlowListeners
    ) -> SiteTemplate.Flow? {
        let flows = sockets.flatMap { listeners.reached[$0]?.flows ?? [] }.filter {
            $0.destinationPorts?.contains(UInt128(port.number)) ?? true
        }
        guard !flows.isEmpty, let transport = IPProtocol(rawValue: Transport.name(port.transport))
        else { return nil }
        let reached = sockets.filter { !(listeners.reached[$0]?.flows.isEmpty ?? true) }
        var flow = SiteTemplate.Flow(
            transport: transport, port: port.number, listener: listeners.sockets.text(of: reached))
        flow.sources = networks(flows.map(\.sources))
        flow.destinations = networks(flows.map(\.destinations))
        let families = Set(flows.map(\.family))
        if families.count == 1, flow.sources.isEmpty, flow.destinations.isEmpty {
            flow.family = flows[0].family.map { Int($0.rawValue) }
        }
        let interfaces = Set(flows.map(\.interface))
        if interfaces.count == 1 { flow.interface = flows[0].interface }
        return flow
    }

    // Empty where one of the texts is more than a list of networks.
    private static func networks(_ texts: [String]) -> [String] {
        var found: [String] = []
        for text in texts {
            for word in text.split(separator: " ") {
                guard Prefix(word) != nil else { return [] }
                if !found.contains(String(word)) { found.append(String(word)) }
            }
        }
        return found
    }
}
