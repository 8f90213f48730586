extension KernelRuleReader {
    /// The bits of one register as a number, in their order; nil where a bit belongs to something
    /// that is no number of the model.
    func operand(_ bits: [RegisterBit]) -> Operand? {
        var parts: [Operand] = []
        var mask: UInt128 = 0
        var place = 0
        while place < bits.count {
            let first = bits[place]
            var end = place + 1
            if first.constant != nil {
                while end < bits.count, bits[end].constant != nil { end += 1 }
                parts.append(
                    .number(KernelRuleReader.number(bits[place..<end]), width: end - place))
            } else {
                while end < bits.count, bits[end].source == first.source,
                    bits[end].index == first.index + Int32(end - place)
                {
                    end += 1
                }
                guard let part = slice(first, end - place) else { return nil }
                parts.append(part)
            }
            place = end
        }
        for (place, bit) in bits.reversed().enumerated()
        where bit.constant == nil && bit.isInverted {
            guard place < 128 else { return nil }
            mask |= 1 << UInt128(place)
        }
        let joined = parts.count == 1 ? parts[0] : .joined(parts)
        if mask == 0 { return joined }
        guard bits.count <= 128 else { return nil }
        return .exclusiveOr(joined, .number(mask, width: bits.count))
    }

    private func slice(_ first: RegisterBit, _ count: Int) -> Operand? {
        guard first.source >= 0, let operand = sources[Int(first.source)].operand else {
            return nil
        }
        let start = Int(first.index)
        if start == 0, count == operand.width { return operand }
        // A part of a part is a part of the whole.
        if case .slice(let whole, let bits) = operand {
            return .slice(whole, (bits.lowerBound + start)..<(bits.lowerBound + start + count))
        }
        return .slice(operand, start..<(start + count))
    }

    static func number(_ bits: some Sequence<RegisterBit>) -> UInt128 {
        bits.reduce(0) { $0 << 1 | ($1.isInverted ? 1 : 0) }
    }

    /// The number in a register, if it is known.
    static func constant(_ bits: [RegisterBit]) -> UInt128? {
        guard bits.count <= 128, bits.allSatisfy({ $0.constant != nil }) else { return nil }
        return number(bits)
    }

    /// What equality of bits with a number asks for.
    enum Equality {
        /// A bit that is known is another one.
        case never
        /// These numbers; none where every bit is known, and right.
        case fields([(source: Int32, bits: [Int32], value: UInt128)])
    }

    /// What it takes for the bits to be those of the data: for each source some of its bits, from
    /// the highest on, whatever order the machine has.
    static func equality(_ bits: [RegisterBit], _ data: [RegisterBit]) -> Equality {
        var wanted: [Int32: [Int32: Bool]] = [:]
        var order: [Int32] = []
        for (bit, value) in zip(bits, data) {
            guard let value = value.constant else { continue }
            if let known = bit.constant {
                if known != value { return .never }
                continue
            }
            let plain = value != bit.isInverted
            if wanted[bit.source] == nil { order.append(bit.source) }
            if let other = wanted[bit.source]?[bit.index], other != plain { return .never }
            wanted[bit.source, default: [:]][bit.index] = plain
        }
        return .fields(
            order.map { source in
                let bits = (wanted[source] ?? [:]).sorted { $0.key < $1.key }
                return (
                    source, bits.map(\.key), bits.reduce(0) { $0 << 1 | ($1.value ? 1 : 0) }
                )
            })
    }

    /// Some bits of a source as a number.
    func operand(_ source: Int32, _ bits: [Int32]) -> Operand? {
        operand(bits.map { RegisterBit(source: source, index: $0) })
    }
}
