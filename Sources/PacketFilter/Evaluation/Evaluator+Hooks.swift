extension Evaluator {
    /// Sends worlds through everything that hangs at a hook; what comes back may go on.
    func pass(_ hook: Hook, _ worlds: [World]) throws(PacketFilterError) -> [World] {
        var current = worlds
        let stations = HookStation.stations(of: hook, in: ruleset)
        for (place, station) in stations.enumerated() {
            if current.isEmpty { return [] }
            switch station {
            case .chain(let index): current = try pass(index, current)
            case .conntrack: current = try track(current)
            case .nat(let chains):
                if place == stations.count - 1, isAtEnd(hook), try onlyWrite(chains) { continue }
                current = try translate(chains, current, hook)
            }
        }
        return current
    }

    /// Whether nobody looks at packets after a hook.
    private func isAtEnd(_ hook: Hook) -> Bool {
        switch hook {
        case .input: trace == nil
        case .postrouting: trace == nil && deviceChains(.egress).isEmpty
        case .prerouting, .forward, .output, .ingress, .egress: false
        }
    }

    /// Whether chains, and those to which they lead, lose no packet and keep nothing in mind: then
    /// they only matter for those who see the packets after them.
    private func onlyWrite(_ chains: [ChainIndex]) throws(PacketFilterError) -> Bool {
        var waiting = chains
        var seen = Set(chains)
        while let index = waiting.popLast() {
            if ruleset.tables[index.table].chains[index.chain].base?.accepts == false {
                return false
            }
            for statement in rules(of: index).flatMap(\.statements) {
                guard let verdicts = try verdicts(ofWriting: statement, in: index.table) else {
                    return false
                }
                for verdict in verdicts {
                    switch verdict {
                    case .accept, .proceed, .return: break
                    case .drop, .ask: return false
                    case .jump(let name), .goto(let name):
                        let target = try target(name, from: index)
                        if seen.insert(target).inserted { waiting.append(target) }
                    }
                }
            }
        }
        return true
    }

    /// The verdicts of a step that matches, decides or writes; nothing for others, and for those
    /// of which that is not known.
    private func verdicts(
        ofWriting statement: Statement, in table: Int
    ) throws(PacketFilterError) -> [RuleVerdict]? {
        switch statement {
        case .match, .compare, .condition, .assign, .untrack: return []
        case .translate(let translation):
            let isOfSource = translation.kind == .source || translation.kind == .masquerade
            return isOfSource ? [] : nil
        case .verdict(let verdict): return [verdict]
        case .verdictMap(_, let reference):
            let map = try verdictMap(reference, in: table)
            return map.unknown == nil ? map.verdicts : nil
        case .remember, .opaque: return nil
        }
    }

    /// Sends the packets of its family through a base chain.
    private func pass(
        _ index: ChainIndex, _ worlds: [World]
    ) throws(PacketFilterError) -> [World] {
        let seen = try packets(of: ruleset.tables[index.table].family)
        return try merged(
            through(index, self.worlds(worlds, in: seen)).accepted
                + self.worlds(worlds, outside: seen))
    }

    private func packets(
        of family: FilterTable.Family
    ) throws(PacketFilterError) -> Diagram {
        switch family {
        case .ip: try space.packets(.family, 0)
        case .ip6: try space.packets(.family, 1)
        case .inet, .bridge, .netdev: .all
        case .arp: .none
        }
    }

    /// What a base chain accepts, its policy included.
    func through(
        _ index: ChainIndex, _ worlds: [World]
    ) throws(PacketFilterError) -> Passage {
        let chain = ruleset.tables[index.table].chains[index.chain]
        let accepts = chain.base?.accepts ?? true
        if let trace { trace.record(.enters(index), try packets(of: worlds)) }
        decisions?.record(.enters(index), .all)
        // The policy of a chain that drops needs not know what it drops.
        let passage = try run(index, worlds, needsRest: accepts || trace != nil)
        if let trace {
            trace.record(.policy(index, accepts: accepts), try packets(of: passage.rest))
        }
        if accepts, let decisions {
            decisions.record(.policyAccepts(index), try packets(of: passage.rest))
        }
        return Passage(accepted: passage.accepted, rest: []).adding(accepts ? passage.rest : [])
    }

    /// Gives packets their connection, as conntrack does at priority -200.
    private func track(_ worlds: [World]) throws(PacketFilterError) -> [World] {
        let states = try connectionStates()
        return try worlds.map { world throws(PacketFilterError) in
            let untracked: Diagram =
                environments[world.environment].isUntracked ? .all : states.untracked
            let invalid = try arena.difference(states.invalid, untracked)
            let new = try arena.complement(arena.union(untracked, invalid))
            var word = DiagramArena.word(0, width: 8)
            word[1] = untracked
            word[4] = new
            word[7] = invalid
            return self.world(world) {
                $0.connection = new
                $0.bound[.connectionState] = word
            }
        }
    }

    /// Which first packets conntrack calls invalid, and which it does not track.
    private func connectionStates() throws(PacketFilterError)
        -> (invalid: Diagram, untracked: Diagram)
    {
        let icmp = try space.packets(.transport, 1)
        let icmp6 = try space.packets(.transport, 58)
        let type = Array(try space.word(.sourcePort)[..<8])
        // Requests open a flow; errors and answers without one are invalid
        // (nf_conntrack_proto_icmp.c, nf_conntrack_proto_icmpv6.c).
        let requests = try arena.membership(
            of: type, in: IntervalSet([8...8, 13...13, 15...15, 17...17]))
        let requests6 = try arena.membership(of: type, in: IntervalSet([128...128, 139...139]))
        let discovery = try arena.membership(of: type, in: IntervalSet([130...136, 143...143]))
        var invalid = try arena.union(
            arena.difference(icmp, requests), arena.difference(icmp6, requests6))
        // Whether the first chunk opens an association, and whether a UDP-Lite checksum is the one
        // that conntrack expects (it takes the protocol for UDP), is up to the sender.
        let odd = try space.packets(.transport, in: IntervalSet([33...33, 132...132, 136...136]))
        let opens = try space.answer(Unknown(.chosen, "what it carries opens a connection"))
        invalid = try arena.union(invalid, arena.difference(odd, opens))
        // PPTP is the only use of GRE version 1 (nf_conntrack_proto_gre.c).
        let enhanced = try arena.difference(
            greVersions(IntervalSet(1)), space.packets(.destinationPort, 0x880B))
        invalid = try arena.union(invalid, enhanced)
        let untracked = try arena.intersection([
            space.packets(.family, 1), icmp6, discovery,
        ])
        return (try arena.difference(invalid, untracked), untracked)
    }

    /// Packets of families for which nothing makes the kernel track connections: nat chains do not
    /// see them.
    private func withoutConnections(
        _ worlds: [World]
    ) throws(PacketFilterError) -> (worlds: [World], packets: Diagram) {
        var packets = Diagram.none
        for family in Address.Family.allCases {
            let own = try space.packets(.family, family == .v4 ? 0 : 1)
            switch ruleset.tracksConnections(family) {
            case true?: break
            case false?: packets = try arena.union(packets, own)
            case nil:
                let unknown = Unknown(.hidden, "something opaque tracks connections")
                packets = try arena.union(
                    packets, arena.difference(own, space.answer(unknown)))
            }
        }
        return (try self.worlds(worlds, in: packets), packets)
    }

    /// GRE packets of these versions.
    func greVersions(_ versions: IntervalSet) throws(PacketFilterError) -> Diagram {
        let version = Array(try space.word(.sourcePort)[13...])
        return try arena.intersection(
            space.packets(.transport, 47), arena.membership(of: version, in: versions))
    }

    /// Sends packets that have a connection through the nat chains; the first that translates ends
    /// the walk (`nf_nat_inet_fn`).
    private func translate(
        _ chains: [ChainIndex], _ worlds: [World], _ hook: Hook
    ) throws(PacketFilterError) -> [World] {
        var done: [World] = []
        var waiting: [World] = []
        for world in worlds {
            let connection = environments[world.environment].connection
            done += try self.worlds([world], outside: connection)
            waiting += try self.worlds([world], in: connection)
        }
        let idle = try withoutConnections(waiting)
        done += idle.worlds
        waiting = try self.worlds(waiting, outside: idle.packets)
        let untouched = try worldsWithoutNat(waiting)
        done += untouched.worlds
        waiting = try self.worlds(waiting, outside: untouched.packets)
        var settled: [World] = []
        for index in chains where !waiting.isEmpty {
            let seen = try packets(of: ruleset.tables[index.table].family)
            let others = try self.worlds(waiting, outside: seen)
            let before = try self.worlds(waiting, in: seen)
            let after = try through(index, before).accepted
            waiting = others
            for world in after {
                if environments[world.environment].isTranslated {
                    settled.append(self.world(world) { $0.isTranslated = false })
                } else {
                    waiting.append(world)
                }
            }
            waiting = try merged(waiting)
        }
        // IPS_SRC_NAT_DONE is bit 7, IPS_DST_NAT_DONE bit 8: the question is settled.
        let bit = hook == .prerouting || hook == .output ? 8 : 7
        let marked = (settled + waiting).map { world in
            self.world(world) { $0.bound[.connectionStatus]?[31 - bit] = .all }
        }
        return try merged(done + marked)
    }

    /// Packets of families that no chain of kind nat sees at any hook.
    private func worldsWithoutNat(
        _ worlds: [World]
    ) throws(PacketFilterError) -> (worlds: [World], packets: Diagram) {
        var packets = Diagram.all
        for table in ruleset.tables where !table.isDormant {
            guard table.family.seesRouted, table.chains.contains(where: { $0.base?.kind == .nat })
            else { continue }
            packets = try arena.difference(packets, self.packets(of: table.family))
        }
        return (try self.worlds(worlds, in: packets), packets)
    }
}

extension Passage {
    fileprivate func adding(_ worlds: [World]) -> Passage {
        Passage(accepted: accepted + worlds, rest: rest)
    }
}
