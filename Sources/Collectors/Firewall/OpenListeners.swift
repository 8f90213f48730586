package import Facts
package import Site
import PacketFilter

/// Ports that are open to the outside and behind which something listens: what a first site file
/// proposes.
package struct OpenListeners {
    /// In the order of their ports; nil where it could not be seen.
    package let flows: [SiteTemplate.Flow]?

    /// Looks at a running host.
    package init(of host: some HostView, declared: SiteFile) {
        let table: [ListeningPorts.Row]
        switch ListeningPorts().collect(from: host) {
        case .complete(let rows), .partial(let rows, _): table = rows
        case .unavailable:
            flows = nil
            return
        }
        let layers = HostFirewall(of: host, declared: declared).layers
        guard let running = layers.first(where: { $0.layer == .running }), running.gaps.isEmpty
        else {
            flows = nil
            return
        }
        var found: [String: SiteTemplate.Flow] = [:]
        for row in table where !row.address.hasPrefix("127.") && row.address != "::1" {
            guard let transport = IPProtocol(rawValue: row.transport),
                let port = UInt16(exactly: row.port),
                running.flows.contains(where: { Self.reaches($0, row) })
            else { continue }
            found["\(row.transport) \(port)"] = SiteTemplate.Flow(
                transport: transport, port: port, listener: row.name)
        }
        flows = found.values.sorted {
            ($0.port, $0.transport.rawValue) < ($1.port, $1.transport.rawValue)
        }
    }

    private static func reaches(_ flow: PacketFlow, _ row: ListeningPorts.Row) -> Bool {
        guard flow.direction == .input, let number = Transport.number(row.transport),
            flow.transports.contains(UInt128(number))
        else { return false }
        return flow.destinationPorts?.contains(UInt128(row.port)) ?? true
    }
}
