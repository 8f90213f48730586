/// The algebra of sets over numbered bits: union, intersection, difference, and what follows.
///
/// Variables are numbers; a smaller one is asked first. Every operation throws `tooComplex` past
/// the arena's budget, so a question ends with an answer or with that.
package final class DiagramArena {
    var table: NodeTable

    /// An arena that holds at most `nodeLimit` nodes and does at most `stepLimit` steps of work.
    package init(nodeLimit: Int = 4_000_000, stepLimit: Int = 100_000_000) {
        table = NodeTable(nodeLimit: nodeLimit, stepLimit: stepLimit)
    }

    /// How many nodes were made so far.
    package var nodeCount: Int { table.nodes.count }

    /// The packets of a set, which asks for later variables only, for which these are the bits of a
    /// number, first the highest.
    func path(
        _ variables: Range<Int>, _ number: UInt128, of set: Diagram
    ) throws(PacketFilterError) -> Diagram {
        Diagram(node: try table.path(variables, number, of: set.node))
    }

    /// The packets whose bit `variable` is 1.
    package func variable(_ variable: Int) throws(PacketFilterError) -> Diagram {
        try make(variable, low: .none, high: .all)
    }

    /// The set that asks for one bit first; both parts ask only for later ones.
    package func make(
        _ variable: Int, low: Diagram, high: Diagram
    ) throws(PacketFilterError) -> Diagram {
        Diagram(
            node: try table.make(
                UInt32(truncatingIfNeeded: variable), low: low.node, high: high.node))
    }

    /// The set that is `high` inside `condition` and `low` outside it.
    package func choose(
        _ condition: Diagram, _ high: Diagram, _ low: Diagram
    ) throws(PacketFilterError) -> Diagram {
        Diagram(node: try table.choose(condition.node, high.node, low.node))
    }

    /// What is in both.
    package func intersection(
        _ left: Diagram, _ right: Diagram
    ) throws(PacketFilterError) -> Diagram {
        Diagram(node: try table.both(left.node, right.node))
    }

    /// What is in either.
    package func union(_ left: Diagram, _ right: Diagram) throws(PacketFilterError) -> Diagram {
        Diagram(node: try table.either(left.node, right.node))
    }

    /// What is in the first and not in the second.
    package func difference(
        _ left: Diagram, _ right: Diagram
    ) throws(PacketFilterError) -> Diagram {
        Diagram(node: try table.both(left.node, right.node ^ 1))
    }

    /// What is not in it.
    package func complement(_ set: Diagram) -> Diagram {
        Diagram(node: set.node ^ 1)
    }

    /// Everything of the first is in the second.
    package func isSubset(_ left: Diagram, of right: Diagram) throws(PacketFilterError) -> Bool {
        try !meet(left, complement(right))
    }

    /// Whether something is in both; their intersection is not made.
    package func meet(_ left: Diagram, _ right: Diagram) throws(PacketFilterError) -> Bool {
        var apart = DiagramMap()
        return try table.meet(left.node, right.node, &apart)
    }

    /// What is in any of them; halves are joined, so that the work stays near the size of the sets.
    package func union(_ sets: some RandomAccessCollection<Diagram>) throws(PacketFilterError)
        -> Diagram
    {
        try fold(sets, empty: .none, with: union)
    }

    /// What is in all of them.
    package func intersection(
        _ sets: some RandomAccessCollection<Diagram>
    ) throws(PacketFilterError) -> Diagram {
        try fold(sets, empty: .all, with: intersection)
    }

    private func fold(
        _ sets: some RandomAccessCollection<Diagram>, empty: Diagram,
        with join: (Diagram, Diagram) throws(PacketFilterError) -> Diagram
    ) throws(PacketFilterError) -> Diagram {
        var level = Array(sets)
        while level.count > 1 {
            var next: [Diagram] = []
            next.reserveCapacity(level.count / 2 + 1)
            for index in stride(from: 0, to: level.count - 1, by: 2) {
                next.append(try join(level[index], level[index + 1]))
            }
            if level.count % 2 == 1, let last = level.last { next.append(last) }
            level = next
        }
        return level.first ?? empty
    }

    /// The bit that is asked first, and the sets that remain for 0 and 1; nothing for a constant.
    package func split(_ set: Diagram) -> (variable: Int, low: Diagram, high: Diagram)? {
        guard !set.isConstant else { return nil }
        let (variable, low, high) = table.parts(set.node)
        return (Int(variable), Diagram(node: low), Diagram(node: high))
    }

    /// The bit that is asked first; past every other for a constant.
    func top(_ set: Diagram) -> Int {
        Int(table.variable(set.node))
    }

    /// The variables from the first to the last that a set asks for; nothing for a constant.
    func span(_ set: Diagram) -> ClosedRange<Int>? {
        set.isConstant ? nil : Int(table.variable(set.node))...Int(table.last(set.node))
    }

    /// Whether the packet of an assignment is in the set.
    package func contains(_ set: Diagram, _ bits: Assignment) -> Bool {
        table.contains(set.node, bits)
    }

    /// Counts some steps of work.
    func step(_ count: Int = 1) throws(PacketFilterError) {
        try table.step(count)
    }
}
