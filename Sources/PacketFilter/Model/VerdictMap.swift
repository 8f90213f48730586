/// A map from keys to verdicts.
package struct VerdictMap: Hashable, Sendable {
    /// Some keys and what happens to their packets; no key is in two entries.
    package struct Entry: Hashable, Sendable {
        package var keys: ValueSet
        package var verdict: RuleVerdict
    }

    package private(set) var entries: [Entry]
    /// What happens to packets of no entry; nothing: the rule does not match them.
    package var fallback: RuleVerdict?
    /// Its entries could not be read, or packets can add some.
    package var unknown: Unknown?

    /// The map of these pairs.
    package init(
        _ pairs: some Sequence<(key: [Component], verdict: RuleVerdict)> = [],
        fallback: RuleVerdict? = nil, unknown: Unknown? = nil
    ) {
        var order: [RuleVerdict] = []
        var keys: [RuleVerdict: [[Component]]] = [:]
        for (key, verdict) in pairs {
            if keys[verdict] == nil { order.append(verdict) }
            keys[verdict, default: []].append(key)
        }
        entries = order.map { Entry(keys: ValueSet(keys: keys[$0] ?? []), verdict: $0) }
        self.fallback = fallback
        self.unknown = unknown
    }
}

extension VerdictMap {
    /// What may happen to a packet.
    var verdicts: [RuleVerdict] { entries.map(\.verdict) + (fallback.map { [$0] } ?? []) }
}

/// Which verdict map a rule means.
package enum VerdictMapReference: Hashable, Sendable {
    case named(String)
    case inline(VerdictMap)
}
