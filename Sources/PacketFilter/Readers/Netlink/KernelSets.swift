/// A set by the place of its table and its name.
struct KernelSetKey: Hashable {
    var table: Int
    var name: String
}

/// The sets of all tables: what the kernel told, and what the rules that ask them make of it.
struct KernelSets {
    let interfaces: KernelInterfaces
    private(set) var told: [KernelSetKey: KernelSet] = [:]
    /// Sets to which rules add, and from which rules delete.
    var filled: Set<KernelSetKey> = []
    var emptied: Set<KernelSetKey> = []

    /// The parts of keys that rules ask a set for; nearly always the same ones.
    private var readings: [KernelSetKey: [[KernelKeyPart]]] = [:]
    private var sets: [KernelSetKey: NamedSet] = [:]
    private var verdictMaps: [KernelSetKey: VerdictMap] = [:]
    private var dataMaps: [KernelSetKey: DataMap] = [:]

    init(interfaces: KernelInterfaces) {
        self.interfaces = interfaces
    }

    mutating func add(_ set: KernelSet, to table: Int) throws(KernelError) {
        let key = KernelSetKey(table: table, name: set.name)
        guard told.updateValue(set, forKey: key) == nil else { throw .malformed }
    }

    /// Changes a set in its place, without a copy of its elements.
    mutating func update(
        _ key: KernelSetKey, _ change: (inout KernelSet) throws(KernelError) -> Void
    ) throws(KernelError) {
        guard var set = told.removeValue(forKey: key) else { throw .malformed }
        try change(&set)
        told[key] = set
    }

    func set(_ key: KernelSetKey) throws(KernelError) -> KernelSet {
        guard let set = told[key] else { throw .malformed }
        return set
    }

    /// The set as a rule that asks for these parts means it.
    mutating func members(
        _ key: KernelSetKey, _ parts: [KernelKeyPart]
    ) throws(KernelError) -> SetReference {
        let set = try set(key)
        let own = reading(key, parts)
        if sets[own] == nil { sets[own] = members(of: set, parts) }
        guard set.isAnonymous, let members = sets[own], members.unknown == nil,
            members.passing.isEmpty
        else { return .named(own.name) }
        return .inline(members.members)
    }

    mutating func verdicts(
        _ key: KernelSetKey, _ parts: [KernelKeyPart]
    ) throws(KernelError) -> VerdictMapReference {
        let set = try set(key)
        let own = reading(key, parts)
        let map = verdictMaps[own] ?? verdicts(of: set, parts)
        verdictMaps[own] = map
        return set.isAnonymous ? .inline(map) : .named(own.name)
    }

    mutating func data(
        _ key: KernelSetKey, _ parts: [KernelKeyPart], width: Int
    ) throws(KernelError) -> DataMapReference {
        let set = try set(key)
        let own = reading(key, parts)
        let map = dataMaps[own] ?? data(of: set, parts, width: width)
        dataMaps[own] = map
        return set.isAnonymous ? .inline(map) : .named(own.name, width: width)
    }

    // A second reading of the same bytes goes by a name that no set can have.
    private mutating func reading(_ key: KernelSetKey, _ parts: [KernelKeyPart]) -> KernelSetKey {
        let known = readings[key] ?? []
        let place = known.firstIndex(of: parts) ?? known.count
        if place == known.count { readings[key] = known + [parts] }
        let name = place == 0 ? key.name : "\(key.name) (reading \(place + 1))"
        return KernelSetKey(table: key.table, name: name)
    }
}

extension KernelSets {
    private func members(of set: KernelSet, _ parts: [KernelKeyPart]) -> NamedSet {
        let unread = NamedSet(unknown: Unknown(.hidden, "elements of set \(set.name)"))
        if set.isOdd { return unread }
        if set.hasAll { return NamedSet(members: KernelSets.everything(parts)) }
        if let ranges = set.ranges(parts) {
            return NamedSet(
                members: ValueSet(
                    IntervalSet(
                        ranges.filter { !set.marks[$0.element].contains(.passes) }.map(\.0))),
                passing: ValueSet(
                    IntervalSet(ranges.filter { set.marks[$0.element].contains(.passes) }.map(\.0)))
            )
        }
        var (members, passing): ([[Component]], [[Component]]) = ([], [])
        let isRead = set.forEachKey(parts, interfaces) { key, element in
            if set.marks[element].contains(.passes) {
                passing.append(key)
            } else {
                members.append(key)
            }
        }
        guard isRead else { return unread }
        return NamedSet(members: ValueSet(keys: members), passing: ValueSet(keys: passing))
    }

    private static func everything(_ parts: [KernelKeyPart]) -> ValueSet {
        ValueSet(keys: [
            parts.map { part in
                switch part {
                case .number(let bytes): Component.anything(width: bytes * 8)
                case .interfaceName, .interfaceIndex: Component.interfaces(["*"])
                }
            }
        ])
    }

    // What a timeout removes is left out, and everything it may say is unknown.
    private func pairs(
        of set: KernelSet, _ parts: [KernelKeyPart]
    ) -> (pairs: [(key: [Component], element: Int)], isWhole: Bool) {
        var pairs: [(key: [Component], element: Int)] = []
        var isWhole = !set.isOdd && !set.isDynamic
        let isRead = set.forEachKey(parts, interfaces) { key, element in
            if set.marks[element].contains(.passes) {
                isWhole = false
            } else {
                pairs.append((key, element))
            }
        }
        return isRead ? (pairs, isWhole) : ([], false)
    }

    private func verdicts(of set: KernelSet, _ parts: [KernelKeyPart]) -> VerdictMap {
        var (pairs, isWhole) = self.pairs(of: set, parts)
        var verdicts: [(key: [Component], verdict: RuleVerdict)] = []
        for (key, element) in pairs {
            guard case .verdict(let verdict) = set.datums[element] else {
                isWhole = false
                continue
            }
            verdicts.append((key, verdict))
        }
        pairs = []
        let unknown = isWhole ? nil : Unknown(.hidden, "elements of map \(set.name)")
        guard unknown == nil else { return VerdictMap(verdicts, unknown: unknown) }
        guard case .verdict(let fallback)? = set.fallback else { return VerdictMap(verdicts) }
        return VerdictMap(verdicts, fallback: fallback)
    }

    private func data(of set: KernelSet, _ parts: [KernelKeyPart], width: Int) -> DataMap {
        var (pairs, isWhole) = self.pairs(of: set, parts)
        var values: [(key: [Component], value: UInt128)] = []
        for (key, element) in pairs {
            guard case .value(let value) = set.datums[element] else {
                isWhole = false
                continue
            }
            values.append((key, value))
        }
        pairs = []
        let unknown = isWhole ? nil : Unknown(.hidden, "elements of map \(set.name)")
        guard unknown == nil else { return DataMap(values, width: width, unknown: unknown) }
        guard case .value(let fallback)? = set.fallback else {
            return DataMap(values, width: width)
        }
        return DataMap(values, width: width, fallback: fallback)
    }
}

extension KernelSets {
    /// Puts what the rules ask for into the tables.
    func store(in tables: inout [FilterTable]) {
        for (key, set) in sets { tables[key.table].sets[key.name] = set }
        for (key, map) in verdictMaps { tables[key.table].verdictMaps[key.name] = map }
        for (key, map) in dataMaps { tables[key.table].dataMaps[key.name] = map }
        for (key, parts) in readings {
            for place in parts.indices {
                let name = place == 0 ? key.name : "\(key.name) (reading \(place + 1))"
                change(&tables[key.table], name, key, isOnly: parts.count == 1)
            }
        }
    }

    private func change(
        _ table: inout FilterTable, _ name: String, _ key: KernelSetKey, isOnly: Bool
    ) {
        let isFilled = filled.contains(key) || told[key]?.isDynamic == true
        let isEmptied = emptied.contains(key)
        if var set = table.sets[name] {
            if isEmptied {
                // A packet can take a member out, as a timeout does.
                set.passing.formUnion(set.members)
                set.members = ValueSet()
            }
            set.isFilledByPackets = isFilled
            if isFilled, !isOnly { set.unknown = Unknown(.hidden, "keys of set \(key.name)") }
            table.sets[name] = set
        }
        guard isFilled || isEmptied else { return }
        let unknown = Unknown(.hidden, "packets change map \(key.name)")
        if let map = table.verdictMaps[name] {
            table.verdictMaps[name] = VerdictMap(
                isEmptied
                    ? [] : map.entries.flatMap { e in e.keys.keys.map { ($0, e.verdict) } },
                unknown: unknown)
        }
        if let map = table.dataMaps[name] {
            table.dataMaps[name] = DataMap(
                isEmptied ? [] : map.entries.flatMap { e in e.keys.keys.map { ($0, e.value) } },
                width: map.width, unknown: unknown)
        }
    }
}
