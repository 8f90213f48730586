package import Facts
package import Site

/// Every layer of a host's firewall, held against what is declared.
package struct HostFirewall {
    /// What the tables name that are taken from it.
    static let reading = "firewall"

    /// The running layer of a running host, and the configured one of every host.
    let layers: [ExaminedLayer]
    /// What is said of the units of those who listen.
    let unitFilters: UnitFilters
    /// Whether the site says what may enter.
    let isIngressDeclared: Bool

    init(of host: some HostView, declared: SiteFile) {
        var sockets: HostSockets?
        layers = Self.unexamined(of: host, declared: declared).map { layer in
            if layer.layer == .running, layer.gaps.isEmpty { sockets = HostSockets(of: host) }
            return ExaminedLayer(
                layer, declared: declared, sockets: layer.layer == .running ? sockets : nil)
        }
        let units = sockets?.holders.values.joined().compactMap(\.unit) ?? []
        unitFilters = UnitFilters(of: Set(units), on: host)
        isIngressDeclared = declared.firewall?.ingress != nil
    }

    /// The layer that runs, where it is known.
    var running: ExaminedLayer? { layers.first { $0.layer == .running && $0.gaps.isEmpty } }

    /// What a table says of those who listen; unavailable where the rules or the sockets are not
    /// known.
    func gathered<Row>(
        in table: String, _ rows: (FlowListeners) -> ([Row], [Gap])
    ) -> Gathered<Row> {
        guard let layer = layers.first(where: { $0.layer == .running }) else {
            return .unavailable(Gap(.notRunning, in: table, "only a running host has sockets"))
        }
        if let gap = layer.gaps.first { return .unavailable(gap.told(in: table)) }
        guard let listeners = layer.listeners else {
            return .unavailable(
                Gap(.notCollected, in: table, "the sockets could not be held against the rules"))
        }
        let (rows, gaps) = rows(listeners)
        return .rows(rows, gaps: gaps.map { $0.told(in: table) })
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

extension SharingCollector where Reading == HostFirewall {
    /// Follows every packet through the rules.
    package static func reading(of host: some HostView, declared: SiteFile) -> HostFirewall {
        HostFirewall(of: host, declared: declared)
    }
}
