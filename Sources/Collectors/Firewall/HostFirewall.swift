import Facts
import Site

/// Every layer of a host's firewall, held against what is declared.
struct HostFirewall {
    /// The running layer of a running host, and the configured one of every host.
    let layers: [ExaminedLayer]

    init(of host: some HostView, declared: SiteFile) {
        layers = Self.unexamined(of: host, declared: declared).map {
            ExaminedLayer($0, declared: declared)
        }
    }

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
