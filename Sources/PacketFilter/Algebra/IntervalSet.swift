/// A set of numbers as sorted, disjoint ranges that do not touch.
package struct IntervalSet: Hashable, Sendable {
    package private(set) var ranges: [ClosedRange<UInt128>]

    /// The numbers of all given ranges, in whatever order they come.
    package init(_ ranges: some Sequence<ClosedRange<UInt128>>) {
        var merged: [ClosedRange<UInt128>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            guard let last = merged.last else {
                merged.append(range)
                continue
            }
            let touches =
                range.lowerBound <= last.upperBound || range.lowerBound - 1 == last.upperBound
            if touches {
                let upper = max(last.upperBound, range.upperBound)
                merged[merged.count - 1] = last.lowerBound...upper
            } else {
                merged.append(range)
            }
        }
        self.ranges = merged
    }

    /// One number.
    package init(_ number: UInt128) {
        ranges = [number...number]
    }

    /// The numbers of `width` bits that begin with the first `length` bits of `value`.
    package init(prefix value: UInt128, length: Int, width: Int) {
        let mask = IntervalSet.largest(width - length)
        ranges = [(value & ~mask)...(value | mask)]
    }

    /// No number.
    package static let empty = IntervalSet([])

    /// It has no number.
    package var isEmpty: Bool { ranges.isEmpty }

    /// Its smallest number.
    package var first: UInt128? { ranges.first?.lowerBound }

    /// The largest number of so many bits.
    package static func largest(_ width: Int) -> UInt128 {
        width >= 128 ? .max : (1 << UInt128(max(0, width))) - 1
    }

    /// Whether the number is in it.
    package func contains(_ number: UInt128) -> Bool {
        let index = firstRange(endingAtOrAfter: number, in: ranges.indices)
        return index < ranges.endIndex && ranges[index].lowerBound <= number
    }

    /// The numbers of `width` bits that are not in it.
    package func complement(width: Int) -> IntervalSet {
        let last = IntervalSet.largest(width)
        var rest: [ClosedRange<UInt128>] = []
        var next: UInt128 = 0
        for range in ranges where range.lowerBound <= last {
            if range.lowerBound > next { rest.append(next...(range.lowerBound - 1)) }
            if range.upperBound >= last { return IntervalSet(rest) }
            next = range.upperBound + 1
        }
        rest.append(next...last)
        return IntervalSet(rest)
    }

    /// The numbers of either.
    package func union(_ other: IntervalSet) -> IntervalSet {
        IntervalSet(ranges + other.ranges)
    }

    /// The numbers of `width` bits of both.
    package func intersection(_ other: IntervalSet, width: Int) -> IntervalSet {
        complement(width: width).union(other.complement(width: width)).complement(width: width)
    }

    /// The first number and the count of the last bits that are as they like, if it has exactly the
    /// numbers that share the bits before.
    var prefix: (first: UInt128, free: Int)? {
        guard ranges.count == 1, let free = IntervalSet.freeBits(ranges[0]) else { return nil }
        return (ranges[0].lowerBound, free)
    }

    /// How many of the last bits are as they like in numbers that share all bits before.
    static func freeBits(_ range: ClosedRange<UInt128>) -> Int? {
        let size = range.upperBound - range.lowerBound
        guard size & (size &+ 1) == 0, range.lowerBound & size == 0 else { return nil }
        return 128 - size.leadingZeroBitCount
    }

    /// The place of the first range that does not end before `number`.
    func firstRange(endingAtOrAfter number: UInt128, in part: Range<Int>) -> Int {
        var (low, high) = (part.lowerBound, part.upperBound)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < number { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The place of the first range that begins at or after `number`.
    func firstRange(beginningAtOrAfter number: UInt128, in part: Range<Int>) -> Int {
        var (low, high) = (part.lowerBound, part.upperBound)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].lowerBound < number { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
