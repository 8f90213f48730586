/// One step of a rule; the steps after a match that fails are not taken.
package indirect enum Statement: Hashable, Sendable {
    /// Goes on with the packets whose key is in the set, or not in it.
    case match([Operand], in: SetReference, isNegated: Bool)
    /// Goes on with the packets whose two numbers compare so.
    case compare(Operand, equals: Operand, isNegated: Bool)
    /// Goes on with the packets for which the answer is yes.
    case condition(Unknown)
    /// Writes a number: a mark, or a part of the header.
    case assign(Field, Operand)
    case translate(Translation)
    /// The packet gets no connection (`notrack`).
    case untrack
    /// The packet adds its key to a set.
    case remember([Operand], in: SetReference)
    case verdict(RuleVerdict)
    case verdictMap([Operand], VerdictMapReference)
    /// Something that no reader knows: it may accept, drop or pass on, and change what it likes.
    case opaque(Unknown)
}

/// What becomes of a packet.
package enum RuleVerdict: Hashable, Sendable {
    /// It leaves this base chain; the next one still sees it.
    case accept
    case drop
    /// It goes on with the next rule.
    case proceed
    /// It goes back to the rule after the one that led here, or to the policy.
    case `return`
    case jump(String)
    case goto(String)
    /// A program or another part of the kernel decides: yes is accept.
    case ask(Unknown)
}

extension Statement {
    /// What it looks at or writes.
    package var operands: [Operand] {
        switch self {
        case .match(let operands, _, _), .remember(let operands, _),
            .verdictMap(let operands, _):
            operands
        case .compare(let left, let right, _): [left, right]
        case .assign(_, let operand): [operand]
        case .translate(let translation):
            [translation.address, translation.port].compactMap { target in
                guard case .operand(let operand) = target else { return nil }
                return operand
            }
        case .condition, .untrack, .verdict, .opaque: []
        }
    }

    /// A match of one operand.
    package static func match(_ operand: Operand, _ numbers: IntervalSet, not: Bool = false)
        -> Statement
    {
        .match([operand], in: .inline(ValueSet(numbers)), isNegated: not)
    }

    /// A match of one operand with one number.
    package static func match(_ operand: Operand, _ number: UInt128, not: Bool = false)
        -> Statement
    {
        .match(operand, IntervalSet(number), not: not)
    }

    /// A match of an interface by names and patterns.
    package static func interface(_ field: Field, _ names: [String], not: Bool = false)
        -> Statement
    {
        .match(
            [.field(field)], in: .inline(ValueSet(tuples: [[.interfaces(names)]])), isNegated: not)
    }

    /// A match of every packet that makes the kernel track connections.
    package static let usesConnections = Statement.match(
        .field(.connectionState), IntervalSet([0...255]))

    /// A match of any of these bits.
    package static func anyBit(_ operand: Operand, _ bits: UInt128, not: Bool = false)
        -> Statement
    {
        .match(operand.masked(bits), 0, not: !not)
    }
}
