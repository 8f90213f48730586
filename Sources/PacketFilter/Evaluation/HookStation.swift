/// One thing that happens to packets at a hook.
enum HookStation: Hashable {
    case chain(ChainIndex)
    /// Packets get their connection.
    case conntrack
    /// The chains of kind nat, of which each connection sees one that translates; there may be
    /// none at this hook, but the kernel marks the connection all the same.
    case nat([ChainIndex])

    /// The stations of a hook in the order of their priorities.
    ///
    /// Chains of kind nat hang at a priority of the kernel's own, whatever theirs is: theirs only
    /// orders them among themselves (`nf_nat_register_fn`). Of two equal priorities the chain that
    /// was made later comes first (`nf_hook_entries_grow`).
    static func stations(of hook: Hook, in ruleset: Ruleset) -> [HookStation] {
        var found: [(priority: Int, order: Int, station: HookStation)] = []
        var nat: [(priority: Int, order: Int, chain: ChainIndex)] = []
        for (tableNumber, table) in ruleset.tables.enumerated()
        where !table.isDormant && table.family.seesRouted {
            for (number, chain) in table.chains.enumerated() {
                guard let base = chain.base, base.hook == hook else { continue }
                let index = ChainIndex(table: tableNumber, chain: number)
                let order = -found.count - nat.count
                if base.kind == .nat {
                    nat.append((base.priority, order, index))
                } else {
                    found.append((base.priority, order, .chain(index)))
                }
            }
        }
        nat.sort { ($0.priority, $0.order) < ($1.priority, $1.order) }
        let natPlace = hook == .prerouting || hook == .output ? -100 : 100
        let usesNat = ruleset.tables.contains { table in
            !table.isDormant && table.chains.contains { $0.base?.kind == .nat }
        }
        if usesNat, hook != .forward { found.append((natPlace, .max, .nat(nat.map(\.chain)))) }
        if hook == .prerouting || hook == .output { found.append((-200, .max, .conntrack)) }
        found.sort { ($0.priority, $0.order) < ($1.priority, $1.order) }
        return found.map(\.station)
    }
}

extension FilterTable.Family {
    /// Its chains see packets that are routed or delivered here.
    var seesRouted: Bool { self == .ip || self == .ip6 || self == .inet }
}
