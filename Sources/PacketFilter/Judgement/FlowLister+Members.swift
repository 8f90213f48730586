extension FlowLister {
    /// Where packets come from and go to.
    struct Ends {
        var family: Address.Family
        /// The packets of these sources, and how they are written.
        var from: Diagram
        var text: String
        var destinations: IntervalSet
    }

    /// The packets that come from and go to the ends of a flow.
    func both(_ ends: Ends, _ draft: Draft) throws(PacketFilterError) -> Diagram {
        let from = ends.from
        if draft.isUnnamed == true { return from }
        let to = try arena.membership(
            of: Array(space.word(.destination)[..<draft.family.width]), in: ends.destinations)
        if direction != .input || to == .all { return try arena.intersection(to, from) }
        let isUnnamed = try space.packets(.unnamedDestination, 1)
        let toOther = try arena.isSubset(arena.complement(draft.known), of: to)
        let toSome = try arena.choose(
            isUnnamed, Diagram(toOther), arena.intersection(to, draft.known))
        return try arena.intersection(toSome, from)
    }

    /// One packet of a flow, as ordinary as the flow allows.
    func witness(_ draft: Draft, _ ends: Diagram) throws(PacketFilterError) -> Assignment {
        let packets = analysis.through(direction)
        // With every field up to the ports given, what remains is found without any new set.
        let rest = space.variable(of: .tcpFlags)
        var bits = ordinary(draft)
        bits[space.variable(of: .unnamedDestination)] = draft.isUnnamed == true
        var sets = [arena.following(packets, bits, before: rest), ends]
        if let isUnnamed = draft.isUnnamed {
            sets.append(try space.packets(.unnamedDestination, isUnnamed ? 1 : 0))
        }
        if let found = try arena.witness(ofAll: sets, preferring: bits) { return found }
        var parts = [ends]
        for (field, numbers) in draft.fields(direction) {
            parts.append(try space.packets(field, in: numbers))
        }
        if try arena.witness(ofAll: parts + [packets]) != nil { parts.append(packets) }
        return try analysis.witness(ofAll: parts, direction)
    }

    /// A packet that has the first fields of the flow, and elsewhere what many packets have.
    private func ordinary(_ draft: Draft) -> Assignment {
        let shift = UInt128(128 - draft.family.width)
        var bits = Assignment()
        let set = { (field: Field, number: UInt128) in
            bits.set(space.variables(of: field), to: number)
        }
        set(.family, draft.family == .v4 ? 0 : 1)
        set(direction == .output ? .output : .input, draft.interfaceNumber)
        let transport = draft.transports.number(near: 6)
        set(.transport, transport)
        set(.destinationPort, draft.destinationPorts?.number(near: 1) ?? 1)
        let request: UInt128 = draft.family == .v4 ? 8 << 8 : 128 << 8
        let isICMP = transport == 1 || transport == 58
        set(
            .sourcePort,
            (draft.sourcePorts ?? draft.icmpTypes)?.number(near: isICMP ? request : 40000)
                ?? (isICMP ? request : 40000))
        set(.length, 60)
        set(.timeToLive, 64)
        let documentation: UInt128 = draft.family == .v4 ? 0xCB00_7101 : 0x2001_0DB8 << 96
        set(.source, documentation << shift)
        set(.destination, own(draft) << shift)
        return bits
    }

    /// An address of the host, that of the flow's interface if it has one.
    private func own(_ draft: Draft) -> UInt128 {
        let interfaces = analysis.network.interfaces.filter { !$0.isLoopback }
        let near = interfaces.filter { $0.name == draft.interface }
        let address = (near + interfaces).flatMap(\.addresses).first {
            $0.address.family == draft.family
        }
        return address?.address.number ?? 0
    }
}

extension FirewallAnalysis {
    /// The packets of a flow that this analysis has found, by the fields that name a flow.
    package func packets(of flow: PacketFlow) throws(PacketFilterError) -> Diagram {
        let interface = flow.interface.map(space.interfaces.number) ?? space.interfaces.other
        var draft = FlowLister.Draft(
            label: FlowLister.Label(isCertain: flow.isCertain), interface: flow.interface)
        draft.interfaceNumber = UInt128(interface ?? space.interfaces.other)
        draft.transports = flow.transports
        draft.destinationPorts = flow.destinationPorts
        draft.sourcePorts = flow.sourcePorts
        draft.icmpTypes = flow.icmpTypes
        var families: [Diagram] = []
        for (family, ends) in flow.ends {
            draft.family = family
            var packets = ends
            // First the last ones, so that no packets are told apart twice.
            for (field, numbers) in draft.fields(flow.direction).reversed() {
                packets = try space.arena.membership(
                    of: space.variables(of: field), in: numbers, of: packets)
            }
            families.append(packets)
        }
        return try space.arena.union(families)
    }
}

extension FlowLister.Draft {
    /// What the packets have in the fields before the addresses.
    fileprivate func fields(_ direction: Direction) -> [(Field, IntervalSet)] {
        let through: Field = direction == .output ? .output : .input
        var fields = [
            (Field.family, IntervalSet(family == .v4 ? 0 : 1)), (.transport, transports),
            (through, IntervalSet(interfaceNumber)),
        ]
        if let ports = destinationPorts { fields.append((.destinationPort, ports)) }
        if let ports = sourcePorts ?? icmpTypes { fields.append((.sourcePort, ports)) }
        return fields
    }
}

extension IntervalSet {
    /// The wanted number if it is in the set, else the next one, else the smallest.
    fileprivate func number(near wanted: UInt128) -> UInt128 {
        let next = firstRange(endingAtOrAfter: wanted, in: ranges.indices)
        guard next < ranges.endIndex else { return first ?? 0 }
        return max(wanted, ranges[next].lowerBound)
    }
}
