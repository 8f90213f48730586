/// What decided about a packet.
package struct Decider: Hashable, Sendable {
    /// The engine, family and name of the table.
    package var engine: FilterTable.Engine
    package var family: FilterTable.Family
    package var table: String
    package var chain: String
    /// The text of the rule; nothing: the policy of the chain.
    package var rule: String?
    package var handle: UInt64?
    package var place: SourcePlace?

    /// The decider in one line, such as `ip filter INPUT: tcp dport 22 accept # handle 7`.
    package var text: String {
        var line = "\(family.rawValue) \(table) \(chain): \(rule ?? "policy")"
        if engine == .legacy { line = "legacy " + line }
        if let handle { line += " # handle \(handle)" }
        if let place { line += " # \(place)" }
        return line
    }
}

extension Evaluator {
    func decider(_ rule: RuleIndex) -> Decider {
        var decider = decider(policyOf: rule.chain)
        let written = rules(of: rule.chain)[rule.rule]
        decider.rule = written.text
        decider.handle = written.handle
        decider.place = written.place
        return decider
    }

    func decider(policyOf index: ChainIndex) -> Decider {
        let table = ruleset.tables[index.table]
        return Decider(
            engine: table.engine, family: table.family, table: table.name,
            chain: table.chains[index.chain].name)
    }
}
