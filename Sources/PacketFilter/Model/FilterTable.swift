/// Chains and sets that belong together.
package struct FilterTable: Hashable, Sendable {
    /// Which packets its chains see.
    package enum Family: String, Hashable, Sendable, CaseIterable {
        case ip
        case ip6
        case inet
        case arp
        case bridge
        case netdev
    }

    /// Which part of the kernel holds it.
    package enum Engine: String, Hashable, Sendable, CaseIterable {
        case nftables = "nf_tables"
        case legacy = "x_tables"
    }

    package var family: Family
    package var name: String
    package var engine: Engine
    /// Its chains are not asked (flag `dormant`).
    package var isDormant = false
    package var chains: [FilterChain] = []
    package var sets: [String: NamedSet] = [:]
    package var verdictMaps: [String: VerdictMap] = [:]
    package var dataMaps: [String: DataMap] = [:]

    /// An empty table.
    package init(_ family: Family, _ name: String, engine: Engine = .nftables) {
        self.family = family
        self.name = name
        self.engine = engine
    }

    /// The place of the chain of this name.
    package func index(ofChain name: String) -> Int? {
        chains.firstIndex { $0.name == name }
    }
}
