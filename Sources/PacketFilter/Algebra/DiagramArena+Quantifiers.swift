extension DiagramArena {
    /// The packets that are in the set for some values of the given variables.
    package func exists(
        _ variables: VariableSet, in set: Diagram
    ) throws(PacketFilterError) -> Diagram {
        var known: [Diagram: Diagram] = [:]
        return try quantify(variables, set, &known, union)
    }

    /// The packets that are in the set for all values of the given variables.
    package func forAll(
        _ variables: VariableSet, in set: Diagram
    ) throws(PacketFilterError) -> Diagram {
        var known: [Diagram: Diagram] = [:]
        return try quantify(variables, set, &known, intersection)
    }

    /// The packets that are in the set for all but a small share of the values of the given
    /// variables; the set asks for no variable after them.
    package func almostAll(
        _ variables: Range<Int>, in set: Diagram, except share: Double
    ) throws(PacketFilterError) -> Diagram {
        var known: [Diagram: Diagram] = [:]
        var shares: [Diagram: Double] = [.none: 0, .all: 1]
        return try almostAll(variables, set, share, &known, &shares)
    }

    private func almostAll(
        _ variables: Range<Int>, _ set: Diagram, _ share: Double,
        _ known: inout [Diagram: Diagram], _ shares: inout [Diagram: Double]
    ) throws(PacketFilterError) -> Diagram {
        guard let (variable, low, high) = split(set) else { return set }
        if let answer = known[set] { return answer }
        try step()
        let answer: Diagram
        if variable >= variables.lowerBound {
            answer = Diagram(self.share(of: set, &shares) > 1 - share)
        } else {
            answer = try make(
                variable, low: almostAll(variables, low, share, &known, &shares),
                high: almostAll(variables, high, share, &known, &shares))
        }
        known[set] = answer
        return answer
    }

    /// The share of all packets that is in the set.
    private func share(of set: Diagram, _ known: inout [Diagram: Double]) -> Double {
        if let share = known[set] { return share }
        guard let (_, low, high) = split(set) else { return 0 }
        let half = (share(of: low, &known) + share(of: high, &known)) / 2
        known[set] = half
        return half
    }

    private func quantify(
        _ variables: VariableSet, _ set: Diagram, _ known: inout [Diagram: Diagram],
        _ join: (Diagram, Diagram) throws(PacketFilterError) -> Diagram
    ) throws(PacketFilterError) -> Diagram {
        guard let (variable, low, high) = split(set), variable <= variables.last else {
            return set
        }
        if let answer = known[set] { return answer }
        try step()
        let whenZero = try quantify(variables, low, &known, join)
        let whenOne = try quantify(variables, high, &known, join)
        let answer =
            variables.contains(variable)
            ? try join(whenZero, whenOne) : try make(variable, low: whenZero, high: whenOne)
        known[set] = answer
        return answer
    }

    /// What remains of the set when some bits are fixed; they are asked for no more.
    package func restrict(
        _ set: Diagram, to values: [Int: Bool]
    ) throws(PacketFilterError) -> Diagram {
        guard let last = values.keys.max() else { return set }
        var known: [Diagram: Diagram] = [:]
        return try restrict(set, values, last, &known)
    }

    private func restrict(
        _ set: Diagram, _ values: [Int: Bool], _ last: Int, _ known: inout [Diagram: Diagram]
    ) throws(PacketFilterError) -> Diagram {
        guard let (variable, low, high) = split(set), variable <= last else { return set }
        if let answer = known[set] { return answer }
        try step()
        let answer: Diagram
        if let value = values[variable] {
            answer = try restrict(value ? high : low, values, last, &known)
        } else {
            answer = try make(
                variable, low: restrict(low, values, last, &known),
                high: restrict(high, values, last, &known))
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
        var known: [Pair: Diagram] = [:]
        return try simplified(set, matters, &known)
    }

    private struct Pair: Hashable {
        var set: Diagram
        var matters: Diagram
    }

    private func simplified(
        _ set: Diagram, _ matters: Diagram, _ known: inout [Pair: Diagram]
    ) throws(PacketFilterError) -> Diagram {
        guard let (variable, low, high) = split(set), let care = split(matters) else { return set }
        let pair = Pair(set: set, matters: matters)
        if let answer = known[pair] { return answer }
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
        known[pair] = answer
        return answer
    }

    /// The variables that the set depends on.
    package func support(of set: Diagram) -> VariableSet {
        var found = VariableSet()
        var seen: Set<Diagram> = []
        var waiting = [set]
        while let next = waiting.popLast() {
            guard seen.insert(next).inserted, let (variable, low, high) = split(next) else {
                continue
            }
            found.insert(variable)
            waiting.append(low)
            waiting.append(high)
        }
        return found
    }

    /// One member of the set: the bits that it must have; bits that are not named do not matter.
    ///
    /// The same set gives the same member; nothing for the empty set.
    package func witness(of set: Diagram) -> [Int: Bool]? {
        guard set != .none else { return nil }
        var bits: [Int: Bool] = [:]
        var rest = set
        while let (variable, low, high) = split(rest) {
            bits[variable] = low == .none
            rest = low == .none ? high : low
        }
        return bits
    }
}
