/// The packets that come through: of each way the set of those that nothing drops.
///
/// What the first packet of a flow is like in fields for which no rule asks is left open.
struct Passed: Hashable {
    /// Into the host.
    var input = Diagram.none
    /// Through it.
    var forward = Diagram.none
    /// Out of it.
    var output = Diagram.none
}

extension Evaluator {
    /// Follows all packets that could open a flow until what packets add to sets stays the same.
    func passed() throws(PacketFilterError) -> Passed {
        var passed = try passedOnce()
        for _ in 0..<Evaluator.rounds where !remembered.isEmpty {
            let before = remembered
            matches.removeAll()
            summaries.removeAll()
            firstMatches.removeAll()
            passed = try passedOnce()
            if remembered == before { return passed }
        }
        if remembered.isEmpty { return passed }
        // Sets feed sets for longer than we follow: anything may be in them.
        for key in remembered.keys { remembered[key]?.possible = .all }
        matches.removeAll()
        summaries.removeAll()
        firstMatches.removeAll()
        return try passedOnce()
    }

    private static let rounds = 8

    /// Follows all packets once.
    func passedOnce() throws(PacketFilterError) -> Passed {
        if decisions != nil { decisions = Decisions() }
        var passed = try arriving()
        passed.output = try leaving()
        return passed
    }

    private func arriving() throws(PacketFilterError) -> Passed {
        let scope = try Scope(evaluator: self).entering()
        let entered = try enter([World(packets: scope, environment: number(of: .arriving))])
        let (local, forwarded) = try route(pass(.prerouting, entered))
        let input = try packets(of: pass(.input, local))
        let forward = try packets(of: leave(pass(.postrouting, pass(.forward, forwarded))))
        return Passed(
            input: try withPrograms(input, scope), forward: forward, output: .none)
    }

    /// On an interface with programs of its own nobody knows what comes through.
    private func withPrograms(
        _ input: Diagram, _ scope: Diagram
    ) throws(PacketFilterError) -> Diagram {
        var input = input
        for (name, programs) in ruleset.programs.sorted(by: { $0.key < $1.key }) {
            guard let number = space.interfaces.number(of: name) else { continue }
            let here = try arena.intersection(scope, space.packets(.input, UInt128(number)))
            for program in programs {
                let decides = try space.answer(Unknown(.hidden, "\(program) lets it in"))
                input = try arena.union(
                    arena.difference(input, here), arena.intersection(here, decides))
            }
        }
        return input
    }

    private func leaving() throws(PacketFilterError) -> Diagram {
        let scope = try Scope(evaluator: self).sent()
        var environment = Environment.arriving
        environment.bound[.output] = nil
        environment.bound[.input] = DiagramArena.word(
            InterfaceDomain.absent, width: InterfaceDomain.width)
        environment.bound[.mark] = try space.word(
            Unknown(.process, "the mark of the socket"), width: 32)
        environment.isOwn = true
        let start = World(packets: scope, environment: number(of: environment))
        let sent = try pass(.output, [start])
        return try packets(of: leave(pass(.postrouting, sent)))
    }
}
