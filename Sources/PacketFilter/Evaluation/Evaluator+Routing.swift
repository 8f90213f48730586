extension Evaluator {
    /// The parts of worlds that the host takes for itself, and those that it passes on.
    func route(
        _ worlds: [World]
    ) throws(PacketFilterError) -> (local: [World], forwarded: [World]) {
        var local: [World] = []
        var forwarded: [World] = []
        for world in try worlds.map(withoutBadSources) {
            let environment = environments[world.environment]
            let here = try delivered(environment)
            let mine = try self.worlds([world], in: here)
            local += mine
            for part in try self.worlds([world], outside: here) {
                forwarded += try forward(part)
            }
        }
        if let trace { trace.record(.delivered, try packets(of: local)) }
        return (try merged(local), try merged(forwarded))
    }

    /// Sources that only speak to a whole link are refused once a translation has given the packet
    /// another destination.
    private func withoutBadSources(_ world: World) throws(PacketFilterError) -> World {
        guard environments[world.environment].bound[.destination] != nil else { return world }
        let refused = try space.packets(.source, ofIPv4: SpecialAddresses.refusedSources4)
        return World(
            packets: try arena.difference(world.packets, refused),
            environment: world.environment)
    }

    /// The packets whose destination, translated or not, is this host.
    func delivered(_ environment: Environment) throws(PacketFilterError) -> Diagram {
        if environment.isRedirected { return .all }
        let word = try bits(of: .destination, environment)
        let unnamed =
            try environment.bound[.destination] == nil
            ? space.packets(.unnamedDestination, 1) : .none
        let loopback = try packets(
            word,
            in: AddressSet(v4: SpecialAddresses.loopback4, v6: SpecialAddresses.loopback6))
        let taken = network.interfaces.filter(\.routesLocalnet).compactMap {
            space.interfaces.number(of: $0.name)
        }
        let takesLoopback = try arena.intersection(
            space.packets(.family, 0),
            space.packets(.input, in: IntervalSet(taken.map { UInt128($0)...UInt128($0) })))
        let own = try arena.difference(local(word), arena.difference(loopback, takesLoopback))
        let broadcast = try packets(word, in: AddressSet(v4: broadcastAddresses))
        let many = try arena.union(multicast(word), broadcast)
        return try arena.union([own, many, unnamed])
    }

    /// The worlds in which the packets leave again, each with the interface.
    private func forward(_ world: World) throws(PacketFilterError) -> [World] {
        let environment = environments[world.environment]
        let hops = try oneLess(bits(of: .timeToLive, environment))
        // A hop is taken before the packet comes to the forward hook.
        let eligible = try self.worlds([world], in: forwardable(environment)).map { part in
            self.world(part) { $0.bound[.timeToLive] = hops }
        }
        if eligible.isEmpty { return [] }
        if let trace { trace.record(.routed, try packets(of: eligible)) }
        guard network.knowsRoutes else { return try eligible.map(unknownRoute) }
        let word = try bits(of: .destination, environment)
        let bound = try linkBound(environment)
        let linkLocal = try packets(word, in: AddressSet(v6: SpecialAddresses.linkLocal6))
        var forwarded: [World] = []
        for (interface, packets) in try routedPackets(word) {
            guard let interface, let number = space.interfaces.number(of: interface) else {
                continue
            }
            let back = try space.packets(.input, UInt128(number))
            // A link-local destination is on the link by which the packet came.
            let reached = try arena.union(
                arena.difference(packets, linkLocal), arena.intersection(linkLocal, back))
            let leaving = try arena.difference(reached, arena.difference(bound, back))
            let output = DiagramArena.word(UInt128(number), width: InterfaceDomain.width)
            forwarded += try self.worlds(eligible, in: leaving).map { part in
                self.world(part) { $0.bound[.output] = output }
            }
        }
        return forwarded
    }

    /// The number below the one of these bits; 0 becomes the largest.
    private func oneLess(_ word: [Diagram]) throws(PacketFilterError) -> [Diagram] {
        var less: [Diagram] = []
        var borrows = Diagram.all
        for bit in word.reversed() {
            less.append(try arena.choose(borrows, arena.complement(bit), bit))
            borrows = try arena.difference(borrows, bit)
        }
        return less.reversed()
    }

    /// For each interface the packets that go there; for no interface those that are refused.
    private func routedPackets(
        _ word: [Diagram]
    ) throws(PacketFilterError) -> [(interface: String?, packets: Diagram)] {
        let v4 = routes4.addresses
        let v6 = routes6.addresses
        var routed: [(String?, Diagram)] = []
        let names = Set(v4.keys).union(v6.keys).sorted { ($0 ?? "") < ($1 ?? "") }
        for name in names {
            let addresses = AddressSet(v4: v4[name] ?? .empty, v6: v6[name] ?? .empty)
            routed.append((name, try packets(word, in: addresses)))
        }
        return routed
    }

    /// Any interface may be the way.
    private func unknownRoute(_ world: World) throws(PacketFilterError) -> World {
        let unknown = Unknown(.hidden, "the route to the destination")
        let choice = try space.word(unknown, width: InterfaceDomain.width)
        // A number that no interface has stands for any other interface.
        let known = try arena.membership(of: choice, in: space.interfaces.all)
        let other = DiagramArena.word(
            UInt128(space.interfaces.other), width: InterfaceDomain.width)
        var word: [Diagram] = []
        for (bit, fallback) in zip(choice, other) {
            word.append(try arena.choose(known, bit, fallback))
        }
        return self.world(world) { $0.bound[.output] = word }
    }

    /// What the kernel forwards at all: from interfaces that forward, to unicast addresses, with
    /// hops left (`ip_forward`, `ip6_forward`).
    private func forwardable(_ environment: Environment) throws(PacketFilterError) -> Diagram {
        let word = try bits(of: .destination, environment)
        let refused = try packets(
            word,
            in: AddressSet(v4: SpecialAddresses.notUnicast4, v6: SpecialAddresses.notUnicast6))
        return try arena.difference(passedOn(), refused)
    }

    /// What can be passed on, wherever it goes.
    private func passedOn() throws(PacketFilterError) -> Diagram {
        if let knownToPassOn { return knownToPassOn }
        let dead = try space.packets(.timeToLive, in: IntervalSet([0...1]))
        let passedOn = try arena.difference(
            arena.intersection(
                arena.union(forwarding(.v4), forwarding(.v6)), space.packets(.packetType, 0)),
            dead)
        knownToPassOn = passedOn
        return passedOn
    }

    /// IPv6 packets that do not leave their link: from or to link-local addresses, and from none.
    private func linkBound(_ environment: Environment) throws(PacketFilterError) -> Diagram {
        let word = try bits(of: .destination, environment)
        let linkLocal = SpecialAddresses.linkLocal6
        let stays = try space.packets(.source, ofIPv6: linkLocal.union(IntervalSet(0)))
        return try arena.union(packets(word, in: AddressSet(v6: linkLocal)), stays)
    }

    private func forwarding(_ family: Address.Family) throws(PacketFilterError) -> Diagram {
        let forwarding = space.interfaces.members.enumerated().filter { _, member in
            let interface = network.interfaces.first { $0.name == member.name }
            switch family {
            case .v4: return interface?.forwards4 ?? network.forwards4ByDefault
            case .v6: return interface?.forwards6 ?? network.forwards6ByDefault
            }
        }
        let numbers = IntervalSet(forwarding.map { UInt128($0.offset)...UInt128($0.offset) })
        return try arena.intersection(
            space.packets(.input, in: numbers), space.packets(.family, family == .v4 ? 0 : 1))
    }
}
