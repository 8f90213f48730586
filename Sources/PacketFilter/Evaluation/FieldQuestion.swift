/// A match that asks for one field, or for some of its bits, and for nothing else.
struct FieldQuestion {
    var field: Field
    /// The bits that are asked for.
    var part: Range<Int>
    /// Their numbers that go on.
    var accepted: IntervalSet

    /// Nothing for other statements.
    init?(_ statement: Statement, _ interfaces: InterfaceDomain) {
        guard case .match(let operands, .inline(let values), let isNegated) = statement,
            operands.count == 1
        else { return nil }
        switch operands[0] {
        case .field(let field): (self.field, part) = (field, 0..<field.width)
        case .slice(.field(let field), let part): (self.field, self.part) = (field, part)
        default: return nil
        }
        // Whether there is a number at all is another question.
        if field.belongsToConnection { return nil }
        var numbers = values.numbers
        for tuple in values.tuples {
            guard tuple.count == 1 else { return nil }
            numbers = numbers.union(interfaces.numbers(of: tuple[0]))
        }
        accepted = isNegated ? numbers.complement(width: part.count) : numbers
    }

    /// A packet whose field is this number goes on.
    func accepts(_ number: UInt128) -> Bool {
        accepted.contains(
            number >> UInt128(field.width - part.upperBound) & IntervalSet.largest(part.count))
    }
}

extension FilterRule {
    /// What it asks for before it does anything; nothing for each match that is not plain.
    func questions(_ interfaces: InterfaceDomain) -> [FieldQuestion?] {
        let matches = statements.prefix { statement in
            switch statement {
            case .match, .compare, .condition: true
            case .assign, .translate, .untrack, .remember, .verdict, .verdictMap, .opaque: false
            }
        }
        return matches.map { FieldQuestion($0, interfaces) }
    }
}

extension InterfaceDomain {
    /// The numbers of a part of a key.
    func numbers(of component: Component) -> IntervalSet {
        switch component {
        case .numbers(let numbers): numbers
        case .interfaces(let names):
            names.reduce(IntervalSet.empty) { $0.union(numbers(fitting: $1)) }
        }
    }
}
