/// The place of a chain: of its table in the ruleset, and of the chain there.
struct ChainIndex: Hashable, Sendable {
    var table: Int
    var chain: Int
}

/// The place of a rule.
struct RuleIndex: Hashable, Sendable {
    var chain: ChainIndex
    var rule: Int
}
