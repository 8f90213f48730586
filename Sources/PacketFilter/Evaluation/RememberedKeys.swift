/// A set that packets add to, with how its keys are made.
struct SetKey: Hashable, Sendable {
    var table: Int
    var set: SetReference
    var operands: [Operand]
}

/// The keys that packets can have added.
struct RememberedKeys: Hashable, Sendable {
    /// Whoever sends the packet can have it added, whatever we do not know.
    var certain = Diagram.none
    /// It can be added if what we do not know is so.
    var possible = Diagram.none
}
