import Facts
import Site

/// Every layer of a host's firewall, held against what is declared.
struct HostFirewall {
    /// The running layer of a running host, and the configured one of every host.
    let layers: [ExaminedLayer]

    init(of host: some HostView, declared: SiteFile) {
        var layers: [FirewallLayer] = []
        switch host.kind {
        case .live: layers.append(RunningFirewall(host: host).layer())
        case .offline: break
        }
        layers.append(
            BootFirewall(host: host).layer(persistedBy: declared.firewall?.persistenceUnit))
        self.layers = layers.map { ExaminedLayer($0, declared: declared) }
    }
}
