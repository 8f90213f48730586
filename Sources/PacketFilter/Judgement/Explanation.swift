/// How one packet fares on its way through the host.
package struct Explanation: Hashable, Sendable {
    /// How the way ends.
    package enum End: Hashable, Sendable {
        case delivered
        case forwarded
        /// What dropped it: a rule, or a policy.
        case dropped(Decider)
        /// No rule saw its end: the kernel itself does not take it, such as a source that cannot
        /// be, or a destination to which it does not forward.
        case refusedByKernel
        /// It hangs on answers that nobody knows.
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
            case delivered
            case routed
        }

        package var event: Event
        /// The rule or chain; nothing where the kernel decides.
        package var decider: Decider?
    }

    /// The packet that was followed.
    package var packet: Witness
    package var steps: [Step]
    package var end: End
}

extension FirewallAnalysis {
    /// Follows one packet that fits the question: one that certainly comes through if there is
    /// one, else one that possibly does, else any; nothing if no such packet can arrive.
    package func explain(_ question: PacketQuestion) throws(PacketFilterError) -> Explanation? {
        let arena = space.arena
        let asked = try arena.intersection(
            packets(question), Scope(evaluator: evaluator).arriving())
        guard asked != .none else { return nil }
        for direction in [Direction.input, .forward] {
            let certain = try arena.intersection(
                arena.intersection(asked, packets(direction)), bounds(direction).certain)
            if certain == .none { continue }
            return try explain(certain, direction, direction == .input ? .delivered : .forwarded)
        }
        for direction in [Direction.input, .forward] {
            let possible = try arena.intersection(asked, packets(direction))
            if possible == .none { continue }
            let unknowns = space.unknowns(deciding: possible).filter { $0.kind != .chosen }
            return try explain(possible, direction, .undecided(unknowns))
        }
        return try explain(asked, .input, nil)
    }

    private func explain(
        _ set: Diagram, _ direction: Direction, _ end: Explanation.End?
    ) throws(PacketFilterError) -> Explanation {
        let bits = try witness(of: set, direction)
        var steps: [Explanation.Step] = []
        for step in try trace().steps where space.contains(step.packets, bits) {
            if let next = written(step.event) { steps.append(next) }
        }
        var found = Explanation.End.refusedByKernel
        for step in steps {
            if let decider = step.decider,
                step.event == .dropped || step.event == .policy(accepts: false)
            {
                found = .dropped(decider)
            }
        }
        return Explanation(
            packet: space.packet(bits, direction), steps: steps, end: end ?? found)
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

    /// The packets that fit a question.
    private func packets(_ question: PacketQuestion) throws(PacketFilterError) -> Diagram {
        var parts: [Diagram] = []
        if let family = question.family {
            parts.append(try space.packets(.family, family == .v4 ? 0 : 1))
        }
        if let transport = question.transport {
            parts.append(try space.packets(.transport, UInt128(transport)))
        }
        if let port = question.destinationPort {
            parts.append(try space.packets(.destinationPort, UInt128(port)))
        }
        if let port = question.sourcePort {
            parts.append(try space.packets(.sourcePort, UInt128(port)))
        }
        if let type = question.icmpType {
            let first = UInt128(type) << 8
            parts.append(try space.packets(.sourcePort, in: IntervalSet([first...(first | 255)])))
        }
        for (field, prefix) in [
            (Field.source, question.source), (.destination, question.destination),
        ] {
            guard let prefix else { continue }
            parts.append(try evaluator.packets(space.word(field), in: AddressSet([prefix])))
        }
        if question.destination != nil {
            parts.append(try space.packets(.unnamedDestination, 0))
        }
        if let interface = question.interface {
            parts.append(
                try space.packets(.input, in: space.interfaces.numbers(fitting: interface)))
        }
        return try space.arena.intersection(parts)
    }
}

extension Explanation.Step {
    /// A step in which the kernel decides.
    fileprivate init(event: Event) {
        self.init(event: event, decider: nil)
    }
}
