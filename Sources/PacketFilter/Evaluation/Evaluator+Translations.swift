extension Evaluator {
    /// The worlds after a translation; packets that it makes the kernel drop are gone.
    func translate(
        _ translation: Translation, _ world: World, _ key: MatchKey
    ) throws(PacketFilterError) -> [World] {
        switch translation.kind {
        case .destination, .source: try rewrite(translation, world, key)
        case .redirect: try redirect(translation, world, key)
        case .masquerade: try masquerade(world)
        }
    }

    /// The packets for which a translation knows its numbers.
    func presence(
        of translation: Translation, _ world: World, _ table: Int
    ) throws(PacketFilterError) -> Diagram {
        var presence = Diagram.all
        for target in [translation.address, translation.port] {
            guard case .operand(let operand) = target else { continue }
            let word = try word(operand, environments[world.environment], in: table)
            presence = try arena.intersection(presence, word.presence)
        }
        return presence
    }

    private func rewrite(
        _ translation: Translation, _ world: World, _ key: MatchKey
    ) throws(PacketFilterError) -> [World] {
        let isSource = translation.kind == .source
        var parts = [world]
        if let address = translation.address {
            parts = try write(
                address, to: isSource ? .source : .destination, parts, key, translation.family)
        }
        if let port = translation.port {
            parts = try write(port, to: isSource ? .sourcePort : .destinationPort, parts, key, nil)
        }
        return try marked(parts, from: world, isSource: isSource)
    }

    private func write(
        _ target: Translation.Target, to field: Field, _ worlds: [World], _ key: MatchKey,
        _ family: Address.Family?
    ) throws(PacketFilterError) -> [World] {
        var written: [World] = []
        for world in worlds {
            switch target {
            case .operand(let operand):
                for part in try assign(field, operand, world, key.rule.chain.table) {
                    written.append(try keepingPortless(part, field, from: world))
                }
            case .oneOf(let range):
                let word = try choice(
                    of: range, width: family?.width ?? 16,
                    Unknown(.chosen, "choice of \(key.rule) \(key.statement) \(field)"))
                let padded = field == .destination || field == .source
                let filling = Array(repeating: Diagram.none, count: field.width - word.count)
                let part = self.world(world) {
                    $0.bound[field] = padded ? word + filling : filling + word
                }
                written.append(try keepingPortless(part, field, from: world))
            case .prefix(let value, let length):
                let old = try bits(of: field, environments[world.environment])
                let width = family?.width ?? field.width
                let new = DiagramArena.word(value, width: width)
                let word = Array(new[..<length]) + Array(old[length...])
                written.append(self.world(world) { $0.bound[field] = word })
            }
        }
        return written
    }

    /// One number of a range, which the sender can steer by what the kernel hashes.
    func choice(
        of range: ClosedRange<UInt128>, width: Int, _ unknown: @autoclosure () -> Unknown
    ) throws(PacketFilterError) -> [Diagram] {
        let first = DiagramArena.word(range.lowerBound, width: width)
        if range.lowerBound == range.upperBound { return first }
        let common = (range.lowerBound ^ range.upperBound).leadingZeroBitCount - (128 - width)
        let free = try space.word(unknown(), width: width - common)
        let word = Array(first[..<common]) + free
        // Numbers outside the range stand for its first one.
        let inside = try arena.membership(of: word, in: IntervalSet([range]))
        var chosen: [Diagram] = []
        for (bit, other) in zip(word, first) { chosen.append(try arena.choose(inside, bit, other)) }
        return chosen
    }

    /// Protocols without ports keep the bytes where others have them.
    private func keepingPortless(
        _ world: World, _ field: Field, from old: World
    ) throws(PacketFilterError) -> World {
        guard field == .destinationPort || field == .sourcePort,
            let new = environments[world.environment].bound[field]
        else { return world }
        let before = try bits(of: field, environments[old.environment])
        let ported = try space.packets(.transport, in: Evaluator.portedTransports)
        if try arena.isSubset(world.packets, of: ported) { return world }
        var bits: [Diagram] = []
        for (one, other) in zip(new, before) {
            bits.append(try arena.choose(ported, one, other))
        }
        return self.world(world) { $0.bound[field] = bits }
    }

    private func redirect(
        _ translation: Translation, _ world: World, _ key: MatchKey
    ) throws(PacketFilterError) -> [World] {
        if environments[world.environment].isOwn { return redirectOwn(world) }
        var parts: [World] = []
        for (number, member) in space.interfaces.members.enumerated() {
            let input = try space.packets(.input, UInt128(number))
            let here = try self.worlds([world], in: input)
            if here.isEmpty { continue }
            let interface = network.interfaces.first { $0.name == member.name }
            for (packets, word) in try redirectTargets(interface, member.name, world) {
                for part in try worlds(here, in: packets) {
                    parts.append(
                        self.world(part) {
                            if let word { $0.bound[.destination] = word }
                            $0.isRedirected = true
                        })
                }
            }
        }
        if let port = translation.port {
            parts = try write(port, to: .destinationPort, merged(parts), key, nil)
        }
        return try marked(parts, from: world, isSource: false)
    }

    /// Where a redirect sends packets of one interface: to its first address, in IPv6 to the first
    /// link-local one for packets to the link; where it has none the kernel drops
    /// (`nf_nat_redirect_ipv4`, `nf_nat_redirect_ipv6`).
    private func redirectTargets(
        _ interface: NetworkInterface?, _ name: String?, _ world: World
    ) throws(PacketFilterError) -> [(packets: Diagram, word: [Diagram]?)] {
        let (v4, v6) = (try space.packets(.family, 0), try space.packets(.family, 1))
        guard let interface else {
            // Its address is the one that nobody has named.
            let unknown = Unknown(
                .hidden, "first address of \(name ?? "any other interface")")
            let unnamed = try space.packets(.unnamedDestination, 1)
            return [
                (unnamed, nil),
                (arena.complement(unnamed), try space.word(unknown, width: 128)),
            ]
        }
        let own = interface.addresses.map(\.address)
        let isLinkLocal = { (address: Address) in
            SpecialAddresses.linkLocal6.contains(address.number)
        }
        let own6 = own.filter { $0.family == .v6 }
        let local = own6.first(where: isLinkLocal)
        let scope = AddressSet(v6: SpecialAddresses.linkScope6)
        let destination = try bits(of: .destination, environments[world.environment])
        let onLink = try packets(destination, in: scope)
        let candidates = [
            (v4, own.first { $0.family == .v4 }),
            (try arena.intersection(v6, onLink), local),
            (try arena.difference(v6, onLink), own6.first { !isLinkLocal($0) } ?? local),
        ]
        return candidates.compactMap { packets, address -> (Diagram, [Diagram]?)? in
            guard let address else { return nil }
            let width = address.family.width
            let filling = Array(repeating: Diagram.none, count: 128 - width)
            return (packets, DiagramArena.word(address.number, width: width) + filling)
        }
    }

    private func redirectOwn(
        _ world: World
    ) -> [World] {
        // To 127.0.0.1 or ::1: it no longer leaves the host.
        [
            self.world(world) { environment in
                environment.isRedirected = true
                environment.isTranslated = true
            }
        ]
    }

    private func masquerade(_ world: World) throws(PacketFilterError) -> [World] {
        let environment = environments[world.environment]
        let word = try space.word(Unknown(.hidden, "address that masquerade takes"), width: 128)
        var status = try bits(of: .connectionStatus, environment)
        // A packet that is passed on does not come from the host's own address.
        status[31 - 4] = .all
        return [
            self.world(world) {
                $0.bound[.source] = word
                $0.bound[.connectionStatus] = status
                $0.isTranslated = true
            }
        ]
    }

    private func marked(
        _ parts: [World], from old: World, isSource: Bool
    ) throws(PacketFilterError) -> [World] {
        var marked: [World] = []
        let icmp6 = try space.packets(.transport, 58)
        for part in parts {
            let world = try self.marked(part, from: old, isSource: isSource)
            marked += try worlds([world], outside: icmp6)
            // The checksum of ICMPv6 covers the addresses, and stands where others have a port.
            for part in try worlds([world], in: icmp6) {
                let sum = try space.word(
                    Unknown(.chosen, "checksum after a translation"), width: 16)
                marked.append(self.world(part) { $0.bound[.destinationPort] = sum })
            }
        }
        return marked
    }

    /// `ct status` says snat or dnat where the translation changed something.
    private func marked(
        _ world: World, from old: World, isSource: Bool
    ) throws(PacketFilterError) -> World {
        let (before, after) = (environments[old.environment], environments[world.environment])
        let address = isSource ? Field.source : .destination
        let port = isSource ? Field.sourcePort : .destinationPort
        var same = Diagram.all
        for field in [port, address] where before.bound[field] != after.bound[field] {
            let (old, new) = (try bits(of: field, before), try bits(of: field, after))
            let hasV6 = try arena.meet(world.packets, space.packets(.family, 1))
            let equal = try equality(old, new, of: field, after.isRedirected, hasV6: hasV6)
            same = try arena.intersection(same, equal)
        }
        var status = try bits(of: .connectionStatus, after)
        // IPS_SRC_NAT is bit 4, IPS_DST_NAT bit 5.
        status[31 - (isSource ? 4 : 5)] = arena.complement(same)
        // GRE of another version than 0 and 1 cannot be sent elsewhere, and is dropped
        // (`gre_manip_pkt`).
        let stuck =
            try isSource ? .none : arena.difference(greVersions(IntervalSet([2...7])), same)
        var marked = self.world(world) {
            $0.bound[.connectionStatus] = status
            $0.isTranslated = true
        }
        marked.packets = try arena.difference(world.packets, stuck)
        return marked
    }

    /// Of an IPv4 address only the first bits are compared; whether an unknown number is the same
    /// is unknown too.
    private func equality(
        _ left: [Diagram], _ right: [Diagram], of field: Field, _ isRedirected: Bool,
        hasV6: Bool
    ) throws(PacketFilterError) -> Diagram {
        let isAddress = field == .source || field == .destination
        let known = { (word: ArraySlice<Diagram>) in word.allSatisfy(\.isConstant) }
        let compare = { (count: Int) throws(PacketFilterError) -> Diagram in
            if known(left.prefix(count)) || known(right.prefix(count)) {
                return try self.arena.equality(
                    Array(left.prefix(count)), Array(right.prefix(count)))
            }
            // A redirect to an unnamed address changes every other one.
            if isAddress, isRedirected { return .none }
            return try self.space.answer(
                Unknown(.hidden, "a translation leaves the \(field) as it is"))
        }
        guard isAddress else { return try compare(field.width) }
        guard hasV6 else { return try compare(32) }
        return try arena.choose(space.packets(.family, 1), compare(128), compare(32))
    }

    /// TCP, UDP, DCCP, SCTP, UDP-Lite: the protocols that have ports where TCP has them.
    static let portedTransports = IntervalSet([6, 17, 33, 132, 136].map { $0...$0 })
}
