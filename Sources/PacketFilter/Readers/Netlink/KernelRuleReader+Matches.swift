extension KernelRuleReader {
    static let never = Statement.match(.field(.family), IntervalSet.empty)

    private enum Relation: UInt32 {
        case equal, unequal, less, atMost, greater, atLeast

        var sign: String {
            switch self {
            case .equal: ""
            case .unequal: "!= "
            case .less: "< "
            case .atMost: "<= "
            case .greater: "> "
            case .atLeast: ">= "
            }
        }
    }

    mutating func readComparison(_ content: KernelAttributes) throws(KernelError) {
        try content.require(only: [1, 2, 3])
        let data = try content.data(3)
        let bits = try registers.read(try content.required32(1), bytes: data.count)
        guard let relation = Relation(rawValue: try content.required32(2)) else {
            throw .notUnderstood("a comparison")
        }
        if let source = interface(bits) {
            return try compare(source, relation, data)
        }
        switch relation {
        case .equal, .unequal:
            try compare(
                bits, RegisterBit.constants(data), isNegated: relation == .unequal)
        case .less, .atMost, .greater, .atLeast:
            guard data.count <= 16, let operand = operand(bits) else {
                throw .notUnderstood("a comparison of large numbers")
            }
            let bound = data.bigNumber
            let last = IntervalSet.largest(bits.count)
            let numbers: IntervalSet =
                switch relation {
                case .less: bound == 0 ? .empty : IntervalSet([0...(bound - 1)])
                case .atMost: IntervalSet([0...bound])
                case .greater: bound == last ? .empty : IntervalSet([(bound + 1)...last])
                case .atLeast, .equal, .unequal: IntervalSet([bound...last])
                }
            statements.append(.match(operand, numbers))
            text.add(label(bits) + " " + relation.sign + value(bits, bound))
        }
    }

    mutating func readRange(_ content: KernelAttributes) throws(KernelError) {
        try content.require(only: [1, 2, 3, 4])
        let (first, last) = (try content.data(3), try content.data(4))
        let bits = try registers.read(try content.required32(1), bytes: first.count)
        let relation = try content.required32(2)
        guard first.count == last.count, relation < 2 else { throw .malformed }
        guard first.count <= 16, first.bigNumber <= last.bigNumber, let operand = operand(bits)
        else { throw .notUnderstood("a range") }
        statements.append(
            .match(
                operand, IntervalSet([first.bigNumber...last.bigNumber]), not: relation == 1))
        text.add(
            label(bits) + (relation == 1 ? " != " : " ") + value(bits, first.bigNumber) + "-"
                + value(bits, last.bigNumber))
    }

    private mutating func compare(
        _ bits: [RegisterBit], _ data: [RegisterBit], isNegated: Bool
    ) throws(KernelError) {
        guard case .fields(let fields) = KernelRuleReader.equality(bits, data) else {
            if !isNegated { statements.append(KernelRuleReader.never) }
            return text.add(isNegated ? "" : "(never)")
        }
        var keys: [(Operand, UInt128)] = []
        for field in fields {
            guard let operand = operand(field.source, field.bits), operand.width <= 128 else {
                throw .notUnderstood("a comparison of \(label(bits))")
            }
            keys.append((operand, field.value))
        }
        if isNegated {
            statements.append(
                keys.isEmpty
                    ? KernelRuleReader.never
                    : .match(
                        keys.map(\.0),
                        in: .inline(ValueSet(keys: [keys.map { .number($0.1) }])), isNegated: true))
            return text.add(describe(fields, isNegated: true))
        }
        for (operand, value) in keys { statements.append(.match(operand, value)) }
        settle(fields)
    }

    /// A match of one family or protocol settles what the bytes of headers are.
    private mutating func settle(_ fields: [(source: Int32, bits: [Int32], value: UInt128)]) {
        for field in fields {
            let source = sources[Int(field.source)]
            let words = describe([field], isNegated: false)
            guard field.bits.count == source.width, let operand = source.operand else {
                text.add(words)
                continue
            }
            let number = field.value
            if operand == .field(.transport) {
                let transport = UInt8(truncatingIfNeeded: number)
                self.transport = transport
                text.add(words, unless: .transport(transport))
            } else if operand == .familyNumber, number == 2 || number == 10 {
                settle(number == 2 ? .v4 : .v6, words)
            } else if operand == .protocolNumber, number == 0x0800 || number == 0x86DD {
                settle(number == 0x0800 ? .v4 : .v6, words)
            } else {
                text.add(words)
            }
        }
    }

    private mutating func settle(_ family: Address.Family, _ words: String) {
        packetFamily = family
        text.add(words, unless: .family(family))
    }
}

// Interfaces have names and numbers that are no numbers of the model.
extension KernelRuleReader {
    /// The source, where the bits are those of an interface alone and in their order.
    func interface(_ bits: [RegisterBit]) -> KernelSource? {
        guard let first = bits.first, first.source >= 0 else { return nil }
        let source = sources[Int(first.source)]
        let whole: [RegisterBit]
        switch source.kind {
        case .operand: return nil
        case .interfaceName:
            guard bits.count <= 128 else { return nil }
            whole = Array(self.bits(of: first.source).prefix(bits.count))
        case .interfaceIndex: whole = self.bits(of: first.source).swapped(by: 4)
        case .interfaceType: whole = self.bits(of: first.source).swapped(by: 2)
        }
        return bits == whole ? source : nil
    }

    private mutating func compare(
        _ source: KernelSource, _ relation: Relation, _ data: ArraySlice<UInt8>
    ) throws(KernelError) {
        let component: Component?
        let field: Field
        switch source.kind {
        case .operand: throw .malformed
        case .interfaceName(let own):
            field = own
            component =
                data.count == 16 || data.contains(0)
                ? KernelInterfaces.name(data) : KernelInterfaces.pattern(data)
        case .interfaceIndex(let own):
            field = own
            component = sets.interfaces.component(data.littleNumber...data.littleNumber)
        case .interfaceType(let own):
            guard relation == .equal || relation == .unequal else {
                throw .notUnderstood("a comparison of \(source.label)")
            }
            let type = UInt16(truncatingIfNeeded: data.littleNumber)
            statements += LinkType.statements(
                own, type, not: relation == .unequal, among: sets.interfaces.links.values)
            // nft asks for Ethernet wherever a rule asks for one of its addresses.
            if type != LinkType.ethernet || relation == .unequal {
                text.add("\(source.label) \(relation.sign)\(type)")
            }
            return
        }
        guard let component, case .interfaces(let names) = component,
            relation == .equal || relation == .unequal
        else { throw .notUnderstood("a comparison of \(source.label)") }
        statements.append(.interface(field, names, not: relation == .unequal))
        let list = names.map { "\"\($0)\"" }.joined(separator: ", ")
        text.add("\(source.label) \(relation.sign)\(list)")
    }
}

// How people read it.
extension KernelRuleReader {
    /// What the bits are called.
    func label(_ bits: [RegisterBit]) -> String {
        var labels: [String] = []
        for bit in bits where bit.source >= 0 {
            let label = sources[Int(bit.source)].label
            if labels.last != label, !labels.contains(label) { labels.append(label) }
        }
        return labels.isEmpty ? "constant" : labels.joined(separator: " . ")
    }

    private func value(_ bits: [RegisterBit], _ number: UInt128) -> String {
        guard let source = bits.first(where: { $0.source >= 0 })?.source else {
            return String(number)
        }
        let known = sources[Int(source)]
        return known.style.text(number, width: known.width)
    }

    private func describe(
        _ fields: [(source: Int32, bits: [Int32], value: UInt128)], isNegated: Bool
    ) -> String {
        fields.map { field in
            let source = sources[Int(field.source)]
            let sign = isNegated ? "!= " : ""
            if field.bits.count == source.width {
                return source.label + " " + sign
                    + source.style.text(field.value, width: source.width)
            }
            let isPrefix = field.bits == Array(0..<Int32(field.bits.count))
            if isPrefix, case .address = source.style {
                let whole = field.value << UInt128(source.width - field.bits.count)
                return source.label + " " + sign + source.style.text(whole, width: source.width)
                    + "/\(field.bits.count)"
            }
            return describePart(source, field.bits, field.value, isNegated: isNegated)
        }.joined(separator: " ")
    }

    private func describePart(
        _ source: KernelSource, _ bits: [Int32], _ value: UInt128, isNegated: Bool
    ) -> String {
        var (mask, whole): (UInt128, UInt128) = (0, 0)
        for (place, bit) in bits.reversed().enumerated() {
            let position = UInt128(source.width - 1 - Int(bit))
            mask |= 1 << position
            if value >> UInt128(place) & 1 == 1 { whole |= 1 << position }
        }
        if case .named(let type) = source.style, type.isBits, value == 0, isNegated {
            return source.label + " " + source.style.text(mask, width: source.width)
        }
        return source.label + " & " + source.style.text(mask, width: source.width)
            + (isNegated ? " != " : " == ")
            + (whole == 0 ? "0" : source.style.text(whole, width: source.width))
    }
}
