extension Ruleset {
    /// Whether something makes the kernel track connections of a family: conntrack hangs itself in
    /// the packet's way only where a rule asks for it (`nf_ct_netns_get`); nothing where only an
    /// opaque rule may.
    func tracksConnections(_ family: Address.Family) -> Bool? {
        var isOpaque = false
        for table in tables where table.family.has(family) {
            for statement in table.chains.flatMap(\.rules).flatMap(\.statements) {
                if statement.usesConnections(of: family) { return true }
                if case .opaque = statement { isOpaque = true }
            }
        }
        return isOpaque ? nil : false
    }
}

extension FilterTable.Family {
    /// Its chains see packets of this family of addresses.
    fileprivate func has(_ family: Address.Family) -> Bool {
        switch self {
        case .ip: family == .v4
        case .ip6: family == .v6
        case .inet: true
        case .arp, .bridge, .netdev: false
        }
    }
}

extension Statement {
    fileprivate func usesConnections(of family: Address.Family) -> Bool {
        switch self {
        case .translate(let translation):
            // Only these two name the family that they translate (`nft_nat_init`).
            return translation.kind == .redirect || translation.kind == .masquerade
                || translation.family == nil || translation.family == family
        case .assign(let field, _) where field.belongsToConnection: return true
        default: return operands.contains(where: \.usesConnections)
        }
    }
}

extension Operand {
    fileprivate var usesConnections: Bool {
        switch self {
        case .field(let field), .known(let field), .carried(let field):
            field.belongsToConnection || field == .connectionState
        case .connected, .connectionPort: true
        default: parts.contains(where: \.usesConnections)
        }
    }
}
