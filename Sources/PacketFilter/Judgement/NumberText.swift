/// Sets of numbers and addresses as short texts.
enum NumberText {
    /// More pieces than this are counted, not listed.
    static let longest = 32

    /// Numbers and ranges, `any` for all, `not …` where that is shorter.
    static func text(
        _ set: IntervalSet, width: Int, _ name: (UInt128) -> String
    ) -> String {
        let pieces = { (set: IntervalSet) in
            set.ranges.prefix(longest).map { range in
                range.count(below: 3).map { list in list.map(name).joined(separator: " ") }
                    ?? "\(name(range.lowerBound))-\(name(range.upperBound))"
            }
        }
        return shorter(set, width: width, pieces)
    }

    /// Prefixes and ranges of addresses, `any` for all, `not …` where that is shorter.
    static func text(_ set: IntervalSet, _ family: Address.Family) -> String {
        shorter(set, width: family.width) { set in
            set.ranges.prefix(longest).map { range in
                let first = Address(family, range.lowerBound)
                guard let prefix = Prefix(exactly: range, family) else {
                    return "\(first)-\(Address(family, range.upperBound))"
                }
                return prefix.description
            }
        }
    }

    private static func shorter(
        _ set: IntervalSet, width: Int, _ pieces: (IntervalSet) -> [String]
    ) -> String {
        let rest = set.complement(width: width)
        if rest.isEmpty { return "any" }
        if set.isEmpty { return "none" }
        let isLong = set.ranges.count > rest.ranges.count || startsAndEnds(set, width)
        return isLong
            ? "not " + listed(pieces(rest), of: rest.ranges.count)
            : listed(pieces(set), of: set.ranges.count)
    }

    /// It reaches from the first number to the last, with holes.
    private static func startsAndEnds(_ set: IntervalSet, _ width: Int) -> Bool {
        set.ranges.count > 1 && set.ranges.first?.lowerBound == 0
            && set.ranges.last?.upperBound == IntervalSet.largest(width)
    }

    private static func listed(_ pieces: [String], of count: Int) -> String {
        let text = pieces.joined(separator: " ")
        return count <= longest ? text : text + " and \(count - longest) more"
    }
}

extension ClosedRange<UInt128> {
    /// Its numbers, if they are fewer than the limit.
    fileprivate func count(below limit: UInt128) -> [UInt128]? {
        upperBound - lowerBound < limit - 1 ? Array(self) : nil
    }
}

extension Prefix {
    /// The prefix that has exactly these addresses, if there is one.
    package init?(exactly range: ClosedRange<UInt128>, _ family: Address.Family) {
        let size = range.upperBound - range.lowerBound
        guard size & (size &+ 1) == 0, range.lowerBound & size == 0 else { return nil }
        let hostBits = 128 - size.leadingZeroBitCount
        self.init(Address(family, range.lowerBound), length: family.width - hostBits)
    }
}
