import PacketFilter

/// A table that firewalld(1) makes, rule by rule in nft(8)'s language, with the places that they
/// come from.
struct FirewalldTable: Hashable {
    /// A rule.
    struct Rule: Hashable {
        var text: String
        var place: SourcePlace?

        /// A rule by its parts.
        init(_ text: String, _ place: SourcePlace? = nil) {
            self.text = text
            self.place = place
        }
    }

    /// Rules that a packet walks in order.
    struct Chain: Hashable {
        var name: String
        /// Where packets enter it.
        var hook: String?
        var rules: [Rule] = []
    }

    var name: String
    /// Lines that declare sets.
    var sets: [String] = []
    private(set) var chains: [Chain] = []

    init(_ name: String) {
        self.name = name
    }

    /// Adds rules to a chain, which is made where it is not there.
    mutating func add(_ rules: [Rule], to chain: String, hook: String? = nil) {
        if let index = chains.firstIndex(where: { $0.name == chain }) {
            chains[index].rules += rules
        } else {
            chains.append(Chain(name: chain, hook: hook, rules: rules))
        }
    }

    /// Adds rules without a place of their own.
    mutating func add(_ texts: [String], to chain: String, hook: String? = nil) {
        add(texts.map { Rule($0) }, to: chain, hook: hook)
    }

    /// Adds a rule before those of a chain.
    mutating func insert(_ rule: Rule, into chain: String) {
        guard let index = chains.firstIndex(where: { $0.name == chain }) else { return }
        chains[index].rules.insert(rule, at: 0)
    }

    /// The rules after it is loaded; `malformed` where a table of its name is there already, for
    /// what becomes of that is not followed.
    func added(to ruleset: Ruleset) throws(PacketFilterError) -> Ruleset {
        guard ruleset.index(of: name, .inet) == nil else {
            throw PacketFilterError(.malformed, name)
        }
        var ruleset = ruleset
        try ruleset.read(nftListing: Array(text.utf8))
        guard let table = ruleset.index(of: name, .inet) else {
            throw PacketFilterError(.malformed, name)
        }
        for chain in chains {
            guard let index = ruleset.tables[table].index(ofChain: chain.name),
                ruleset.tables[table].chains[index].rules.count == chain.rules.count
            else { throw PacketFilterError(.malformed, chain.name) }
            for (number, rule) in chain.rules.enumerated() {
                ruleset.tables[table].chains[index].rules[number].place = rule.place
            }
        }
        return ruleset
    }

    /// The table as `nft list ruleset` would print it, without what nobody reads.
    var text: String {
        var lines = ["table inet \(name) {"] + sets
        for chain in chains {
            lines.append("chain \(chain.name) {")
            if let hook = chain.hook { lines.append("type \(hook); policy accept;") }
            lines += chain.rules.map(\.text)
            lines.append("}")
        }
        return (lines + ["}", ""]).joined(separator: "\n")
    }
}
