extension FirewallAnalysis {
    /// The three directions, held against what is declared (knowledge §1.1).
    package func judge(_ policy: FlowPolicy) throws(PacketFilterError) -> [FlowJudgement] {
        [
            try judgeInput(policy),
            try judge(.forward, policy.forward, policy.icmp),
            try judgeOutput(policy),
        ]
    }

    private func judgeInput(_ policy: FlowPolicy) throws(PacketFilterError) -> FlowJudgement {
        guard let ingress = policy.ingress else {
            let judgement = try judge(.input, [], policy.icmp)
            if judgement.holds == true {
                return FlowJudgement(direction: .input, finding: .nothingEnters)
            }
            let isOpen = try isWideOpen()
            return FlowJudgement(
                direction: .input, finding: isOpen ? .everythingEnters : .notDeclared,
                witness: judgement.witness, decider: judgement.decider,
                unknowns: judgement.unknowns)
        }
        if try isVacuous(ingress) {
            return FlowJudgement(direction: .input, finding: .vacuousDeclaration)
        }
        return try judge(.input, ingress, policy.icmp)
    }

    private func judgeOutput(_ policy: FlowPolicy) throws(PacketFilterError) -> FlowJudgement {
        switch policy.egress {
        case .undeclared: FlowJudgement(direction: .output, finding: .notDeclared)
        case .unrestricted: FlowJudgement(direction: .output, finding: .unrestricted)
        case .flows(let flows): try judge(.output, flows, policy.icmp)
        }
    }

    private func judge(
        _ direction: Direction, _ declared: [DeclaredFlow], _ icmp: ICMPBaseline
    ) throws(PacketFilterError) -> FlowJudgement {
        let arena = space.arena
        var covered = [try packets(of: icmp)]
        for flow in declared { covered.append(try packets(declared: flow, direction)) }
        let rest = try arena.difference(through(direction), arena.union(covered))
        if rest == .none { return FlowJudgement(direction: direction, finding: .allDeclared) }
        var bits = try witness(ofAll: [rest], direction)
        // Where the most ordinary packet is certain, no other one has to be looked at.
        var isCertain = try BoundsMaker(evaluator: evaluator).isCertain(bits, in: rest, direction)
        var unknowns: [Unknown] = []
        if !isCertain {
            let bounds = try bounds(of: rest, direction)
            if bounds.possible == .none {
                return FlowJudgement(direction: direction, finding: .allDeclared)
            }
            isCertain = bounds.certain != .none
            let undeclared = isCertain ? bounds.certain : bounds.possible
            bits = try witness(ofAll: [rest, undeclared], direction)
            if !isCertain {
                let packets = try arena.intersection(rest, undeclared)
                unknowns = space.unknowns(deciding: packets).filter { $0.kind != .chosen }
            }
        }
        return FlowJudgement(
            direction: direction,
            finding: isCertain ? .undeclaredFlow : .possiblyUndeclaredFlow,
            witness: space.packet(bits, direction), decider: try decider(of: bits, direction),
            unknowns: unknowns)
    }

    /// Every new TCP and UDP flow enters on some outside interface in some family.
    package func isWideOpen() throws(PacketFilterError) -> Bool {
        let arena = space.arena
        let certain = try bounds(.input).certain
        let scope = try bounds(of: Scope(evaluator: evaluator).arriving(), .input).possible
        let wanted = try arena.intersection(
            scope, space.packets(.transport, in: IntervalSet([6...6, 17...17])))
        var aside = VariableSet(space.variables(of: .destination))
        aside.insert(space.variable(of: .unnamedDestination))
        let entering = try arena.exists(aside, in: certain)
        let arriving = try arena.exists(aside, in: wanted)
        for number in space.interfaces.members.indices {
            for family in 0...1 {
                let here = try arena.intersection([
                    arriving, space.packets(.input, UInt128(number)),
                    space.packets(.family, UInt128(family)),
                ])
                if here == .none { continue }
                if try arena.isSubset(here, of: entering) { return true }
            }
        }
        return false
    }

    /// The declarations together contain every TCP or every UDP port from every address of a
    /// family, on all interfaces or on an outside one that leads to the internet.
    package func isVacuous(_ declared: [DeclaredFlow]) throws(PacketFilterError) -> Bool {
        let arena = space.arena
        var sets: [Diagram] = []
        for flow in declared { sets.append(try packets(declared: flow, .input)) }
        var aside = VariableSet(space.variables(of: .destination))
        aside.insert(space.variable(of: .unnamedDestination))
        let everything = try arena.forAll(aside, in: arena.union(sets))
        let exposed = network.outside.filter(network.leadsToInternet).compactMap {
            space.interfaces.number(of: $0.name)
        }
        for transport in [UInt128(6), 17] {
            for family in 0...1 {
                let wanted = try arena.intersection(
                    space.packets(.transport, transport),
                    space.packets(.family, UInt128(family)))
                let outside = try space.packets(.input, in: Scope(evaluator: evaluator).outside)
                if try arena.isSubset(arena.intersection(wanted, outside), of: everything) {
                    return true
                }
                for number in exposed {
                    let here = try arena.intersection(
                        wanted, space.packets(.input, UInt128(number)))
                    if try arena.isSubset(here, of: everything) { return true }
                }
            }
        }
        return false
    }
}
