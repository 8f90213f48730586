/// What the declaration of a set or map says besides its type.
struct NftSetTraits: Hashable {
    var isDynamic = false
    var hasTimeout = false
    /// Its elements have a timeout of the set's own.
    var expires = false
    var isInterval = false
    var mergesIntervals = false
    /// Its elements carry a counter or their like.
    var hasStatement = false
    var size: Int?
}

extension NftReader {
    /// Notes elements that nft or the kernel may not take together.
    mutating func check(
        _ elements: NftElements, _ type: NftSetType, _ traits: NftSetTraits
    ) {
        guard mode == .file else { return }
        let place = tokens.place
        if elements.hasTimeout, !traits.hasTimeout { doubt(place, "a timeout of an element") }
        if !traits.isInterval, elements.hasWideKeys {
            doubt(place, "a range in a set that has none")
        }
        if elements.verdictFallback != nil || elements.valueFallback != nil, !traits.isInterval {
            doubt(place, "an element of everything")
        }
        let isMap = type.data != .none
        if isMap || traits.isInterval && !traits.mergesIntervals,
            elements.overlap(onlyOnce: isMap)
        {
            doubt(place, "elements that overlap")
        }
        if traits.isInterval, type.keys.count > 1, elements.overlap(onlyOnce: true) {
            doubt(place, "elements that overlap")
        }
    }

    /// Notes what a set or map may not take because of what it has, or of what another command
    /// gives it.
    mutating func check(
        _ addition: NftAddition, with table: Int, _ name: String, _ type: NftSetType,
        _ traits: NftSetTraits
    ) {
        guard mode == .file else { return }
        let owner = ruleset.tables[table]
        let elements = addition.elements
        let place = tokens.place
        // Older kernels count both ends of a range.
        let count = traits.isInterval ? 2 * elements.count + 1 : elements.count
        if let size = traits.size, count > size { doubt(place, "more elements than the size") }
        switch type.data {
        case .none:
            guard traits.isInterval, !traits.mergesIntervals, let old = owner.sets[name] else {
                return
            }
            let had = [old.members, old.passing]
            let hasTuples =
                had.contains { !$0.tuples.isEmpty }
                || addition.isOfSeveral && !(elements.tuples + elements.passingTuples).isEmpty
            if hasTuples || elements.overlap(had.flatMap(\.numbers.ranges)) {
                doubt(place, "elements that overlap")
            }
        case .verdict:
            if addition.isOfSeveral || owner.verdictMaps[name]?.entries.isEmpty == false {
                doubt(place, "elements that overlap")
            }
        case .numbers, .objects:
            if addition.isOfSeveral || owner.dataMaps[name]?.entries.isEmpty == false {
                doubt(place, "elements that overlap")
            }
        }
    }
}

extension Component {
    /// It is more than one value.
    var isWide: Bool {
        switch self {
        case .numbers(let numbers):
            numbers.ranges.count != 1
                || numbers.ranges[0].lowerBound != numbers.ranges[0].upperBound
        case .interfaces(let names): names.contains { $0.hasSuffix("*") }
        }
    }

    fileprivate func overlaps(_ other: Component) -> Bool {
        switch (self, other) {
        case (.numbers(let left), .numbers(let right)):
            !left.intersection(right, width: 128).isEmpty
        case (.interfaces(let left), .interfaces(let right)):
            left.contains { one in
                right.contains { two in
                    one == two
                        || one.hasSuffix("*") && two.hasPrefix(String(one.dropLast()))
                        || two.hasSuffix("*") && one.hasPrefix(String(two.dropLast()))
                }
            }
        default: true
        }
    }
}

extension NftElements {
    /// The keys that are not among its ranges.
    fileprivate var otherKeys: [[Component]] {
        tuples + passingTuples + verdicts.map(\.key) + values.map(\.key)
    }

    fileprivate var hasWideKeys: Bool {
        (ranges + passingRanges).contains { $0.lowerBound != $0.upperBound }
            || otherKeys.contains { $0.contains(where: \.isWide) }
    }

    /// Whether two of its ranges and these have a number in common.
    fileprivate func overlap(_ others: [ClosedRange<UInt128>]) -> Bool {
        (ranges + passingRanges + others).overlap
    }

    /// Whether two keys have a value in common.
    fileprivate func overlap(onlyOnce: Bool) -> Bool {
        (ranges + passingRanges).overlap || otherKeys.overlap(onlyOnce: onlyOnce)
    }
}

extension [ClosedRange<UInt128>] {
    /// Whether two of the ranges have a number in common.
    fileprivate var overlap: Bool {
        let sorted = self.sorted { $0.lowerBound < $1.lowerBound }
        return zip(sorted, sorted.dropFirst()).contains { $1.lowerBound <= $0.upperBound }
    }
}

extension [[Component]] {
    /// Whether two keys have a value in common; keys of single values may be the same unless each
    /// may stand only once.
    func overlap(onlyOnce: Bool) -> Bool {
        var numbers: [ClosedRange<UInt128>] = []
        var others: [[Component]] = []
        for key in self {
            if key.count == 1, case .numbers(let set) = key[0] {
                numbers += set.ranges
            } else {
                others.append(key)
            }
        }
        if numbers.overlap { return true }
        if !others.contains(where: { $0.contains(where: \.isWide) }) {
            return onlyOnce && Set(others).count != others.count
        }
        // Each pair is compared; where there are too many, they may overlap.
        guard others.count <= 1000 else { return true }
        for (place, left) in others.enumerated() {
            for right in others[(place + 1)...]
            where left.count != right.count || zip(left, right).allSatisfy({ $0.overlaps($1) }) {
                return true
            }
        }
        return false
    }
}
