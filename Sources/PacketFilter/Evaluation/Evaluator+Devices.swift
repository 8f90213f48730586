extension Evaluator {
    /// Sends worlds through the chains that hang at devices, before any routing: those of the
    /// device, and for a bridge or a bond those of the devices below it.
    func enter(_ worlds: [World]) throws(PacketFilterError) -> [World] {
        let chains = deviceChains(.ingress)
        let bridged = bridgeChains()
        if chains.isEmpty && bridged.isEmpty { return worlds }
        var entered: [World] = []
        for (number, member) in space.interfaces.members.enumerated() {
            let input = try space.packets(.input, UInt128(number))
            let part = try self.worlds(worlds, in: input)
            if part.isEmpty { continue }
            let below = try belowEntering(member.name, part, chains, bridged)
            entered += try pass(chains, device: member.name, below)
        }
        return try merged(entered)
    }

    /// Which port a frame comes by is up to the sender.
    private func belowEntering(
        _ name: String?, _ worlds: [World], _ chains: [ChainIndex], _ bridged: [ChainIndex]
    ) throws(PacketFilterError) -> [World] {
        guard let interface = network.interfaces.first(where: { $0.name == name }),
            !interface.lower.isEmpty
        else { return worlds }
        var entered: [World] = []
        for device in interface.lower {
            guard let number = space.interfaces.number(of: device) else { continue }
            let bits = DiagramArena.word(UInt128(number), width: InterfaceDomain.width)
            var current = worlds.map { world in self.world(world) { $0.bound[.input] = bits } }
            current = try pass(chains, device: device, current)
            if interface.isBridge {
                for chain in bridged { current = try through(chain, current).accepted }
            }
            entered += current.map { world in self.world(world) { $0.bound[.input] = nil } }
        }
        return try merged(entered)
    }

    private func pass(
        _ chains: [ChainIndex], device: String?, _ worlds: [World]
    ) throws(PacketFilterError) -> [World] {
        var current = worlds
        for index in chains {
            let chain = ruleset.tables[index.table].chains[index.chain]
            guard let device, let base = chain.base, base.devices.contains(device) else {
                continue
            }
            current = try through(index, current).accepted
        }
        return current
    }

    /// Sends worlds through the chains at the devices by which they leave.
    func leave(_ worlds: [World]) throws(PacketFilterError) -> [World] {
        var current = worlds
        for index in deviceChains(.egress) {
            let devices = ruleset.tables[index.table].chains[index.chain].base?.devices ?? []
            let numbers = devices.reduce(IntervalSet.empty) {
                $0.union(space.interfaces.numbers(fitting: $1))
            }
            var passed: [World] = []
            for world in current {
                let word = try bits(of: .output, environments[world.environment])
                let here = try arena.membership(of: word, in: numbers)
                passed += try self.worlds([world], outside: here)
                passed += try through(index, self.worlds([world], in: here)).accepted
            }
            current = try merged(passed)
        }
        return current
    }

    func deviceChains(_ hook: Hook) -> [ChainIndex] {
        chains { table, base in
            base.hook == hook && (table.family == .netdev || table.family == .inet)
        }
    }

    private func bridgeChains() -> [ChainIndex] {
        chains { table, base in
            table.family == .bridge && (base.hook == .prerouting || base.hook == .input)
        }
    }

    private func chains(_ isMeant: (FilterTable, BaseChain) -> Bool) -> [ChainIndex] {
        var found: [(hook: Int, priority: Int, order: Int, index: ChainIndex)] = []
        for (number, table) in ruleset.tables.enumerated() where !table.isDormant {
            for (place, chain) in table.chains.enumerated() {
                guard let base = chain.base, isMeant(table, base) else { continue }
                let index = ChainIndex(table: number, chain: place)
                found.append((base.hook == .input ? 1 : 0, base.priority, -found.count, index))
            }
        }
        // As everywhere, of two equal priorities the chain that was made later comes first.
        return found.sorted {
            ($0.hook, $0.priority, $0.order) < ($1.hook, $1.priority, $1.order)
        }.map(\.index)
    }
}
