/// What a match looks at or an assignment writes: a number of some bits.
package indirect enum Operand: Hashable, Sendable {
    /// A field with what earlier rules made of it: a mark, a translated address.
    case field(Field)
    /// A field as the packet carried it when it arrived, whatever was translated since.
    case carried(Field)
    /// A field with what earlier rules made of it, also for packets that have no connection.
    case known(Field)
    /// Some bits of a number, counted from the highest.
    case slice(Operand, Range<Int>)
    case number(UInt128, width: Int)
    case and(Operand, Operand)
    case or(Operand, Operand)
    case exclusiveOr(Operand, Operand)
    case shiftedLeft(Operand, by: Int)
    case shiftedRight(Operand, by: Int)
    /// Numbers one after the other, the first highest.
    case joined([Operand])
    /// The kind of an address by the routing table, as in `rtnetlink(7)`: unicast 1, local 2,
    /// broadcast 3, anycast 4, multicast 5; `onInput` asks about the packet's interface alone.
    case addressType(of: Field, onInput: Bool)
    /// What a map has for a key; a match on it is false where the map has nothing.
    case mapped(key: [Operand], DataMapReference)
    /// The port that conntrack knows a connection by, at the end of the first packet's source or
    /// destination port, as carried or turned round after translation; protocols without ports have
    /// 0 there, and ICMP its type and code as the destination.
    case connectionPort(Field, isReply: Bool)
    /// The number, for packets that conntrack has an entry for.
    case connected(Operand)
    /// One of these numbers: which one, the sender can steer.
    case generated(Unknown, ClosedRange<UInt128>, width: Int)
    /// A number that nobody knows.
    case unknown(Unknown, width: Int)
}

extension Operand {
    /// The IPv4 source address.
    package static let source4 = Operand.slice(.field(.source), 0..<32)
    /// The IPv4 destination address.
    package static let destination4 = Operand.slice(.field(.destination), 0..<32)
    /// ICMP type, of either family.
    package static let icmpType = Operand.slice(.field(.sourcePort), 0..<8)
    /// ICMP code, of either family.
    package static let icmpCode = Operand.slice(.field(.sourcePort), 8..<16)

    /// Its length in bits.
    package var width: Int {
        switch self {
        case .field(let field), .carried(let field), .known(let field): field.width
        case .slice(_, let bits): bits.count
        case .number(_, let width), .unknown(_, let width), .generated(_, _, let width): width
        case .connected(let operand): operand.width
        case .connectionPort: 16
        case .and(let left, let right), .or(let left, let right),
            .exclusiveOr(let left, let right):
            max(left.width, right.width)
        case .shiftedLeft(let operand, _), .shiftedRight(let operand, _): operand.width
        case .joined(let parts): parts.reduce(0) { $0 + $1.width }
        case .addressType: 8
        case .mapped(_, let map): map.width
        }
    }

    /// The operands that it is made of.
    package var parts: [Operand] {
        switch self {
        case .slice(let operand, _), .shiftedLeft(let operand, _), .shiftedRight(let operand, _),
            .connected(let operand):
            [operand]
        case .and(let left, let right), .or(let left, let right),
            .exclusiveOr(let left, let right):
            [left, right]
        case .joined(let parts): parts
        case .mapped(let key, _): key
        case .field, .carried, .known, .number, .addressType, .connectionPort, .generated,
            .unknown:
            []
        }
    }

    /// Whether it hangs on a field of the packet.
    package func mentions(_ field: Field) -> Bool {
        switch self {
        case .field(let own), .known(let own), .carried(let own), .addressType(let own, _),
            .connectionPort(let own, _):
            own == field
        default: parts.contains { $0.mentions(field) }
        }
    }

    /// The operand with only the bits of the mask.
    package func masked(_ mask: UInt128) -> Operand {
        .and(self, .number(mask, width: width))
    }
}
