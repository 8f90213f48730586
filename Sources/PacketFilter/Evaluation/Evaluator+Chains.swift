extension Evaluator {
    /// Sends worlds through a chain; what it leaves undecided is only found out where that matters.
    func run(
        _ index: ChainIndex, _ worlds: [World], depth: Int = 0, needsRest: Bool = true
    ) throws(PacketFilterError) -> Passage {
        guard depth < Evaluator.depthLimit else {
            throw PacketFilterError(.tooDeep, chainName(index))
        }
        let pure = try purity(of: index)
        var current = worlds.map { Remainder($0) }
        var passage = Passage()
        var next = 0
        while next < pure.count, !current.isEmpty {
            let end = trace == nil ? pure[next...].firstIndex(of: false) ?? pure.count : next
            if end > next {
                let isLast = end == pure.count && !needsRest
                current = try apply(
                    index, next..<end, rest(of: current), &passage, needsRest: !isLast
                ).map { Remainder($0) }
                next = end
            } else {
                let rule = RuleIndex(chain: index, rule: next)
                next += 1
                let active = try take(from: &current, what: rule)
                // What no world matches leaves all of them as they are.
                if active.isEmpty { continue }
                try add(apply(rule, active, &passage, depth), to: &current)
            }
        }
        if needsRest { passage.rest += try rest(of: current) }
        return Passage(accepted: try merged(passage.accepted), rest: try merged(passage.rest))
    }

    /// What is left of a world after some rules; what they took is only taken away when the rest
    /// is asked for, because each rule of a long list takes little.
    private struct Remainder {
        var world: World
        var taken = Diagram.none

        init(_ world: World) { self.world = world }
    }

    private func rest(of remainders: [Remainder]) throws(PacketFilterError) -> [World] {
        var worlds: [World] = []
        for remainder in remainders {
            let packets = try arena.difference(remainder.world.packets, remainder.taken)
            guard packets != .none else { continue }
            worlds.append(World(packets: packets, environment: remainder.world.environment))
        }
        return worlds
    }

    /// The next rule sees these packets too.
    private func add(
        _ worlds: [World], to remainders: inout [Remainder]
    ) throws(PacketFilterError) {
        for world in try merged(worlds) {
            guard
                let place = remainders.firstIndex(where: {
                    $0.world.environment == world.environment
                })
            else {
                remainders.append(Remainder(world))
                continue
            }
            let rest = try rest(of: [remainders[place]])
            remainders[place] = Remainder(
                World(
                    packets: try arena.union(packets(of: rest), world.packets),
                    environment: world.environment))
        }
        guard remainders.count <= Evaluator.worldLimit else {
            throw PacketFilterError(.tooComplex, "\(Evaluator.worldLimit) environments")
        }
    }

    /// Takes out what all matches at the start of a rule let through.
    private func take(
        from remainders: inout [Remainder], what rule: RuleIndex
    ) throws(PacketFilterError) -> [World] {
        let statements = rules(of: rule.chain)[rule.rule].statements
        let questions = questions(of: rule.chain)[rule.rule]
        var active: [World] = []
        for (place, remainder) in remainders.enumerated() {
            let world = remainder.world
            if isUnmatched(questions, world.environment) { continue }
            var matches = Diagram.all
            for (place, statement) in statements.enumerated() {
                let key = MatchKey(rule: rule, statement: place, entry: -1)
                guard matches != .none,
                    let packets = try packets(matching: statement, at: key, world.environment)
                else { break }
                matches = try arena.intersection(matches, packets)
            }
            let inside = try self.worlds(
                [world], in: arena.difference(matches, remainder.taken))
            if inside.isEmpty { continue }
            active += inside
            remainders[place].taken = try arena.union(remainder.taken, matches)
        }
        return active
    }

    private func apply(
        _ index: ChainIndex, _ rules: Range<Int>, _ worlds: [World], _ passage: inout Passage,
        needsRest: Bool
    ) throws(PacketFilterError) -> [World] {
        var left: [World] = []
        for world in worlds {
            let summary = try summary(of: index, rules, world.environment)
            decisions?.record(
                .stretch(index, rules, environment: world.environment), world.packets)
            passage.accepted += try self.worlds([world], in: summary.accepted)
            guard needsRest else { continue }
            var rest = world
            rest.packets = try arena.difference(world.packets, summary.accepted)
            rest.packets = try arena.difference(rest.packets, summary.dropped)
            rest.packets = try arena.difference(rest.packets, summary.returned)
            if rest.packets != .none { left.append(rest) }
            passage.rest += try self.worlds([world], in: summary.returned)
        }
        return left
    }

    /// Sends worlds through one rule; what comes out goes on with the next one.
    private func apply(
        _ rule: RuleIndex, _ worlds: [World], _ passage: inout Passage, _ depth: Int
    ) throws(PacketFilterError) -> [World] {
        let statements = rules(of: rule.chain)[rule.rule].statements.drop { statement in
            switch statement {
            case .match, .compare, .condition: true
            case .assign, .translate, .untrack, .remember, .verdict, .verdictMap, .opaque: false
            }
        }
        var active = worlds
        var left: [World] = []
        var hasEffect = false
        for place in statements.indices {
            let statement = statements[place]
            let key = MatchKey(rule: rule, statement: place, entry: -1)
            var matching: [World] = []
            for world in active {
                guard let packets = try packets(matching: statement, at: key, world.environment)
                else {
                    hasEffect = true
                    let step = try take(statement, world, key, depth)
                    record(step, at: rule)
                    passage.accepted += step.accepted
                    passage.rest += step.returned
                    matching += step.active
                    left += step.left
                    continue
                }
                matching += try self.worlds([world], in: packets)
                left += try self.worlds([world], outside: packets)
            }
            active = try merged(matching)
            if active.isEmpty { break }
        }
        if !hasEffect { record(active, .nothing, at: rule) }
        return left + active
    }

    /// What one step of a rule that is no match does.
    struct Step {
        var accepted: [World] = []
        var dropped: [World] = []
        /// They leave the chain undecided.
        var returned: [World] = []
        /// They go on with the next step of the rule.
        var active: [World] = []
        /// They go on with the next rule.
        var left: [World] = []
        var changed = false
        /// Where a jump or goto led, and which packets.
        var went: [(name: String, worlds: [World])] = []
    }

    private func take(
        _ statement: Statement, _ world: World, _ key: MatchKey, _ depth: Int
    ) throws(PacketFilterError) -> Step {
        switch statement {
        case .match, .compare, .condition: return Step(active: [world])
        case .verdict(let verdict): return try follow(verdict, world, key.rule, depth)
        case .verdictMap(let operands, let reference):
            return try follow(operands, reference, world, key, depth)
        case .untrack:
            let untracked = self.world(world) {
                $0.isUntracked = true
                $0.bound[.connectionState] = DiagramArena.word(64, width: 8)
            }
            return Step(active: [untracked], changed: true)
        case .assign(let field, let operand):
            let written = try assign(field, operand, world, key.rule.chain.table)
            let rest = try arena.difference(world.packets, packets(of: written))
            return Step(
                active: written,
                left: [World(packets: rest, environment: world.environment)], changed: true)
        case .remember(let operands, let set):
            try remember(operands, in: set, world, key.rule.chain.table)
            return Step(active: [world])
        case .translate(let translation):
            // Where a map has nothing for a packet, the rule does not match it.
            let mapped = try presence(of: translation, world, key.rule.chain.table)
            var translated: [World] = []
            for part in try worlds([world], in: mapped) {
                translated += try translate(translation, part, key)
            }
            return Step(
                accepted: translated, left: try worlds([world], outside: mapped), changed: true)
        case .opaque(let unknown): return try decideNothing(unknown, world)
        }
    }

    private func follow(
        _ operands: [Operand], _ reference: VerdictMapReference, _ world: World,
        _ key: MatchKey, _ depth: Int
    ) throws(PacketFilterError) -> Step {
        var whole = Step()
        var rest = world.packets
        for (packets, verdict) in try verdicts(operands, reference, key, world.environment) {
            let part = World(
                packets: try arena.intersection(world.packets, packets),
                environment: world.environment)
            rest = try arena.difference(rest, packets)
            if part.packets != .none { whole.add(try follow(verdict, part, key.rule, depth)) }
        }
        var left = World(packets: rest, environment: world.environment)
        if let unknown = try verdictMap(reference, in: key.rule.chain.table).unknown {
            let some = try arena.intersection(rest, space.answer(unknown))
            let caught = World(packets: some, environment: world.environment)
            left.packets = try arena.difference(rest, some)
            whole.add(try decideNothing(unknown, caught))
        }
        whole.left.append(left)
        return whole
    }

    private func follow(
        _ verdict: RuleVerdict, _ world: World, _ rule: RuleIndex, _ depth: Int
    ) throws(PacketFilterError) -> Step {
        switch verdict {
        case .accept: return Step(accepted: [world])
        case .drop: return Step(dropped: [world])
        case .return: return Step(returned: [world])
        case .proceed: return Step(active: [world])
        case .ask(let unknown):
            let yes = try space.answer(unknown)
            return Step(
                accepted: try worlds([world], in: yes), dropped: try worlds([world], outside: yes))
        case .jump(let name), .goto(let name):
            let target = try self.target(name, from: rule.chain)
            trace?.record(.matches(rule, .went(to: name)), world.packets)
            let inner = try run(target, [world], depth: depth + 1)
            var step = Step(accepted: inner.accepted)
            // Recorded here, before what happens in the chain that it leads to.
            step.went = [(name, [])]
            if case .goto = verdict { step.returned = inner.rest } else { step.left = inner.rest }
            return step
        }
    }

    /// Nobody knows what becomes of these packets: accepted, dropped, passed on, or changed.
    private func decideNothing(
        _ unknown: Unknown, _ world: World
    ) throws(PacketFilterError) -> Step {
        let changed = try withUnknownChanges(unknown, world)
        let accepts = try space.answer(Unknown(.hidden, unknown.name + " accepts"))
        let drops = try space.answer(Unknown(.hidden, unknown.name + " drops"))
        let undecided = try worlds([changed], outside: accepts)
        return Step(
            accepted: try worlds([changed], in: accepts),
            dropped: try worlds(undecided, in: drops),
            left: try worlds(undecided, outside: drops))
    }

    private func withUnknownChanges(
        _ unknown: Unknown, _ world: World
    ) throws(PacketFilterError) -> World {
        var environment = environments[world.environment]
        for field in [Field.mark, .connectionMark] {
            let name = Unknown(.hidden, "\(unknown.name), \(field)")
            environment.bound[field] = try space.word(name, width: field.width)
        }
        return World(packets: world.packets, environment: number(of: environment))
    }

    private func record(_ step: Step, at rule: RuleIndex) {
        if let decisions, step.went.isEmpty, !step.changed {
            for world in step.accepted { decisions.record(.accepts(rule), world.packets) }
        }
        guard trace != nil else { return }
        if !step.went.isEmpty { return }
        record(step.accepted, step.changed ? .changed : .accepted, at: rule)
        record(step.dropped, .dropped, at: rule)
        record(step.returned, .returned, at: rule)
        if step.changed { record(step.active, .changed, at: rule) }
    }

    private func record(_ worlds: [World], _ effect: Trace.Effect, at rule: RuleIndex) {
        guard let trace else { return }
        for world in worlds { trace.record(.matches(rule, effect), world.packets) }
    }
}

extension Evaluator.Step {
    /// Adds what happened to other packets.
    mutating func add(_ other: Evaluator.Step) {
        accepted += other.accepted
        dropped += other.dropped
        returned += other.returned
        active += other.active
        left += other.left
        went += other.went
        changed = changed || other.changed
    }
}
