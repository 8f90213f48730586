extension Evaluator {
    /// The bits of an operand, first the highest, and the packets that have it at all.
    struct Word {
        var bits: [Diagram]
        var presence = Diagram.all
    }

    func word(
        _ operand: Operand, _ environment: Environment, in table: Int
    ) throws(PacketFilterError) -> Word {
        switch operand {
        case .field(let field):
            return Word(
                bits: try bits(of: field, environment),
                presence: field.belongsToConnection ? environment.connection : .all)
        case .known(let field): return Word(bits: try bits(of: field, environment))
        case .carried(let field): return Word(bits: try space.word(field))
        case .slice(let inner, let part):
            let word = try word(inner, environment, in: table)
            return Word(bits: Array(word.bits[part]), presence: word.presence)
        case .number(let number, let width):
            return Word(bits: DiagramArena.word(number, width: width))
        case .and(let left, let right):
            return try combine(left, right, environment, table) {
                (a, b) throws(PacketFilterError) in try self.arena.intersection(a, b)
            }
        case .or(let left, let right):
            return try combine(left, right, environment, table) {
                (a, b) throws(PacketFilterError) in try self.arena.union(a, b)
            }
        case .exclusiveOr(let left, let right):
            return try combine(left, right, environment, table) {
                (a, b) throws(PacketFilterError) in
                try self.arena.choose(a, self.arena.complement(b), b)
            }
        case .shiftedLeft(let inner, let count):
            let word = try word(inner, environment, in: table)
            let bits = word.bits.dropFirst(count)
            let zeros = Array(repeating: Diagram.none, count: word.bits.count - bits.count)
            return Word(bits: bits + zeros, presence: word.presence)
        case .shiftedRight(let inner, let count):
            let word = try word(inner, environment, in: table)
            let bits = word.bits.dropLast(count)
            let zeros = Array(repeating: Diagram.none, count: word.bits.count - bits.count)
            return Word(bits: zeros + bits, presence: word.presence)
        case .joined(let parts):
            var joined = Word(bits: [])
            for part in parts {
                let word = try word(part, environment, in: table)
                joined.bits += word.bits
                joined.presence = try arena.intersection(joined.presence, word.presence)
            }
            return joined
        case .addressType(let field, let onInput):
            return Word(bits: try addressType(field, onInput: onInput, environment))
        case .mapped(let key, let map):
            return try mapped(key, map, environment, table)
        case .connected(let inner):
            var word = try word(inner, environment, in: table)
            word.presence = try arena.intersection(word.presence, environment.connection)
            return word
        case .connectionPort(let field, let isReply):
            return try connectionPort(field, isReply: isReply, environment)
        case .generated(let unknown, let range, let width):
            return Word(bits: try choice(of: range, width: width, unknown))
        case .unknown(let unknown, let width):
            return Word(bits: try space.word(unknown, width: width))
        }
    }

    private func connectionPort(
        _ field: Field, isReply: Bool, _ environment: Environment
    ) throws(PacketFilterError) -> Word {
        let opposite: Field = field == .sourcePort ? .destinationPort : .sourcePort
        let ports =
            try isReply ? bits(of: opposite, environment) : space.word(field)
        let ported = try space.packets(.transport, in: Evaluator.portedTransports)
        let icmp = try space.packets(.transport, in: IntervalSet([1...1, 58...58]))
        // The number of an echo is where conntrack has its source port.
        let type =
            try field == .destinationPort && !isReply
            ? space.word(.sourcePort)
            : space.word(Unknown(.chosen, "the number of an ICMP echo"), width: 16)
        var word: [Diagram] = []
        for (port, other) in zip(ports, type) {
            word.append(
                try arena.choose(ported, port, arena.intersection(icmp, other)))
        }
        return Word(bits: word, presence: environment.connection)
    }

    private func combine(
        _ left: Operand, _ right: Operand, _ environment: Environment, _ table: Int,
        _ join: (Diagram, Diagram) throws(PacketFilterError) -> Diagram
    ) throws(PacketFilterError) -> Word {
        let left = try word(left, environment, in: table)
        let right = try word(right, environment, in: table)
        let width = max(left.bits.count, right.bits.count)
        let filled = { (bits: [Diagram]) in
            Array(repeating: Diagram.none, count: width - bits.count) + bits
        }
        var bits: [Diagram] = []
        for (one, other) in zip(filled(left.bits), filled(right.bits)) {
            bits.append(try join(one, other))
        }
        return Word(bits: bits, presence: try arena.intersection(left.presence, right.presence))
    }

    private func mapped(
        _ key: [Operand], _ reference: DataMapReference, _ environment: Environment, _ table: Int
    ) throws(PacketFilterError) -> Word {
        var result = Word(bits: [], presence: .none)
        result.bits = Array(repeating: .none, count: reference.width)
        for (keys, value) in try values(key, reference, environment, table) {
            let word = try bits(of: value, width: reference.width)
            for index in word.indices {
                let bit = try arena.intersection(keys, word[index])
                result.bits[index] = try arena.union(result.bits[index], bit)
            }
            result.presence = try arena.union(result.presence, keys)
        }
        return result
    }

    /// The bits of a field with what earlier rules made of it.
    func bits(
        of field: Field, _ environment: Environment
    ) throws(PacketFilterError) -> [Diagram] {
        if let bits = environment.bound[field] { return bits }
        return try space.word(field)
    }

    /// The bits of what a map gives.
    func bits(of value: MappedValue, width: Int) throws(PacketFilterError) -> [Diagram] {
        if let constant = value.constant { return DiagramArena.word(constant, width: width) }
        return try space.word(value.unknown, width: width)
    }

    /// A number that a map gives: known, or not.
    struct MappedValue {
        var constant: UInt128?
        var unknown = Unknown(.hidden, "map")
    }

    /// What a map gives: disjoint sets of packets, each with its number.
    func values(
        _ key: [Operand], _ reference: DataMapReference, _ environment: Environment, _ table: Int
    ) throws(PacketFilterError) -> [(packets: Diagram, value: MappedValue)] {
        let map: DataMap
        switch reference {
        case .inline(let inline): map = inline
        case .named(let name, _):
            guard let named = ruleset.tables[table].dataMaps[name] else {
                throw PacketFilterError(.danglingName, name)
            }
            map = named
        }
        let words = try self.words(key, environment, in: table)
        var values: [(Diagram, MappedValue)] = []
        var rest = words.presence
        for entry in map.entries {
            let packets = try arena.intersection(
                rest, membership(of: words.words, keys: key, in: entry.keys))
            guard packets != .none else { continue }
            values.append((packets, MappedValue(constant: entry.value)))
            rest = try arena.difference(rest, packets)
        }
        if let fallback = map.fallback { values.append((rest, MappedValue(constant: fallback))) }
        if let unknown = map.unknown {
            let some = try arena.intersection(rest, space.answer(unknown))
            let number = Unknown(unknown.kind, unknown.name + ", value")
            values.append((some, MappedValue(constant: nil, unknown: number)))
        }
        return values
    }

    /// The words of several operands, and the packets that have all of them.
    func words(
        _ operands: [Operand], _ environment: Environment, in table: Int
    ) throws(PacketFilterError) -> (words: [[Diagram]], presence: Diagram) {
        var words: [[Diagram]] = []
        var presence = Diagram.all
        for operand in operands {
            let word = try word(operand, environment, in: table)
            words.append(word.bits)
            presence = try arena.intersection(presence, word.presence)
        }
        return (words, presence)
    }
}
