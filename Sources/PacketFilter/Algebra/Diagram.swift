/// A set of packets: an edge to a node of the arena that made it.
///
/// Two diagrams of one arena are equal exactly when the sets are equal, so inclusion and emptiness
/// are comparisons. A diagram means nothing in another arena.
package struct Diagram: Hashable, Sendable, Comparable {
    /// The place of the node in its arena, and in the lowest bit whether its complement is meant.
    let node: UInt32

    /// The empty set.
    package static let none = Diagram(node: 0)
    /// The set of all packets.
    package static let all = Diagram(node: 1)

    /// The set of all packets, or the empty one.
    package init(_ everything: Bool) {
        self.init(node: everything ? 1 : 0)
    }

    init(node: UInt32) {
        self.node = node
    }

    /// It is the empty set or the set of all packets.
    package var isConstant: Bool { node < 2 }

    /// The order in which the arena made them.
    package static func < (left: Diagram, right: Diagram) -> Bool {
        left.node < right.node
    }
}
