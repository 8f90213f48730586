extension DiagramArena {
    /// The packets that are in the set for all but a small share of the numbers made of the given
    /// variables, which stand next to each other.
    package func almostAll(
        _ variables: Range<Int>, in set: Diagram, except share: Double
    ) throws(PacketFilterError) -> Diagram {
        var known = DiagramMap()
        var missing = Missing(variables: variables, limit: share)
        return try almostAll(set, &missing, &known)
    }

    /// For which packets which share of the numbers is missing.
    private struct Missing {
        /// Packets, told apart by the variables after the numbers, that miss the same share.
        struct Part {
            var share: Double
            var packets: Diagram
        }

        var variables: Range<Int>
        /// A packet that misses so much, or more, is out.
        var limit: Double
        var known: [Diagram: [Part]] = [:]
    }

    private func almostAll(
        _ set: Diagram, _ missing: inout Missing, _ known: inout DiagramMap
    ) throws(PacketFilterError) -> Diagram {
        if let answer = known[set] { return answer }
        try step()
        let answer: Diagram
        if let (variable, low, high) = split(set), variable < missing.variables.lowerBound {
            answer = try make(
                variable, low: almostAll(low, &missing, &known),
                high: almostAll(high, &missing, &known))
        } else {
            let parts = try parts(of: set, &missing)
            answer = try union(parts.filter { $0.share < missing.limit }.map(\.packets))
        }
        known[set] = answer
        return answer
    }

    private func parts(
        of set: Diagram, _ missing: inout Missing
    ) throws(PacketFilterError) -> [Missing.Part] {
        guard let (variable, low, high) = split(set), variable < missing.variables.upperBound else {
            return [
                Missing.Part(share: 0, packets: set),
                Missing.Part(share: 1, packets: complement(set)),
            ].filter { $0.packets != .none }
        }
        if let parts = missing.known[set] { return parts }
        // What is missed in this half of this half … alone can be too much already.
        let depth = variable - missing.variables.lowerBound
        let weight = Double(sign: .plus, exponent: -depth, significand: 1)
        var sums: [Double: [Diagram]] = [:]
        let ones = try parts(of: high, &missing)
        for zero in try parts(of: low, &missing) {
            for one in ones {
                let share = (zero.share + one.share) / 2
                try step()
                guard share * weight < missing.limit else { continue }
                let packets = try intersection(zero.packets, one.packets)
                if packets != .none { sums[share, default: []].append(packets) }
            }
        }
        var parts: [Missing.Part] = []
        for (share, packets) in sums.sorted(by: { $0.key < $1.key }) {
            parts.append(Missing.Part(share: share, packets: try union(packets)))
        }
        missing.known[set] = parts
        return parts
    }
}
