import PacketFilter

/// Follows one packet through the chains of a ruleset, and finds where and why it ends.
///
/// Every answer is one of the analysis itself: chains are cut short until the packet's fate changes.
struct PacketWalk {
    /// What one chain, or the kernel, does with the packet.
    struct Step: Hashable {
        var place: String
        /// Nil: it is not known.
        var passes: Bool?
        /// The rule that decides, or `policy`.
        var reason: String
    }

    /// A chain that packets enter by itself.
    private struct Station: Hashable {
        var table: Int
        var chain: Int
        var base: BaseChain
    }

    let ruleset: Ruleset
    let network: HostNetwork
    let packet: PacketFilter.DeclaredFlow
    let direction: Direction

    /// Every station on its way, up to the one where it ends.
    func steps() throws(PacketFilterError) -> [Step] {
        let stations = stations
        let open = try fate(in: ruleset(without: stations))
        guard open != false else {
            return [
                Step(
                    place: "kernel", passes: false,
                    reason: "no such packet arrives, or no way leads on for it")
            ]
        }
        var steps: [Step] = []
        for (index, station) in stations.enumerated() {
            let rest = ruleset(without: Array(stations[(index + 1)...]))
            let passes = try fate(in: rest)
            let table = ruleset.tables[station.table]
            let place =
                "\(station.base.hook.rawValue) \(table.family.rawValue) \(table.name) "
                + table.chains[station.chain].name
            let decision =
                if let passes { try reason(in: rest, station, passes) } else {
                    "something that is not seen decides"
                }
            steps.append(Step(place: place, passes: passes, reason: decision))
            if passes == false { break }
        }
        return steps
    }

    // In the order of the hooks, and of the priorities at each.
    private var stations: [Station] {
        let last: Hook =
            switch direction {
            case .input: .input
            case .forward: .forward
            case .output: .output
            }
        let hooks: [Hook] = direction == .output ? [last] : [.ingress, .prerouting, last]
        var found: [Station] = []
        for (table, content) in ruleset.tables.enumerated() where !content.isDormant {
            for (chain, content) in content.chains.enumerated() {
                guard let base = content.base, hooks.contains(base.hook), base.kind != .nat else {
                    continue
                }
                found.append(Station(table: table, chain: chain, base: base))
            }
        }
        return found.sorted { one, other in
            let order = (hooks.firstIndex(of: one.base.hook), one.base.priority)
            let next = (hooks.firstIndex(of: other.base.hook), other.base.priority)
            return (order.0 ?? 0, order.1) < (next.0 ?? 0, next.1)
        }
    }

    private func ruleset(without stations: [Station]) -> Ruleset {
        var ruleset = ruleset
        for station in stations {
            ruleset.tables[station.table].chains[station.chain].rules = []
            ruleset.tables[station.table].chains[station.chain].base?.accepts = true
        }
        return ruleset
    }

    // Nil where it may pass and may not.
    private func fate(in ruleset: Ruleset) throws(PacketFilterError) -> Bool? {
        let mentioned = [packet.interface].compactMap(\.self) + network.inside
        let analysis = try FirewallAnalysis(ruleset, on: network, mentioning: mentioned)
        let flows = try analysis.flows(direction, declared: [packet], icmp: .none)
            .filter { $0.declaredBy == packet.name }
        if flows.contains(where: \.isCertain) { return true }
        return flows.isEmpty ? false : nil
    }

    // The first rule with which the fate of the packet is what it is.
    private func reason(
        in whole: Ruleset, _ station: Station, _ isAccepted: Bool
    ) throws(PacketFilterError) -> String {
        let rules = whole.tables[station.table].chains[station.chain].rules
        var (low, high) = (0, rules.count + 1)
        // `low` rules do not decide, `high` do; past the last one is the policy.
        while high - low > 1 {
            let middle = (low + high) / 2
            var cut = whole
            cut.tables[station.table].chains[station.chain].rules = Array(rules[..<middle])
            cut.tables[station.table].chains[station.chain].base?.accepts = !isAccepted
            if try fate(in: cut) == isAccepted { high = middle } else { low = middle }
        }
        guard high <= rules.count else { return "policy" }
        let rule = rules[high - 1]
        return rule.place.map { "\(rule.text) (\($0.file):\($0.line))" } ?? rule.text
    }
}
