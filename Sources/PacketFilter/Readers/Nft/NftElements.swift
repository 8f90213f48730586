/// The elements of a set or map as they are read.
struct NftElements {
    /// Keys that are one number, the bulk of large sets.
    var ranges: [ClosedRange<UInt128>] = []
    var tuples: [[Component]] = []
    /// The same of elements that a timeout removes.
    var passingRanges: [ClosedRange<UInt128>] = []
    var passingTuples: [[Component]] = []
    var verdicts: [(key: [Component], verdict: RuleVerdict)] = []
    var values: [(key: [Component], value: UInt128)] = []
    var verdictFallback: RuleVerdict?
    var valueFallback: UInt128?
    /// An element has a timeout of its own.
    var hasTimeout = false
    /// Every key is in it (`*`).
    var hasAll = false
    /// A value of a map that is no one number, such as a range.
    var hasOddValue = false
    /// A value of a map that a timeout removes.
    var hasPassingValue = false
    /// How many keys there are, `*` not among them.
    var count: Int {
        ranges.count + tuples.count + passingRanges.count + passingTuples.count + verdicts.count
            + values.count
    }

    mutating func add(_ key: [Component], isPassing: Bool) {
        if key.count == 1, case .numbers(let numbers) = key[0] {
            if isPassing {
                passingRanges += numbers.ranges
            } else {
                ranges += numbers.ranges
            }
        } else if isPassing {
            passingTuples.append(key)
        } else {
            tuples.append(key)
        }
    }

    /// The keys that stay.
    func members(_ types: [NftType]) -> ValueSet {
        if hasAll { return ValueSet.everything(types) }
        return ValueSet(IntervalSet(ranges), tuples: tuples)
    }

    /// The keys that a timeout removes.
    var passing: ValueSet {
        ValueSet(IntervalSet(passingRanges), tuples: passingTuples)
    }
}

extension ValueSet {
    /// Every key of these types.
    static func everything(_ types: [NftType]) -> ValueSet {
        ValueSet(keys: [types.map { Component.anything(width: $0.width) }])
    }
}
