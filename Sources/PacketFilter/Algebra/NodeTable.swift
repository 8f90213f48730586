/// The nodes of reduced ordered binary decision diagrams, each held once.
///
/// Flat arrays and numbers instead of objects: a node is 16 bytes, and comparing two sets is
/// comparing two numbers. A set and its complement share their nodes: the lowest bit of an edge
/// says that the rest of it is meant the other way round. See Bryant, "Graph-Based Algorithms for
/// Boolean Function Manipulation", IEEE Transactions on Computers C-35 (1986), and Brace, Rudell
/// and Bryant, "Efficient Implementation of a BDD Package", DAC 1990.
struct NodeTable {
    /// A question about one bit: which edge answers for 0, and which for 1.
    struct Node: Equatable {
        var variable: UInt32
        /// Never a complemented one, so that a set has one form.
        var low: UInt32
        var high: UInt32
        /// The last variable that anything below it asks for.
        var last: UInt32
    }

    /// A remembered answer of `both`; edge 0 is never asked about.
    private struct Pair {
        var left: UInt32 = 0
        var right: UInt32 = 0
        var result: UInt32 = 0
    }

    /// A remembered answer of `choose`.
    private struct Choice {
        var condition: UInt32 = 0
        var high: UInt32 = 0
        var low: UInt32 = 0
        var result: UInt32 = 0
    }

    /// Node 0 is the empty set; its variable is past every other.
    private(set) var nodes: [Node]
    /// Places of nodes, with a part of their hash above, so that few others are looked at.
    private var slots: [UInt32]
    private var pairs: [Pair]
    private var choices: [Choice]
    private var steps = 0
    private let nodeLimit: Int
    private let stepLimit: Int

    static let terminal = UInt32.max
    private static let smallest = 1 << 12
    /// So many slots are a line of the processor's cache.
    private static let line = 16
    private static let mostPairs = 1 << 20
    private static let mostChoices = 1 << 16

    init(nodeLimit: Int, stepLimit: Int) {
        self.nodeLimit = min(nodeLimit, Int(NodeTable.index))
        self.stepLimit = stepLimit
        nodes = [Node(variable: NodeTable.terminal, low: 0, high: 0, last: 0)]
        slots = Array(repeating: 0, count: NodeTable.smallest)
        pairs = Array(repeating: Pair(), count: NodeTable.smallest)
        choices = Array(repeating: Choice(), count: NodeTable.smallest)
    }

    /// The variable that an edge asks for.
    func variable(_ edge: UInt32) -> UInt32 { nodes[Int(edge >> 1)].variable }

    /// The last variable that a set asks for.
    func last(_ edge: UInt32) -> UInt32 { nodes[Int(edge >> 1)].last }

    /// What an edge leads to for 0 and for 1.
    func parts(_ edge: UInt32) -> (variable: UInt32, low: UInt32, high: UInt32) {
        let node = nodes[Int(edge >> 1)]
        return (node.variable, node.low ^ (edge & 1), node.high ^ (edge & 1))
    }

    /// Whether the packet of an assignment is in a set.
    func contains(_ edge: UInt32, _ bits: Assignment) -> Bool {
        var edge = edge
        while edge > 1 {
            let node = nodes[Int(edge >> 1)]
            edge = (bits[Int(node.variable)] ? node.high : node.low) ^ (edge & 1)
        }
        return edge == 1
    }

    /// The edge that asks for `variable`, its node made at most once.
    mutating func make(
        _ variable: UInt32, low: UInt32, high: UInt32
    ) throws(PacketFilterError) -> UInt32 {
        if low == high { return low }
        let turned = low & 1
        let (low, high) = (low ^ turned, high ^ turned)
        let hash = NodeTable.hash(low, high, variable)
        var places = self.places(low, high, hash)
        while slots[places.slot] != 0 {
            let found = slots[places.slot]
            if found & ~NodeTable.index == NodeTable.slot(hash, 0) {
                let place = found & NodeTable.index
                let node = nodes[Int(place)]
                if node.low == low, node.high == high, node.variable == variable {
                    return place << 1 | turned
                }
            }
            places.advance()
        }
        guard nodes.count < nodeLimit else {
            throw PacketFilterError(.tooComplex, "\(nodeLimit) nodes")
        }
        let index = UInt32(truncatingIfNeeded: nodes.count)
        let last = max(variable, nodes[Int(low >> 1)].last, nodes[Int(high >> 1)].last)
        // An array of this size must not double.
        if nodes.count == nodes.capacity { nodes.reserveCapacity(nodes.count * 3 / 2) }
        nodes.append(Node(variable: variable, low: low, high: high, last: last))
        slots[places.slot] = NodeTable.slot(hash, index)
        if nodes.count * 2 > slots.count { grow() }
        return index << 1 | turned
    }

    /// The packets of a set for which the variables, first the highest bit, are those of a number.
    mutating func path(
        _ variables: Range<Int>, _ number: UInt128, of set: UInt32
    ) throws(PacketFilterError) -> UInt32 {
        var (packets, rest) = (set, number)
        try step(variables.count)
        for variable in variables.reversed() {
            let isOne = rest & 1 == 1
            packets = try make(
                UInt32(truncatingIfNeeded: variable), low: isOne ? 0 : packets,
                high: isOne ? packets : 0)
            rest >>= 1
        }
        return packets
    }

    /// What is in both sets.
    mutating func both(_ one: UInt32, _ other: UInt32) throws(PacketFilterError) -> UInt32 {
        // The cache does not know that the order is of no matter.
        let (left, right) = one < other ? (one, other) : (other, one)
        if left < 2 { return left == 0 ? 0 : right }
        if left ^ right < 2 { return left == right ? left : 0 }
        let place = NodeTable.place(left, right)
        let known = pairs[place & (pairs.count - 1)]
        if known.left == left, known.right == right { return known.result }
        try step()
        let (l, r) = (parts(left), parts(right))
        let top = min(l.variable, r.variable)
        let whenZero = try both(
            l.variable == top ? l.low : left, r.variable == top ? r.low : right)
        let whenOne = try both(
            l.variable == top ? l.high : left, r.variable == top ? r.high : right)
        let result = try make(top, low: whenZero, high: whenOne)
        // The cache may have grown meanwhile.
        pairs[place & (pairs.count - 1)] = Pair(left: left, right: right, result: result)
        return result
    }

    /// Whether something is in both sets, of which some pairs are known to have nothing in common.
    mutating func meet(
        _ one: UInt32, _ other: UInt32, _ apart: inout DiagramMap
    ) throws(PacketFilterError) -> Bool {
        let (left, right) = one < other ? (one, other) : (other, one)
        // What is no constant has something in it.
        if left < 2 { return left == 1 }
        if left ^ right < 2 { return left == right }
        let pair = (Diagram(node: left), Diagram(node: right))
        if apart[pair.0, pair.1] != nil { return false }
        try step()
        let (l, r) = (parts(left), parts(right))
        let top = min(l.variable, r.variable)
        let isLow = try meet(
            l.variable == top ? l.low : left, r.variable == top ? r.low : right, &apart)
        if isLow { return true }
        let isHigh = try meet(
            l.variable == top ? l.high : left, r.variable == top ? r.high : right, &apart)
        if isHigh { return true }
        apart[pair.0, pair.1] = Diagram.none
        return false
    }

    /// What is in either set.
    mutating func either(_ one: UInt32, _ other: UInt32) throws(PacketFilterError) -> UInt32 {
        try both(one ^ 1, other ^ 1) ^ 1
    }

    /// The set that is `high` inside `condition` and `low` outside it.
    mutating func choose(
        _ condition: UInt32, _ high: UInt32, _ low: UInt32
    ) throws(PacketFilterError) -> UInt32 {
        if condition < 2 { return condition == 1 ? high : low }
        if high == low { return high }
        if high < 2 || high ^ condition < 2 {
            let isAll = high == 1 || high == condition
            return try isAll ? either(condition, low) : both(condition ^ 1, low)
        }
        if low < 2 || low ^ condition < 2 {
            let isAll = low == 1 || low ^ condition == 1
            return try isAll ? either(condition ^ 1, high) : both(condition, high)
        }
        // Of the four ways to write a question, the one with these two edges as they are.
        if condition & 1 == 1 { return try choose(condition ^ 1, low, high) }
        if high & 1 == 1 { return try choose(condition, high ^ 1, low ^ 1) ^ 1 }
        let place = NodeTable.hash(condition, high, low)
        let known = choices[place & (choices.count - 1)]
        if known.condition == condition, known.high == high, known.low == low {
            return known.result
        }
        try step()
        let (c, h, l) = (parts(condition), parts(high), parts(low))
        let top = min(c.variable, h.variable, l.variable)
        let whenZero = try choose(
            c.variable == top ? c.low : condition, h.variable == top ? h.low : high,
            l.variable == top ? l.low : low)
        let whenOne = try choose(
            c.variable == top ? c.high : condition, h.variable == top ? h.high : high,
            l.variable == top ? l.high : low)
        let result = try make(top, low: whenZero, high: whenOne)
        choices[place & (choices.count - 1)] = Choice(
            condition: condition, high: high, low: low, result: result)
        return result
    }

    /// Counts some steps of work, so that no question runs for ever.
    mutating func step(_ count: Int = 1) throws(PacketFilterError) {
        steps += count
        if steps > stepLimit { throw PacketFilterError(.tooComplex, "\(stepLimit) steps") }
    }

    private mutating func grow() {
        slots = Array(repeating: 0, count: slots.count * 2)
        for index in 1..<nodes.count {
            let node = nodes[index]
            let hash = NodeTable.hash(node.low, node.high, node.variable)
            var places = self.places(node.low, node.high, hash)
            while slots[places.slot] != 0 { places.advance() }
            slots[places.slot] = NodeTable.slot(hash, UInt32(truncatingIfNeeded: index))
        }
        if pairs.count < min(slots.count / 2, NodeTable.mostPairs) {
            let old = pairs
            pairs = Array(repeating: Pair(), count: slots.count / 2)
            for pair in old where pair.left != 0 {
                pairs[NodeTable.place(pair.left, pair.right) & (pairs.count - 1)] = pair
            }
        }
        if choices.count < min(slots.count, NodeTable.mostChoices) {
            choices = Array(repeating: Choice(), count: slots.count)
        }
    }

    /// Where a node may stand, one place after the other: a line of the processor's cache, and
    /// then other ones.
    private struct Places {
        var slot: Int
        let mask: Int
        /// An odd number of lines, so that each of them is come by.
        let step: Int

        mutating func advance() {
            slot += 1
            if slot % NodeTable.line == 0 { slot = (slot &- NodeTable.line &+ step) & mask }
        }
    }

    /// A node that has one child stands beside the others of its neighbourhood, so that a walk down
    /// a long path stays in few lines.
    private func places(_ low: UInt32, _ high: UInt32, _ hash: Int) -> Places {
        let mask = slots.count - NodeTable.line
        let first = low < 2 || high < 2 ? Int(max(low, high)) : hash
        return Places(slot: first & mask, mask: mask, step: (hash &* 2 | 1) &* NodeTable.line)
    }

    /// The bits of a slot that are the place of a node.
    private static let index: UInt32 = 1 << 22 - 1

    private static func slot(_ hash: Int, _ index: UInt32) -> UInt32 {
        UInt32(truncatingIfNeeded: hash) & ~NodeTable.index | index
    }

    /// Questions about a set and its neighbours are near each other, for the same reason.
    private static func place(_ left: UInt32, _ right: UInt32) -> Int {
        hash(left, 0, 0) &+ Int(right)
    }

    private static func hash(_ a: UInt32, _ b: UInt32, _ c: UInt32) -> Int {
        var hash = (UInt64(a) << 32 | UInt64(b)) &* 0x9E37_79B9_7F4A_7C15
        hash ^= (hash >> 29) ^ UInt64(c) &* 0xBF58_476D_1CE4_E5B9
        hash = hash &* 0x94D0_49BB_1331_11EB
        return Int(truncatingIfNeeded: hash >> 31)
    }
}
