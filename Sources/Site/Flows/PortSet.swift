/// Ports as ranges that neither touch nor overlap, in their order.
struct PortSet {
    let ranges: [PortRange]

    init(_ ranges: [PortRange]) {
        var merged: [PortRange] = []
        for range in ranges.sorted(by: { $0.first < $1.first }) {
            if let last = merged.last, UInt32(range.first) <= UInt32(last.last) + 1 {
                merged[merged.count - 1].last = max(last.last, range.last)
            } else {
                merged.append(range)
            }
        }
        self.ranges = merged
    }

    /// Whether a port is one of them, found by halving.
    func contains(_ port: UInt16) -> Bool {
        var candidates = ranges[...]
        while let middle = candidates.indices.dropFirst(candidates.count / 2).first {
            if port < ranges[middle].first {
                candidates = candidates[..<middle]
            } else if port > ranges[middle].last {
                candidates = candidates[(middle + 1)...]
            } else {
                return true
            }
        }
        return false
    }
}
