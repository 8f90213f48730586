extension KernelRuleReader {
    mutating func readLookup(_ content: KernelAttributes) throws(KernelError) {
        try content.require(only: [1, 2, 3, 4, 5])
        let key = KernelSetKey(table: table, name: try content.requiredText(1))
        let set = try sets.set(key)
        let bits = try registers.read(try content.required32(2), bytes: set.keyLength)
        let flags = try content.number32(5) ?? 0
        guard flags & ~1 == 0 else { throw .notUnderstood("a lookup") }
        let (parts, operands) = try self.key(bits, of: set)
        guard let target = try content.number32(3) else {
            let reference = try sets.members(key, parts)
            statements.append(.match(operands, in: reference, isNegated: flags & 1 == 1))
            text.add("\(label(bits)) \(flags & 1 == 1 ? "!= " : "")\(describe(set, parts, bits))")
            if flags & 1 == 0 { addElementQuestion(set) }
            return
        }
        switch set.data {
        case .verdict:
            guard target == RegisterFile.verdict else { throw .malformed }
            text.add("\(label(bits)) vmap \(describe(set, parts, bits))")
            addElementQuestion(set)
            statements.append(.verdictMap(operands, try sets.verdicts(key, parts)))
        case .value(let length):
            addElementQuestion(set)
            try map(set, key, parts, operands, length, label(bits), to: target)
        case .none, .object: throw .malformed
        }
    }

    private mutating func map(
        _ set: KernelSet, _ key: KernelSetKey, _ parts: [KernelKeyPart], _ operands: [Operand],
        _ length: Int, _ asked: String, to target: UInt32
    ) throws(KernelError) {
        guard length <= 16 else { throw .notUnderstood("a map of long values") }
        let reference = try sets.data(key, parts, width: length * 8)
        let label = "\(asked) map \(set.isAnonymous ? "{ \(set.marks.count) }" : "@\(set.name)")"
        try load(
            KernelSource(.mapped(key: operands, reference), label), bytes: length,
            isHostOrder: false, to: target)
    }

    // An element with a rate, a quota or a count of its own is not always there.
    private mutating func addElementQuestion(_ set: KernelSet) {
        guard set.hasDecidingExpressions else { return }
        statements += [
            .usesConnections, .condition(unknown(.chosen, "a limit of set \(set.name)")),
        ]
    }

    /// Asks whether a set has a key at all.
    mutating func askForKey(
        _ bits: [RegisterBit], _ set: KernelSet, _ key: KernelSetKey
    ) throws(KernelError) {
        let (parts, operands) = try self.key(bits, of: set)
        statements.append(.match(operands, in: try sets.members(key, parts), isNegated: false))
    }

    /// What the bits of a key are, in the parts that set and rule share.
    private func key(
        _ bits: [RegisterBit], of set: KernelSet
    ) throws(KernelError) -> ([KernelKeyPart], [Operand]) {
        var parts: [KernelKeyPart] = []
        var operands: [Operand] = []
        var rest = bits[...]
        var fields = set.fields[...]
        while !rest.isEmpty {
            let length = fields.popFirst() ?? min(rest.count / 8, self.length(rest))
            guard length * 8 <= rest.count else { throw .malformed }
            let own = Array(rest.prefix(length * 8))
            if length == 4 || length == 16, let (part, field) = interfacePart(own) {
                parts.append(part)
                operands.append(.field(field))
            } else {
                guard length <= 16, let operand = operand(own) else {
                    throw .notUnderstood("a key of \(label(bits))")
                }
                parts.append(.number(bytes: length))
                operands.append(operand)
            }
            rest = rest.dropFirst((length + 3) & ~3 * 8)
        }
        return (parts, operands)
    }

    /// The bytes up to the next interface, or as many as one number can have.
    private func length(_ bits: ArraySlice<RegisterBit>) -> Int {
        let words = stride(from: bits.startIndex, to: bits.endIndex, by: 32)
        for (place, start) in words.enumerated() {
            let length = kindLength(bits[start])
            if length == 0 {
                if place == 3 { return 16 }
                continue
            }
            return place == 0 ? length : place * 4
        }
        return 16
    }

    private func kindLength(_ bit: RegisterBit) -> Int {
        guard bit.source >= 0 else { return 0 }
        switch sources[Int(bit.source)].kind {
        case .operand, .interfaceType: return 0
        case .interfaceName: return 16
        case .interfaceIndex: return 4
        }
    }

    private func interfacePart(_ bits: [RegisterBit]) -> (KernelKeyPart, Field)? {
        guard let first = bits.first, first.source >= 0 else { return nil }
        let whole = self.bits(of: first.source)
        switch sources[Int(first.source)].kind {
        case .operand, .interfaceType: return nil
        case .interfaceName(let field): return bits == whole ? (.interfaceName, field) : nil
        case .interfaceIndex(let field):
            if bits == whole { return (.interfaceIndex(isHostOrder: false), field) }
            return bits == whole.swapped(by: 4)
                ? (.interfaceIndex(isHostOrder: true), field) : nil
        }
    }

    private static let listed = 8

    /// The set by its name, or the few elements of one that has none.
    private func describe(
        _ set: KernelSet, _ parts: [KernelKeyPart], _ bits: [RegisterBit]
    ) -> String {
        guard set.isAnonymous else { return "@\(set.name)" }
        var keys: [String] = []
        let styles = styles(parts, bits)
        _ = set.forEachKey(parts, sets.interfaces) { key, element in
            guard keys.count <= KernelRuleReader.listed else { return }
            var words = zip(key, styles).map { part, style in
                switch part {
                case .interfaces(let names): names.map { "\"\($0)\"" }.joined(separator: ", ")
                case .numbers(let numbers):
                    numbers.ranges.map { range in
                        KernelRuleReader.text(range, style)
                    }.joined(separator: ", ")
                }
            }.joined(separator: " . ")
            if set.datums.indices.contains(element),
                case .verdict(let verdict) = set.datums[element]
            {
                words += " : \(verdict.words)"
            }
            keys.append(words)
        }
        if keys.count > KernelRuleReader.listed { keys[KernelRuleReader.listed] = "…" }
        return "{ " + keys.joined(separator: ", ") + " }"
    }

    /// For each part of a key the source, if it is all of one.
    private func styles(_ parts: [KernelKeyPart], _ bits: [RegisterBit]) -> [KernelSource?] {
        var rest = bits[...]
        return parts.map { part in
            let own = rest.prefix(part.bytes * 8).filter { $0.source >= 0 }
            rest = rest.dropFirst(part.space * 8)
            guard let first = own.first else { return nil }
            return own == self.bits(of: first.source) ? sources[Int(first.source)] : nil
        }
    }

    private static func text(_ range: ClosedRange<UInt128>, _ source: KernelSource?) -> String {
        let text = { (number: UInt128) in
            source.map { $0.style.text(number, width: $0.width) } ?? "0x"
                + String(number, radix: 16)
        }
        if range.lowerBound == range.upperBound { return text(range.lowerBound) }
        if case .address(let family)? = source?.style, let prefix = Prefix(exactly: range, family) {
            return prefix.description
        }
        return "\(text(range.lowerBound))-\(text(range.upperBound))"
    }

    mutating func readDynamic(_ content: KernelAttributes) throws(KernelError) {
        try content.require(only: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
        let key = KernelSetKey(table: table, name: try content.requiredText(1))
        let set = try sets.set(key)
        let operation = try content.required32(3)
        guard operation <= 2 else { throw .notUnderstood("a change of a set") }
        let bits = try registers.read(try content.required32(4), bytes: set.keyLength)
        let (parts, operands) = try self.key(bits, of: set)
        let words = ["add", "update", "delete"][Int(operation)]
        if operation == 2 {
            sets.emptied.insert(key)
        } else {
            sets.filled.insert(key)
            // Only a set in the words of this rule can be asked what it has.
            if set.data == .none {
                let reference = try sets.members(key, parts)
                statements.append(.remember(operands, in: reference))
            }
        }
        text.add("\(words) @\(set.name) { \(label(bits)) }")
        var expressions = try content.nested(10)?.list() ?? []
        if let expression = content[7] { expressions.append(expression) }
        let decides = try KernelRuleReader.decides(expressions)
        let isInverted = try (content.number32(9) ?? 0) & 1 == 1
        if decides || isInverted {
            statements += [
                .usesConnections, .condition(unknown(.chosen, "a limit of set \(set.name)")),
            ]
        }
    }

    private static func decides(_ expressions: [ArraySlice<UInt8>]) throws(KernelError) -> Bool {
        for expression in expressions {
            let name = try KernelAttributes(expression).requiredText(1)
            if name != "counter", name != "last" { return true }
        }
        return false
    }
}

extension RuleVerdict {
    /// The verdict as nft writes it.
    fileprivate var words: String {
        switch self {
        case .accept: "accept"
        case .drop: "drop"
        case .proceed: "continue"
        case .return: "return"
        case .jump(let name): "jump \(name)"
        case .goto(let name): "goto \(name)"
        case .ask: "queue"
        }
    }
}
