extension Ruleset {
    /// How long the longest list of sources, or of destinations, is; 0 where rules are more than
    /// any list has members.
    func longestList(of field: Field) -> Int {
        var longest = 0
        var rules = 0
        for table in tables {
            for rule in table.chains.flatMap(\.rules) {
                rules += 1
                for case .match(let operands, let set, _) in rule.statements
                where operands.contains(where: { $0.mentions(field) }) {
                    longest = max(longest, count(set, of: table))
                }
            }
        }
        return longest > rules ? longest : 0
    }

    private func count(_ reference: SetReference, of table: FilterTable) -> Int {
        switch reference {
        case .inline(let values): values.count
        case .named(let name): (table.sets[name]?.members.count ?? 0)
        case .ipset(let name): (ipsets[name]?.members.members.count ?? 0)
        }
    }
}

extension ValueSet {
    fileprivate var count: Int { numbers.ranges.count + tuples.count }
}

extension Operand {
    fileprivate func mentions(_ field: Field) -> Bool {
        switch self {
        case .field(let own), .known(let own), .carried(let own): own == field
        case .slice(let operand, _), .connected(let operand): operand.mentions(field)
        case .and(let left, let right): left.mentions(field) || right.mentions(field)
        case .joined(let parts): parts.contains { $0.mentions(field) }
        case .number, .or, .exclusiveOr, .shiftedLeft, .shiftedRight, .addressType, .mapped,
            .connectionPort, .generated, .unknown:
            false
        }
    }
}
