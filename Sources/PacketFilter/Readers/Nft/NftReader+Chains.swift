/// A counter, limit or their like that a table has.
struct NftObject: Hashable {
    var table: NftTableKey
    var kind: String
    var name: String
}

/// What a rule asks of every base chain from which packets come to it; the kernel refuses the
/// whole file otherwise (`nft_chain_validate`).
struct NftDemand: Hashable {
    var place: SourcePlace
    var hooks: Set<Hook>
    var kinds: Set<BaseChain.Kind>
    var families: Set<FilterTable.Family>
    /// Other kernels than the oldest that counts allow more.
    var isSoft: Bool

    static func at(
        _ place: SourcePlace, _ hooks: Set<Hook> = Set(Hook.allCases),
        kinds: Set<BaseChain.Kind> = Set(BaseChain.Kind.allCases),
        in families: Set<FilterTable.Family> = [.ip, .ip6, .inet, .bridge, .netdev, .arp],
        isSoft: Bool = true
    ) -> NftDemand {
        NftDemand(
            place: place, hooks: hooks, kinds: kinds, families: families, isSoft: isSoft)
    }
}

extension NftReader {
    /// Notes what the rule that is read asks of its base chains.
    mutating func demand(_ demand: NftDemand) {
        guard mode == .file else { return }
        if !demand.families.contains(rule.family) {
            doubt(demand.place, "a statement that this family may not have")
        }
        let key = NftSetKey(family: rule.family, table: rule.table, name: rule.chain)
        demands[key, default: []].append(demand)
    }

    /// Follows the jumps from every base chain: none may lead back or too deep, and each rule must
    /// be one that the base chain may come to.
    mutating func checkChains() throws(NftError) {
        for table in ruleset.tables where table.engine == .nftables {
            let edges = table.jumps
            for chain in table.chains {
                guard let base = chain.base else { continue }
                var walk = NftWalk(edges: edges)
                guard walk.visit(chain.name, depth: 0) else {
                    throw NftError(.refused, tokens.place, "jumps that never end")
                }
                for name in walk.seen {
                    let key = NftSetKey(family: table.family, table: table.name, name: name)
                    for demand in demands[key] ?? [] { try check(demand, base) }
                }
            }
            var others = NftWalk(edges: edges)
            for chain in table.chains where chain.base == nil && edges[chain.name] != nil {
                if !others.visit(chain.name, depth: 0) {
                    doubt(tokens.place, "jumps that never end")
                }
            }
        }
    }

    private mutating func check(_ demand: NftDemand, _ base: BaseChain) throws(NftError) {
        guard !demand.hooks.contains(base.hook) || !demand.kinds.contains(base.kind) else {
            return
        }
        if demand.isSoft {
            doubt(demand.place, "a rule that its chain may not have")
        } else {
            try refuse(demand.place, "a rule that its chain may not have")
        }
    }

    /// What a base chain asks of its family, hook and kind.
    mutating func check(
        _ base: BaseChain, _ family: FilterTable.Family, _ place: SourcePlace
    ) throws(NftError) {
        let allowed: Set<Hook> =
            switch (base.kind, family) {
            case (.filter, .ip), (.filter, .ip6), (.filter, .bridge):
                [.prerouting, .input, .forward, .output, .postrouting]
            case (.filter, .inet):
                [.prerouting, .input, .forward, .output, .postrouting, .ingress]
            case (.filter, .arp): [.input, .output]
            case (.filter, .netdev): [.ingress, .egress]
            case (.nat, .ip), (.nat, .ip6), (.nat, .inet):
                [.prerouting, .input, .output, .postrouting]
            case (.route, .ip), (.route, .ip6), (.route, .inet): [.output]
            case (.nat, _), (.route, _): []
            }
        if !allowed.contains(base.hook) {
            try refuse(place, "a hook that chains of this kind do not have")
        }
        if base.hook == .egress || base.hook == .ingress && family == .inet {
            // Kernels before 5.10 and 5.16 have neither.
            if base.hook == .egress { doubt(place, "a chain at egress") }
        } else if base.hook != .ingress, !base.devices.isEmpty {
            try refuse(place, "a device of a chain that has none")
        }
        if Int32(exactly: base.priority) == nil {
            try refuse(place, "a priority that chains do not have")
        }
    }
}

/// A walk along jumps; the kernel follows at most 16 (`NFT_JUMP_STACK_SIZE`).
struct NftWalk {
    let edges: [String: Set<String>]
    private(set) var seen: Set<String> = []
    private var heights: [String: Int] = [:]
    private var open: Set<String> = []

    init(edges: [String: Set<String>]) {
        self.edges = edges
    }

    /// Whether all jumps from the chain end soon enough.
    mutating func visit(_ chain: String, depth: Int) -> Bool {
        guard depth < 16, !open.contains(chain) else { return false }
        if let height = heights[chain] { return depth + height < 16 }
        seen.insert(chain)
        open.insert(chain)
        var height = 0
        for target in edges[chain] ?? [] {
            guard visit(target, depth: depth + 1) else { return false }
            height = max(height, 1 + (heights[target] ?? 0))
        }
        open.remove(chain)
        heights[chain] = height
        return true
    }
}

extension FilterTable {
    /// The chains to which each chain jumps.
    var jumps: [String: Set<String>] {
        var edges: [String: Set<String>] = [:]
        for chain in chains {
            var targets: Set<String> = []
            for statement in chain.rules.lazy.flatMap(\.statements) {
                switch statement {
                case .verdict(.jump(let name)), .verdict(.goto(let name)): targets.insert(name)
                case .verdictMap(_, .inline(let map)): targets.formUnion(map.targets)
                case .verdictMap(_, .named(let name)):
                    targets.formUnion(verdictMaps[name]?.targets ?? [])
                default: break
                }
            }
            if !targets.isEmpty { edges[chain.name] = targets }
        }
        return edges
    }
}

extension VerdictMap {
    /// The chains to which its verdicts jump.
    fileprivate var targets: Set<String> {
        var names: Set<String> = []
        for verdict in entries.map(\.verdict) + (fallback.map { [$0] } ?? []) {
            switch verdict {
            case .jump(let name), .goto(let name): names.insert(name)
            case .accept, .drop, .proceed, .return, .ask: break
            }
        }
        return names
    }
}
