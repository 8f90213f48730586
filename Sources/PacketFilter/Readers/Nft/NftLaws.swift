/// What nft and the kernel ask of a file beyond its grammar, as far as one rule alone does not
/// show it; measured with nft 1.0.6 and Linux 6.18.
struct NftLaws {
    /// A statement that only chains of some types and hooks may hold.
    struct Use: Hashable {
        var statement: String
        var family: FilterTable.Family
        var table: String
        var chain: String
        var place: SourcePlace
    }

    /// An object that a rule asks for.
    struct Asked: Hashable {
        var object: Object
        var place: SourcePlace
    }

    /// A counter, a quota, a flowtable and their like.
    struct Object: Hashable {
        var kind: String
        var family: FilterTable.Family
        var table: String
        var name: String
    }

    private(set) var uses: [Use] = []
    private(set) var asked: [Asked] = []
    private var objects: Set<Object> = []

    /// Statements behind which a rule ends.
    static let deciding: Set<String> = [
        "accept", "drop", "return", "jump", "goto", "queue", "reject", "dnat", "snat",
        "masquerade", "redirect", "fwd",
    ]
    static let logLevels: Set<String> = [
        "emerg", "alert", "crit", "err", "warn", "notice", "info", "debug", "audit",
    ]
    private static let bound: Set<String> = [
        "dnat", "redirect", "snat", "masquerade", "tproxy", "synproxy", "flow",
    ]

    mutating func note(_ use: Use) {
        if Self.bound.contains(use.statement) { uses.append(use) }
    }

    mutating func note(_ asked: Asked) { self.asked.append(asked) }

    mutating func define(_ object: Object) { objects.insert(object) }

    /// The objects that nothing in the file defines.
    var missing: [Asked] { asked.filter { !objects.contains($0.object) } }

    /// Whether a base chain may lead to a statement.
    static func allows(_ statement: String, in base: BaseChain) -> Bool {
        switch statement {
        case "dnat", "redirect":
            base.kind == .nat && [.prerouting, .output].contains(base.hook)
        case "snat": base.kind == .nat && [.postrouting, .input].contains(base.hook)
        case "masquerade": base.kind == .nat && base.hook == .postrouting
        case "tproxy": base.hook == .prerouting
        case "synproxy": [.input, .forward].contains(base.hook)
        case "flow": base.hook == .forward
        default: true
        }
    }

    /// Whether a family has chains of a type at a hook.
    static func allows(_ base: BaseChain, in family: FilterTable.Family) -> Bool {
        let hooks: Set<Hook> = [.prerouting, .input, .forward, .output, .postrouting]
        let isOfPackets = [.ip, .ip6, .inet].contains(family)
        switch base.kind {
        case .filter:
            switch family {
            case .ip, .ip6, .bridge: return hooks.contains(base.hook)
            case .inet: return hooks.contains(base.hook) || base.hook == .ingress
            case .arp: return [.input, .output].contains(base.hook)
            case .netdev: return [.ingress, .egress].contains(base.hook)
            }
        case .nat: return isOfPackets && hooks.subtracting([.forward]).contains(base.hook)
        case .route: return isOfPackets && base.hook == .output
        }
    }
}

extension NftReader {
    /// Refuses what may not follow a statement.
    func checkOrder(_ token: NftToken, after last: NftToken?) throws(NftError) {
        guard mode == .file, let last, last.kind == .word else { return }
        if last.text == "comment" {
            throw NftError(.refused, token.place, "more behind the comment of a rule")
        }
        if NftLaws.deciding.contains(last.text), !token.isWord("comment") {
            throw NftError(.refused, token.place, "a statement behind one that ends the rule")
        }
    }

    /// Notes a statement that not every chain may hold.
    mutating func note(_ token: NftToken, in index: ChainIndex) {
        guard mode == .file, token.kind == .word else { return }
        laws.note(
            NftLaws.Use(
                statement: token.text, family: rule.family, table: rule.table,
                chain: ruleset.tables[index.table].chains[index.chain].name, place: token.place))
    }

    /// Notes that a rule asks for an object of its table.
    mutating func note(asked kind: String, _ name: String) {
        guard mode == .file else { return }
        let object = NftLaws.Object(
            kind: kind, family: rule.family, table: rule.table, name: name)
        laws.note(NftLaws.Asked(object: object, place: tokens.place))
    }

    /// Checks what only the whole file shows.
    mutating func checkLaws() throws(NftError) {
        guard mode == .file else { return }
        for use in laws.uses {
            guard let index = ruleset.index(of: use.table, use.family) else { continue }
            let table = ruleset.tables[index]
            for base in table.bases(leadingTo: use.chain)
            where !NftLaws.allows(use.statement, in: base) {
                throw NftError(.refused, use.place, "'\(use.statement)' in a chain that may not")
            }
        }
        for asked in laws.missing {
            doubts.append(
                LoadProblem(asked.place, "a \(asked.object.kind) that may not exist"))
        }
    }

    /// Refuses a base chain that no kernel has, or that is another than it was.
    func checkBase(
        _ base: BaseChain, _ index: ChainIndex, _ priority: NftToken?
    ) throws(NftError) {
        guard mode == .file else { return }
        let table = ruleset.tables[index.table]
        guard NftLaws.allows(base, in: table.family) else {
            throw NftError(.refused, tokens.place, "a chain of a type that its hook does not have")
        }
        if !base.devices.isEmpty, base.hook != .ingress, base.hook != .egress {
            throw NftError(.refused, tokens.place, "a device of a chain that has none")
        }
        let isOutOfPlace =
            priority?.text == "dstnat" && base.hook != .prerouting
            || priority?.text == "srcnat" && base.hook != .postrouting
        if isOutOfPlace, let priority {
            throw NftError(.refused, priority.place, "a priority that this hook does not have")
        }
        guard let old = table.chains[index.chain].base else { return }
        guard old.kind == base.kind, old.hook == base.hook, old.priority == base.priority else {
            throw NftError(.refused, tokens.place, "a chain that is there with another hook")
        }
    }

    /// Refuses names of interfaces that cannot be.
    func checkInterface(_ token: NftToken) throws(NftError) {
        guard mode == .file else { return }
        guard !token.text.isEmpty, token.text != "*", token.text.utf8.count <= 16,
            token.text.utf8.count < 16 || token.text.hasSuffix("*")
        else { throw NftError(.refused, token.place, "a name that no interface can have") }
    }

    /// Refuses elements that a set cannot hold together.
    func checkElements(_ draft: NftSetDraft, _ place: SourcePlace) throws(NftError) {
        guard mode == .file, let elements = draft.elements else { return }
        let ranges = (elements.ranges + elements.passingRanges).sorted {
            ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound)
        }
        let hasWide = ranges.contains { $0.lowerBound != $0.upperBound }
        if hasWide, !draft.isInterval {
            throw NftError(.refused, place, "a range in a set of single elements")
        }
        guard draft.isInterval, !draft.isMerged else { return }
        for (one, next) in zip(ranges, ranges.dropFirst())
        where next.lowerBound <= one.upperBound && next != one {
            throw NftError(.refused, place, "elements that overlap")
        }
    }

    /// Refuses one key with two verdicts.
    func checkVerdicts(_ elements: NftElements, _ place: SourcePlace) throws(NftError) {
        guard mode == .file else { return }
        var seen: [[Component]: RuleVerdict] = [:]
        for (key, verdict) in elements.verdicts {
            if let other = seen.updateValue(verdict, forKey: key), other != verdict {
                throw NftError(.refused, place, "one key with two verdicts")
            }
        }
    }
}

extension FilterTable {
    /// The base chains from which packets come to a chain.
    fileprivate func bases(leadingTo name: String) -> [BaseChain] {
        var callers: [String: Set<String>] = [:]
        for chain in chains {
            for target in chain.rules.flatMap(targets) {
                callers[target, default: []].insert(chain.name)
            }
        }
        var found: Set<String> = [name]
        var waiting = [name]
        while let next = waiting.popLast() {
            for caller in callers[next, default: []] where found.insert(caller).inserted {
                waiting.append(caller)
            }
        }
        return chains.filter { found.contains($0.name) }.compactMap(\.base)
    }

    private func targets(_ rule: FilterRule) -> [String] {
        rule.statements.flatMap { statement -> [String] in
            switch statement {
            case .verdict(let verdict): [verdict].compactMap(\.target)
            case .verdictMap(_, .inline(let map)): map.targets
            case .verdictMap(_, .named(let name)): verdictMaps[name]?.targets ?? []
            default: []
            }
        }
    }
}

extension VerdictMap {
    fileprivate var targets: [String] {
        (entries.map(\.verdict) + [fallback].compactMap(\.self)).compactMap(\.target)
    }
}

extension RuleVerdict {
    /// The chain that it leads to.
    fileprivate var target: String? {
        switch self {
        case .jump(let name), .goto(let name): name
        default: nil
        }
    }
}
