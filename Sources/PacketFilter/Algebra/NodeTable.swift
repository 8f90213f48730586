/// The nodes of reduced ordered binary decision diagrams, each held once.
///
/// Flat arrays and indices instead of objects: a node is 12 bytes, and comparing two sets is
/// comparing two numbers. See Bryant, "Graph-Based Algorithms for Boolean Function Manipulation",
/// IEEE Transactions on Computers C-35 (1986), and Brace, Rudell and Bryant, DAC 1990.
struct NodeTable {
    /// A question about one bit: which node answers for 0, and which for 1.
    struct Node: Equatable {
        var variable: UInt32
        var low: UInt32
        var high: UInt32
    }

    /// A remembered answer of `choose`.
    private struct Answer {
        var condition: UInt32 = 0
        var high: UInt32 = 0
        var low: UInt32 = 0
        var result: UInt32 = 0
    }

    /// Nodes 0 and 1 are the constants; their variable is past every other.
    private(set) var nodes: [Node]
    private var slots: [UInt32]
    private var answers: [Answer]
    private var steps = 0
    private let nodeLimit: Int
    private let stepLimit: Int

    static let terminal = UInt32.max
    private static let largestCache = 1 << 20

    init(nodeLimit: Int, stepLimit: Int) {
        self.nodeLimit = nodeLimit
        self.stepLimit = stepLimit
        nodes = [
            Node(variable: NodeTable.terminal, low: 0, high: 0),
            Node(variable: NodeTable.terminal, low: 1, high: 1),
        ]
        slots = Array(repeating: 0, count: 1 << 12)
        answers = Array(repeating: Answer(), count: 1 << 12)
    }

    /// The node that asks for `variable`, made at most once.
    mutating func make(
        _ variable: UInt32, low: UInt32, high: UInt32
    ) throws(PacketFilterError) -> UInt32 {
        if low == high { return low }
        let node = Node(variable: variable, low: low, high: high)
        var slot = NodeTable.hash(variable, low, high) & (slots.count - 1)
        while slots[slot] != 0 {
            if nodes[Int(slots[slot])] == node { return slots[slot] }
            slot = (slot + 1) & (slots.count - 1)
        }
        guard nodes.count < nodeLimit else {
            throw PacketFilterError(.tooComplex, "\(nodeLimit) nodes")
        }
        let index = UInt32(truncatingIfNeeded: nodes.count)
        nodes.append(node)
        slots[slot] = index
        if nodes.count * 2 > slots.count { grow() }
        return index
    }

    /// The set that is `high` inside `condition` and `low` outside it.
    mutating func choose(
        _ condition: UInt32, _ high: UInt32, _ low: UInt32
    ) throws(PacketFilterError) -> UInt32 {
        if condition == 1 { return high }
        if condition == 0 { return low }
        if high == low { return high }
        if high == 1, low == 0 { return condition }
        var (condition, high, low) = (condition, high, low)
        // Conjunction and disjunction do not mind the order of their operands; the cache does.
        if high == condition { high = 1 }
        if low == condition { low = 0 }
        if low == 0, high < condition { swap(&condition, &high) }
        if high == 1, low < condition { swap(&condition, &low) }
        if condition < 2 || high == low { return try choose(condition, high, low) }
        let place = NodeTable.hash(condition, high, low) & (answers.count - 1)
        let known = answers[place]
        if known.condition == condition, known.high == high, known.low == low {
            return known.result
        }
        let result = try expand(condition, high, low)
        // The cache may have grown meanwhile.
        let slot = NodeTable.hash(condition, high, low) & (answers.count - 1)
        answers[slot] = Answer(condition: condition, high: high, low: low, result: result)
        return result
    }

    private mutating func expand(
        _ condition: UInt32, _ high: UInt32, _ low: UInt32
    ) throws(PacketFilterError) -> UInt32 {
        try step()
        let (c, h, l) = (nodes[Int(condition)], nodes[Int(high)], nodes[Int(low)])
        let top = min(c.variable, h.variable, l.variable)
        let whenZero = try choose(
            c.variable == top ? c.low : condition, h.variable == top ? h.low : high,
            l.variable == top ? l.low : low)
        let whenOne = try choose(
            c.variable == top ? c.high : condition, h.variable == top ? h.high : high,
            l.variable == top ? l.high : low)
        return try make(top, low: whenZero, high: whenOne)
    }

    /// Counts one step of work, so that no question runs for ever.
    mutating func step() throws(PacketFilterError) {
        steps += 1
        if steps > stepLimit { throw PacketFilterError(.tooComplex, "\(stepLimit) steps") }
    }

    private mutating func grow() {
        slots = Array(repeating: 0, count: slots.count * 2)
        for index in 2..<nodes.count {
            let node = nodes[index]
            var slot = NodeTable.hash(node.variable, node.low, node.high) & (slots.count - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(truncatingIfNeeded: index)
        }
        guard answers.count < min(slots.count, NodeTable.largestCache) else { return }
        let old = answers
        answers = Array(repeating: Answer(), count: slots.count)
        for answer in old where answer.condition != 0 {
            let slot =
                NodeTable.hash(answer.condition, answer.high, answer.low) & (answers.count - 1)
            answers[slot] = answer
        }
    }

    private static func hash(_ a: UInt32, _ b: UInt32, _ c: UInt32) -> Int {
        var hash = (UInt64(a) << 32 | UInt64(b)) &* 0x9E37_79B9_7F4A_7C15
        hash ^= (hash >> 29) ^ UInt64(c) &* 0xBF58_476D_1CE4_E5B9
        hash = hash &* 0x94D0_49BB_1331_11EB
        return Int(truncatingIfNeeded: hash >> 31)
    }
}
