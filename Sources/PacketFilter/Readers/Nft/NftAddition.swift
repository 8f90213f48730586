/// What commands have given a set or map since it was looked at; to merge what each of them gives
/// would take too long.
struct NftAddition {
    private(set) var elements = NftElements()
    /// How many commands have given some.
    private var commands = 0

    mutating func add(_ elements: NftElements) {
        commands += 1
        self.elements.append(elements)
    }

    /// Two commands give something.
    var isOfSeveral: Bool { commands > 1 }
}

extension NftReader {
    /// Puts what was added to a set or map in.
    mutating func settle(_ key: NftSetKey) {
        guard let addition = added.removeValue(forKey: key), let type = setTypes[key],
            let traits = setTraits[key], let table = ruleset.index(of: key.table, key.family)
        else { return }
        check(addition, with: table, key.name, type, traits)
        ruleset.tables[table].add(addition.elements, to: key.name, type)
    }

    /// The same of all sets and maps of some tables.
    mutating func settle(where isMeant: (NftTableKey) -> Bool) {
        for key in added.keys where isMeant(NftTableKey(family: key.family, name: key.table)) {
            settle(key)
        }
    }
}

extension FilterTable {
    /// Makes a set or map, where there is none.
    mutating func declare(_ name: String, _ type: NftSetType, isFilledByPackets: Bool) {
        let unknown =
            isFilledByPackets ? Unknown(.hidden, "packets add to map \(name)") : nil
        switch type.data {
        case .none:
            if isFilledByPackets {
                sets[name, default: NamedSet()].isFilledByPackets = true
            } else if sets[name] == nil {
                sets[name] = NamedSet()
            }
        case .verdict:
            if verdictMaps[name] == nil { verdictMaps[name] = VerdictMap() }
            if let unknown { verdictMaps[name]?.unknown = unknown }
        case .numbers(let types):
            let width = types.reduce(0) { $0 + $1.width }
            if dataMaps[name]?.width != width { dataMaps[name] = DataMap(width: width) }
            if let unknown { dataMaps[name]?.unknown = unknown }
        case .objects: dataMaps[name] = DataMap(width: 0)
        }
    }

    /// Adds elements to a set or map that was declared.
    fileprivate mutating func add(
        _ elements: NftElements, to name: String, _ type: NftSetType
    ) {
        switch type.data {
        case .none:
            sets[name]?.members.formUnion(elements.members(type.keys))
            sets[name]?.passing.formUnion(elements.passing)
        case .verdict:
            guard let old = verdictMaps[name] else { return }
            verdictMaps[name] = VerdictMap(elements, name, addedTo: old)
        case .numbers:
            guard let old = dataMaps[name] else { return }
            dataMaps[name] = DataMap(elements, name, addedTo: old)
        case .objects: break
        }
    }
}

extension ValueSet {
    /// Adds the keys of another set.
    mutating func formUnion(_ other: ValueSet) {
        numbers = numbers.union(other.numbers)
        tuples += other.tuples
    }

    /// Its keys one by one.
    var keys: [[Component]] {
        numbers.ranges.map { [.numbers(IntervalSet([$0]))] } + tuples
    }
}

extension VerdictMap {
    /// The map of this name with what it had and these elements.
    init(_ elements: NftElements, _ name: String, addedTo old: VerdictMap) {
        let pairs = old.entries.flatMap { entry in entry.keys.keys.map { ($0, entry.verdict) } }
        self.init(
            elements.verdicts + pairs, fallback: elements.verdictFallback ?? old.fallback,
            unknown: elements.unknownValues(of: name) ?? old.unknown)
    }
}

extension DataMap {
    /// The map of this name with what it had and these elements.
    init(_ elements: NftElements, _ name: String, addedTo old: DataMap) {
        let pairs = old.entries.flatMap { entry in entry.keys.keys.map { ($0, entry.value) } }
        self.init(
            elements.values + pairs, width: old.width,
            fallback: elements.valueFallback ?? old.fallback,
            unknown: elements.unknownValues(of: name) ?? old.unknown)
    }
}

extension NftElements {
    /// Adds the elements that another command gives.
    fileprivate mutating func append(_ other: NftElements) {
        ranges += other.ranges
        tuples += other.tuples
        passingRanges += other.passingRanges
        passingTuples += other.passingTuples
        verdicts += other.verdicts
        values += other.values
        verdictFallback = other.verdictFallback ?? verdictFallback
        valueFallback = other.valueFallback ?? valueFallback
        hasTimeout = hasTimeout || other.hasTimeout
        hasAll = hasAll || other.hasAll
        hasOddValue = hasOddValue || other.hasOddValue
        hasPassingValue = hasPassingValue || other.hasPassingValue
    }

    /// What is not known of the values of a map.
    fileprivate func unknownValues(of name: String) -> Unknown? {
        if hasOddValue { return Unknown(.hidden, "values of map \(name)") }
        // What a timeout removes is there today, and not tomorrow.
        return hasPassingValue ? Unknown(.hidden, "elements of map \(name)") : nil
    }
}
