/// A map from keys to numbers: marks, addresses, ports.
package struct DataMap: Hashable, Sendable {
    /// Some keys and their number; no key is in two entries.
    package struct Entry: Hashable, Sendable {
        package var keys: ValueSet
        package var value: UInt128
    }

    package private(set) var entries: [Entry]
    /// The number for keys of no entry.
    package var fallback: UInt128?
    /// The length of its numbers in bits; numbers of several parts stand side by side.
    package var width: Int
    /// Its entries could not be read, or packets can add some.
    package var unknown: Unknown?

    /// The map of these pairs.
    package init(
        _ pairs: some Sequence<(key: [Component], value: UInt128)> = [], width: Int,
        fallback: UInt128? = nil, unknown: Unknown? = nil
    ) {
        var order: [UInt128] = []
        var keys: [UInt128: [[Component]]] = [:]
        for (key, value) in pairs {
            if keys[value] == nil { order.append(value) }
            keys[value, default: []].append(key)
        }
        entries = order.map { Entry(keys: ValueSet(keys: keys[$0] ?? []), value: $0) }
        self.width = width
        self.fallback = fallback
        self.unknown = unknown
    }
}

/// Which data map a rule means.
package enum DataMapReference: Hashable, Sendable {
    case named(String, width: Int)
    case inline(DataMap)

    /// The length of its numbers in bits.
    package var width: Int {
        switch self {
        case .named(_, let width): width
        case .inline(let map): map.width
        }
    }
}
