import Facts
import Site

/// Every layer of a host's firewall, held against what is declared.
package struct HostFirewall {
    /// What the tables name that are taken from it.
    static let reading = "firewall"

    /// The running layer of a running host, and the configured one of every host.
    let layers: [ExaminedLayer]

    init(of host: some HostView, declared: SiteFile) {
        layers = Self.unexamined(of: host, declared: declared).map { layer in
            let isSeen = layer.layer == .running && layer.gaps.isEmpty
            return ExaminedLayer(
                layer, declared: declared, sockets: isSeen ? HostSockets(of: host) : nil)
        }
    }

    /// The layer that runs, where it is known.
    var running: ExaminedLayer? { layers.first { $0.layer == .running && $0.gaps.isEmpty } }

    /// The layers before they are judged.
    static func unexamined(of host: some HostView, declared: SiteFile) -> [FirewallLayer] {
        var layers: [FirewallLayer] = []
        switch host.kind {
        case .live: layers.append(RunningFirewall(host: host).layer())
        case .offline: break
        }
        layers.append(
            BootFirewall(host: host).layer(persistedBy: declared.firewall?.persistenceUnit))
        return layers
    }
}
