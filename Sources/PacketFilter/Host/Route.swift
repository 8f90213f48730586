/// A way that the host knows to other hosts.
package struct Route: Hashable, Sendable {
    package var destination: Prefix
    /// The interface; nothing: packets are refused (`unreachable`, `blackhole`, `prohibit`).
    package var interface: String?
    /// Of two routes to one prefix the smaller is taken.
    package var metric: UInt32

    /// A route by its parts.
    package init(_ destination: Prefix, interface: String?, metric: UInt32 = 0) {
        self.destination = destination
        self.interface = interface
        self.metric = metric
    }
}

/// Every address of one family, with the interface to which the longest prefix sends it.
struct RoutingTable {
    /// The addresses of each interface; under no name those that are refused.
    private(set) var addresses: [String?: IntervalSet] = [:]

    init(_ routes: [Route], family: Address.Family) {
        // Outer prefixes first: what is put on top of the stack is the longest that fits.
        let sorted = routes.filter { $0.destination.family == family }.sorted {
            ($0.destination.first.number, $0.destination.length, $0.metric)
                < ($1.destination.first.number, $1.destination.length, $1.metric)
        }
        var found: [String?: [ClosedRange<UInt128>]] = [:]
        var stack: [Route] = []
        var next: UInt128 = 0
        func close(before limit: UInt128?) {
            while let top = stack.last {
                let last = top.destination.range.upperBound
                if let limit, last >= limit {
                    if limit > next { found[top.interface, default: []].append(next...(limit - 1)) }
                    return
                }
                if last >= next {
                    found[top.interface, default: []].append(next...last)
                    next = last == .max ? last : last + 1
                }
                stack.removeLast()
                if last == .max { next = .max }
            }
        }
        for route in sorted {
            // The same prefix with a larger metric is never taken.
            if stack.last?.destination == route.destination { continue }
            let first = route.destination.first.number
            close(before: first)
            next = max(next, first)
            stack.append(route)
        }
        close(before: nil)
        addresses = found.mapValues { IntervalSet($0) }
    }
}
