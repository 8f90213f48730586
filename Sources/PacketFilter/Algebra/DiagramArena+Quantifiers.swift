extension DiagramArena {
    /// The packets that are in the set for some values of the given variables.
    package func exists(
        _ variables: VariableSet, in set: Diagram
    ) throws(PacketFilterError) -> Diagram {
        var elimination = Elimination(of: variables)
        return try exists(&elimination, in: set)
    }

    /// The packets that are in the set for all values of the given variables.
    package func forAll(
        _ variables: VariableSet, in set: Diagram
    ) throws(PacketFilterError) -> Diagram {
        try complement(exists(variables, in: complement(set)))
    }

    /// Some variables that are taken out of several sets, which may have parts in common.
    struct Elimination {
        let variables: VariableSet
        fileprivate var known = DiagramMap()

        init(of variables: VariableSet) { self.variables = variables }
    }

    /// The packets that are in the set for some values of the variables.
    func exists(
        _ elimination: inout Elimination, in set: Diagram
    ) throws(PacketFilterError) -> Diagram {
        guard let span = span(set), elimination.variables.contains(anyOf: span),
            let (variable, low, high) = split(set)
        else { return set }
        if let answer = elimination.known[set] { return answer }
        try step()
        var answer = try exists(&elimination, in: low)
        if !elimination.variables.contains(variable) {
            answer = try make(variable, low: answer, high: exists(&elimination, in: high))
        } else if answer != .all {
            answer = try union(answer, exists(&elimination, in: high))
        }
        elimination.known[set] = answer
        return answer
    }

    /// The packets that are in the set for all values of the variables.
    func forAll(
        _ elimination: inout Elimination, in set: Diagram
    ) throws(PacketFilterError) -> Diagram {
        try complement(exists(&elimination, in: complement(set)))
    }

    /// What remains of the set when some bits are fixed; they are asked for no more.
    package func restrict(
        _ set: Diagram, to values: [Int: Bool]
    ) throws(PacketFilterError) -> Diagram {
        var known = DiagramMap()
        return try restrict(set, values, VariableSet(values.keys), &known)
    }

    private func restrict(
        _ set: Diagram, _ values: [Int: Bool], _ fixed: VariableSet, _ known: inout DiagramMap
    ) throws(PacketFilterError) -> Diagram {
        guard let span = span(set), fixed.contains(anyOf: span),
            let (variable, low, high) = split(set)
        else { return set }
        if let answer = known[set] { return answer }
        try step()
        let answer: Diagram
        if let value = values[variable] {
            answer = try restrict(value ? high : low, values, fixed, &known)
        } else {
            answer = try make(
                variable, low: restrict(low, values, fixed, &known),
                high: restrict(high, values, fixed, &known))
        }
        known[set] = answer
        return answer
    }

    /// A set that is the same as the given one among the packets that matter, and elsewhere
    /// whatever makes it simple (Coudert and Madre, "A unified framework for the formal
    /// verification of sequential circuits", ICCAD 1990).
    package func simplified(
        _ set: Diagram, where matters: Diagram
    ) throws(PacketFilterError) -> Diagram {
        if matters == .none { return .none }
        var known = DiagramMap()
        return try simplified(set, matters, &known)
    }

    private func simplified(
        _ set: Diagram, _ matters: Diagram, _ known: inout DiagramMap
    ) throws(PacketFilterError) -> Diagram {
        guard let (variable, low, high) = split(set), let care = split(matters) else { return set }
        if let answer = known[set, matters] { return answer }
        try step()
        let answer: Diagram
        if care.variable < variable {
            answer = try simplified(set, union(care.low, care.high), &known)
        } else if care.variable > variable {
            answer = try make(
                variable, low: simplified(low, matters, &known),
                high: simplified(high, matters, &known))
        } else if care.low == .none {
            answer = try simplified(high, care.high, &known)
        } else if care.high == .none {
            answer = try simplified(low, care.low, &known)
        } else {
            answer = try make(
                variable, low: simplified(low, care.low, &known),
                high: simplified(high, care.high, &known))
        }
        known[set, matters] = answer
        return answer
    }

    /// The variables from a first one on that the set depends on.
    package func support(of set: Diagram, from first: Int = 0) -> VariableSet {
        var found = VariableSet()
        var seen = DiagramMap()
        var waiting = [set]
        while let next = waiting.popLast() {
            // A set asks for what its complement asks for.
            let plain = Diagram(node: next.node | 1)
            guard let span = span(next), span.upperBound >= first, seen[plain] == nil,
                let (variable, low, high) = split(next)
            else { continue }
            seen[plain] = next
            if variable >= first { found.insert(variable) }
            waiting.append(low)
            waiting.append(high)
        }
        return found
    }

    /// Whether the set depends on one of these variables; nothing is looked at past the last.
    func asks(_ set: Diagram, _ variables: Range<Int>) -> Bool {
        var seen = DiagramMap()
        var waiting = [set]
        while let next = waiting.popLast() {
            guard let (variable, low, high) = split(next), variable < variables.upperBound,
                seen[next] == nil
            else { continue }
            if variable >= variables.lowerBound { return true }
            seen[next] = next
            waiting.append(low)
            waiting.append(high)
        }
        return false
    }

    /// One packet that is in all of the sets, each bit as the preferred packet has it where it can
    /// be; found without making their intersection. Nothing is found where so many parts of the sets
    /// have nothing in common.
    package func witness(
        ofAll sets: [Diagram], preferring preferred: Assignment = Assignment(),
        trying limit: Int = .max
    ) throws(PacketFilterError) -> Assignment? {
        var bits = preferred
        var empty: Set<[Diagram]> = []
        return try find(sets, &bits, &empty, limit) ? bits : nil
    }

    private func find(
        _ sets: [Diagram], _ bits: inout Assignment, _ empty: inout Set<[Diagram]>, _ limit: Int
    ) throws(PacketFilterError) -> Bool {
        let rest = sets.filter { $0 != .all }
        if rest.isEmpty { return true }
        if rest.contains(.none) || empty.count >= limit || empty.contains(rest) { return false }
        try step()
        let first = rest.reduce(Int.max) { min($0, top($1)) }
        let preferred = bits[first]
        for bit in [preferred, !preferred] {
            let parts = rest.map { set in
                guard let split = split(set), split.variable == first else { return set }
                return bit ? split.high : split.low
            }
            if try find(parts, &bits, &empty, limit) {
                bits[first] = bit
                return true
            }
        }
        empty.insert(rest)
        return false
    }

    /// The set with other ends: what it asks for from a variable on, which many packets have in
    /// common.
    func replacingEnds(
        of set: Diagram, from variable: Int,
        with end: (Diagram) throws(PacketFilterError) -> Diagram
    ) throws(PacketFilterError) -> Diagram {
        var known = DiagramMap()
        return try replacingEnds(of: set, variable, end, &known)
    }

    private func replacingEnds(
        of set: Diagram, _ variable: Int,
        _ end: (Diagram) throws(PacketFilterError) -> Diagram, _ known: inout DiagramMap
    ) throws(PacketFilterError) -> Diagram {
        if let answer = known[set] { return answer }
        try step()
        let answer: Diagram
        if let (top, low, high) = split(set), top < variable {
            answer = try make(
                top, low: replacingEnds(of: low, variable, end, &known),
                high: replacingEnds(of: high, variable, end, &known))
        } else {
            answer = try end(set)
        }
        known[set] = answer
        return answer
    }

    /// What remains of the set when the bits before a variable are those of a packet.
    func following(_ set: Diagram, _ bits: Assignment, before variable: Int) -> Diagram {
        var rest = set
        while let (next, low, high) = split(rest), next < variable {
            rest = bits[next] ? high : low
        }
        return rest
    }
}
