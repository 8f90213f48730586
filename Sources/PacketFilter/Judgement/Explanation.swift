/// How one packet fares on its way through the host.
package struct Explanation: Hashable, Sendable {
    /// How the way ends.
    package enum End: Hashable, Sendable {
        /// A program of the host gets it.
        case delivered
        /// It leaves the host again.
        case forwarded
        /// What dropped it: a rule, or a policy.
        case dropped(Decider)
        /// It is not for this host, and the kernel forwards nothing from its interface.
        case notForwarded
        /// It is not for this host, and no way leads on.
        case noWay
        /// It hangs on answers that nobody knows; none are named where it can only come by an
        /// interface that does not exist.
        case undecided([Unknown])
    }

    /// One thing that happens on the way.
    package struct Step: Hashable, Sendable {
        /// What happens.
        package enum Event: Hashable, Sendable {
            /// It comes to a base chain.
            case enters(Hook, priority: Int)
            case accepted
            case dropped
            case returned
            case goes(to: String)
            /// A mark, a translation, an entry in a set.
            case changed
            case matches
            case policy(accepts: Bool)
            /// It is for this host.
            case delivered
            /// It is passed on.
            case routed
        }

        package var event: Event
        /// The rule or chain; nothing where the kernel decides.
        package var decider: Decider?
        /// What decides whether it happens; nothing: it happens.
        package var hangsOn: [Unknown] = []
    }

    /// The packet that was followed.
    package var packet: Witness
    package var steps: [Step]
    package var end: End
    /// Other packets that fit the question fare differently.
    package var othersDiffer: Bool
    /// The declared flow that has the packet, or `icmp`.
    package var declaredBy: String?
}

extension FirewallAnalysis {
    /// Follows one packet that fits the question: one that certainly comes through if there is
    /// one, else one that possibly does, else any; nothing if no such packet can arrive.
    ///
    /// A question without a destination is about the host's own addresses.
    package func explain(
        _ question: PacketQuestion, declared policy: FlowPolicy = FlowPolicy()
    ) throws(PacketFilterError) -> Explanation? {
        let arena = space.arena
        let asked = try arena.intersection(
            packets(question), Scope(evaluator: evaluator).arriving())
        guard asked != .none else { return nil }
        let directions = [Direction.input, .forward]
        var certain: [Diagram] = []
        for direction in directions { certain.append(try bounds(direction).certain) }
        for (direction, certain) in zip(directions, certain) {
            let set = try arena.intersection([asked, through(direction), certain])
            if set == .none { continue }
            return try way(of: set, asked, direction, policy, isCertain: true)
        }
        for direction in directions {
            let set = try arena.intersection(asked, through(direction))
            if set == .none { continue }
            return try way(of: set, asked, direction, policy, isCertain: false)
        }
        return try way(of: asked, asked, nil, policy, isCertain: false)
    }

    // The direction is that in which it comes, or may come, through.
    private func way(
        of set: Diagram, _ asked: Diagram, _ direction: Direction?, _ policy: FlowPolicy,
        isCertain: Bool
    ) throws(PacketFilterError) -> Explanation {
        let bits = try ordinaryBits(of: set, direction ?? .input)
        let steps = try steps(of: bits)
        let packet = space.packet(bits, direction ?? .input)
        guard let direction else {
            return Explanation(
                packet: packet, steps: steps, end: Self.loss(steps), othersDiffer: false)
        }
        let through = through(direction)
        let end: Explanation.End =
            if isCertain {
                direction == .input ? .delivered : .forwarded
            } else {
                .undecided(
                    space.unknowns(deciding: try restricted(through, to: bits))
                        .filter { $0.kind != .chosen })
            }
        let alike = try isCertain ? bounds(direction).certain : through
        return Explanation(
            packet: packet, steps: steps, end: end,
            othersDiffer: try !space.arena.isSubset(asked, of: alike),
            declaredBy: try declaration(of: bits, direction, policy))
    }

    private func declaration(
        of bits: Assignment, _ direction: Direction, _ policy: FlowPolicy
    ) throws(PacketFilterError) -> String? {
        for flow in direction == .input ? policy.ingress ?? [] : policy.forward {
            if space.arena.contains(try packets(declared: flow, direction), bits) {
                return flow.name
            }
        }
        return space.arena.contains(try packets(of: policy.icmp), bits) ? "icmp" : nil
    }

    /// The bits of a packet of the set that goes to the address of its own interface, if one does.
    private func ordinaryBits(
        of set: Diagram, _ direction: Direction
    ) throws(PacketFilterError) -> Assignment {
        let arena = space.arena
        var near: [Diagram] = []
        for interface in network.interfaces {
            guard let number = space.interfaces.number(of: interface.name) else { continue }
            let own = AddressSet(
                interface.addresses.map { Prefix($0.address, length: $0.address.family.width) })
            near.append(
                try arena.intersection([
                    space.packets(.input, UInt128(number)), space.packets(.unnamedDestination, 0),
                    evaluator.packets(space.word(.destination), in: own),
                ]))
        }
        let closer = try arena.intersection(set, arena.union(near))
        var bits = try witness(ofAll: [closer == .none ? set : closer], direction)
        // What the host sends itself is followed too, and leaves by an interface: this does not.
        for variable in space.variables(of: .output) { bits[variable] = true }
        return bits
    }

    private static func loss(_ steps: [Explanation.Step]) -> Explanation.End {
        for step in steps.reversed() {
            guard let decider = step.decider else { continue }
            switch step.event {
            case .dropped, .policy(accepts: false): return .dropped(decider)
            case .enters, .accepted, .returned, .goes, .changed, .matches, .policy, .delivered,
                .routed:
                continue
            }
        }
        return steps.contains { $0.event == .routed } ? .noWay : .notForwarded
    }

    /// The set with every bit of the header given; what remains asks for unknown answers alone.
    private func restricted(
        _ set: Diagram, to bits: Assignment
    ) throws(PacketFilterError) -> Diagram {
        var values: [Int: Bool] = [:]
        for variable in 0..<Field.variableCount { values[variable] = bits[variable] }
        return try space.arena.restrict(set, to: values)
    }

    private func steps(of bits: Assignment) throws(PacketFilterError) -> [Explanation.Step] {
        var found: [(event: Trace.Event, answers: Diagram)] = []
        // Places of what happens to a part of the answers only, since the last base chain.
        var parts: [Trace.Event: Int] = [:]
        for step in try trace().steps {
            let answers = try restricted(step.packets, to: bits)
            if answers == .none { continue }
            if case .enters = step.event { parts = [:] }
            // The packet was split by an unknown answer; both parts do the same here.
            if let place = parts[step.event],
                try !space.arena.meet(found[place].answers, answers)
            {
                found[place].answers = try space.arena.union(found[place].answers, answers)
            } else {
                parts[step.event] = found.count
                found.append((step.event, answers))
            }
        }
        return found.compactMap { event, answers in
            guard var step = written(event) else { return nil }
            step.hangsOn = space.unknowns(deciding: answers)
            return step
        }
    }

    private func written(_ event: Trace.Event) -> Explanation.Step? {
        switch event {
        case .enters(let index):
            guard let base = ruleset.tables[index.table].chains[index.chain].base else {
                return nil
            }
            return Explanation.Step(
                event: .enters(base.hook, priority: base.priority),
                decider: evaluator.decider(policyOf: index))
        case .matches(let rule, let effect):
            let decider = evaluator.decider(rule)
            return Explanation.Step(event: done(effect), decider: decider)
        case .policy(let index, let accepts):
            return Explanation.Step(
                event: .policy(accepts: accepts), decider: evaluator.decider(policyOf: index))
        case .delivered: return Explanation.Step(event: .delivered)
        case .routed: return Explanation.Step(event: .routed)
        }
    }

    private func done(_ effect: Trace.Effect) -> Explanation.Step.Event {
        switch effect {
        case .accepted: .accepted
        case .dropped: .dropped
        case .returned: .returned
        case .went(let name): .goes(to: name)
        case .changed: .changed
        case .nothing: .matches
        }
    }
}
