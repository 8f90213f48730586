extension Ruleset {
    /// Whether any rule hangs on a field of the packet.
    func mentions(_ field: Field) -> Bool {
        tables.contains { table in
            table.chains.contains { chain in
                chain.rules.contains { rule in
                    rule.statements.contains { $0.operands.contains { $0.mentions(field) } }
                }
            }
        }
    }

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
