extension Evaluator {
    /// The bits of the kind that the routing table gives to an address (`rtnetlink(7)`).
    func addressType(
        _ field: Field, onInput: Bool, _ environment: Environment
    ) throws(PacketFilterError) -> [Diagram] {
        let key = AddressTypeKey(field: field, onInput: onInput)
        let isCarried = environment.bound[field] == nil
        if isCarried, let known = addressTypes[key] { return known }
        let word = try bits(of: field, environment)
        let unnamed =
            try isCarried && field == .destination
            ? space.packets(.unnamedDestination, 1) : .none
        let local = try arena.union(unnamed, onInput ? localOnInput(word) : local(word))
        let (multicast, broadcast) = (try multicast(word), try broadcast(word))
        let lost = try arena.difference(unreachable(word), arena.union(local, multicast))
        var bits = Array(repeating: Diagram.none, count: 8)
        // 7 is 111, 5 is 101, 3 is 011, 2 is 010, 1 is 001.
        bits[5] = try arena.difference(arena.union(multicast, lost), unnamed)
        bits[6] = try arena.union(
            local, arena.difference(arena.union(broadcast, lost), unnamed))
        bits[7] = arena.complement(local)
        if isCarried { addressTypes[key] = bits }
        return bits
    }

    /// The IPv6 packets to whose address the host knows no way; of IPv4 addresses only the local
    /// table is asked (`inet_addr_type`).
    private func unreachable(_ word: [Diagram]) throws(PacketFilterError) -> Diagram {
        let v6 = try space.packets(.family, 1)
        guard network.knowsRoutes else {
            let unknown = Unknown(.hidden, "there is a route to the address")
            return try arena.difference(v6, space.answer(unknown))
        }
        var routed: [ClosedRange<UInt128>] = []
        for (name, addresses) in routes6.addresses
        where name != nil {
            routed += addresses.ranges
        }
        return try arena.difference(
            v6, arena.membership(of: word, in: IntervalSet(routed)))
    }

    /// The packets whose address is one of the host's own.
    func local(_ word: [Diagram]) throws(PacketFilterError) -> Diagram {
        try packets(word, in: ownAddresses)
    }

    private func localOnInput(_ word: [Diagram]) throws(PacketFilterError) -> Diagram {
        var parts: [Diagram] = []
        for interface in network.interfaces {
            guard let number = space.interfaces.number(of: interface.name) else { continue }
            let own = interface.addresses.map {
                Prefix($0.address, length: $0.address.family.width)
            }
            parts.append(
                try arena.intersection(
                    space.packets(.input, UInt128(number)), packets(word, in: AddressSet(own))))
        }
        return try arena.union(parts)
    }

    /// The packets whose address is for many hosts.
    func multicast(_ word: [Diagram]) throws(PacketFilterError) -> Diagram {
        try packets(
            word,
            in: AddressSet(v4: SpecialAddresses.multicast4, v6: SpecialAddresses.multicast6))
    }

    /// The packets whose address is for all hosts of a network, 0.0.0.0 among them as in
    /// `inet_addr_type`.
    func broadcast(_ word: [Diagram]) throws(PacketFilterError) -> Diagram {
        let all = broadcastAddresses.union(IntervalSet(0))
        return try packets(word, in: AddressSet(v4: all))
    }

    /// The packets whose address, made of these 128 bits, is in the set.
    func packets(_ word: [Diagram], in set: AddressSet) throws(PacketFilterError) -> Diagram {
        let v6 = try space.word(.family)[0]
        let whenV4 = try arena.membership(of: Array(word[..<32]), in: set.v4)
        let whenV6 = try arena.membership(of: word, in: set.v6)
        return try arena.choose(v6, whenV6, whenV4)
    }
}
