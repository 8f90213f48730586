extension KernelRuleReader {
    mutating func readImmediate(_ content: KernelAttributes) throws(KernelError) {
        try content.require(only: [1, 2])
        let register = try content.required32(1)
        guard let data = try content.nested(2) else { throw .malformed }
        if register == RegisterFile.verdict {
            guard let verdict = try data.nested(2) else { throw .malformed }
            return try decide(verdict)
        }
        guard let value = data[1], !value.isEmpty, value.count <= 64 else { throw .malformed }
        try registers.write(RegisterBit.constants(value), to: register)
    }

    private mutating func decide(_ attributes: KernelAttributes) throws(KernelError) {
        if try attributes.required32(1) == 0xFFFF_FFFE {
            // NFT_BREAK: the rule ends without a match.
            statements.append(KernelRuleReader.never)
            return text.add("break")
        }
        let verdict = try RuleVerdict(attributes, "")
        switch verdict {
        case .accept: text.add("accept")
        case .drop: text.add("drop")
        case .proceed: text.add("continue")
        case .return: text.add("return")
        case .jump(let name): text.add("jump \(name)")
        case .goto(let name): text.add("goto \(name)")
        case .ask:
            text.add("queue")
            return statements.append(
                .verdict(.ask(unknown(.hidden, "the program of the queue"))))
        }
        statements.append(.verdict(verdict))
    }

    mutating func readBitwise(_ content: KernelAttributes) throws(KernelError) {
        try content.require(only: [1, 2, 3, 4, 5, 6, 7, 8])
        let length = Int(try content.required32(3))
        guard (1...64).contains(length) else { throw .malformed }
        let target = try content.required32(2)
        let operation = try content.number32(6) ?? 0
        switch operation {
        case 0:
            let bits = try registers.read(try content.required32(1), bytes: length)
            let (mask, change) = (try content.data(4), try content.data(5))
            guard mask.count == length, change.count == length else { throw .malformed }
            let masked = zip(
                bits, zip(RegisterBit.constants(mask), RegisterBit.constants(change)))
            try registers.write(
                masked.map { bit, parts in
                    var result = parts.0.isInverted ? bit : .zero
                    if parts.1.isInverted { result.isInverted.toggle() }
                    return result
                }, to: target)
        case 1, 2:
            try shift(content, isLeft: operation == 1, (length + 3) & ~3, to: target)
        case 3, 4, 5: try combine(content, operation, length, to: target)
        default: throw .notUnderstood("an operation on bits")
        }
    }

    // Words are numbers in the machine's order; bits go over from one to the next.
    private mutating func shift(
        _ content: KernelAttributes, isLeft: Bool, _ length: Int, to target: UInt32
    ) throws(KernelError) {
        let data = try content.data(7)
        guard data.count == 4, data.littleNumber < 32 else { throw .malformed }
        let count = Int(data.littleNumber)
        let bits = try registers.read(try content.required32(1), bytes: length).swapped(by: 4)
        let zeros = [RegisterBit](repeating: .zero, count: count)
        let shifted =
            isLeft ? Array(bits.dropFirst(count)) + zeros : zeros + Array(bits.dropLast(count))
        try registers.write(shifted.swapped(by: 4), to: target)
    }

    // Two registers, or one and a number.
    private mutating func combine(
        _ content: KernelAttributes, _ operation: UInt32, _ length: Int, to target: UInt32
    ) throws(KernelError) {
        let left = try registers.read(try content.required32(1), bytes: length)
        let right: [RegisterBit]
        if let register = try content.number32(8) {
            right = try registers.read(register, bytes: length)
        } else {
            right = RegisterBit.constants(try content.data(7))
        }
        guard left.count == right.count, left.count <= 128, let one = operand(left),
            let other = operand(right)
        else { throw .notUnderstood("an operation on bits") }
        let operand: Operand =
            switch operation {
            case 3: .and(one, other)
            case 4: .or(one, other)
            default: .exclusiveOr(one, other)
            }
        let label = label(left) + [" & ", " | ", " ^ "][Int(operation) - 3] + label(right)
        let source = add(KernelSource(operand, label, .hexadecimal))
        try registers.write(bits(of: source), to: target)
    }

    mutating func readByteOrder(_ content: KernelAttributes) throws(KernelError) {
        try content.require(only: [1, 2, 3, 4, 5])
        let (length, size) = (try content.required32(4), try content.required32(5))
        guard (1...64).contains(length), [2, 4, 8].contains(size), try content.required32(3) < 2
        else { throw .malformed }
        // To the network's order and back is the same turn.
        try registers.swap(
            try content.required32(1), to: try content.required32(2), bytes: Int(length),
            by: Int(size))
    }

    mutating func readPayload(_ content: KernelAttributes) throws(KernelError) {
        try content.require(only: [1, 2, 3, 4, 5, 6, 7, 8])
        let (base, offset) = (try content.required32(2), try content.required32(3))
        let length = try content.required32(4)
        guard (1...64).contains(length), offset < 1 << 16 else { throw .malformed }
        let bits = (Int(offset) * 8)..<(Int(offset + length) * 8)
        if let source = try content.number32(5) {
            let written = try registers.read(source, bytes: Int(length))
            return try write(written, base, bits)
        }
        let loaded = try payload(base, bits)
        try registers.write(loaded, to: try content.required32(1))
    }

    /// The bits of a header; those of no known field are unknown, each stretch by its place.
    private mutating func payload(
        _ base: UInt32, _ bits: Range<Int>
    ) throws(KernelError) -> [RegisterBit] {
        let fields = header(base)?.fields ?? []
        imply(base)
        var loaded: [RegisterBit] = []
        var next = bits.lowerBound
        while next < bits.upperBound {
            let part: Range<Int>
            if let field = fields.first(where: { $0.bits.contains(next) }) {
                part = next..<min(field.bits.upperBound, bits.upperBound)
                let start = next - field.bits.lowerBound
                let source = add(field.source)
                loaded += self.bits(of: source)[start..<(start + part.count)]
            } else {
                let later = fields.map(\.bits.lowerBound).filter { $0 > next }.min()
                part = next..<min(later ?? bits.upperBound, bits.upperBound)
                let name = KernelRuleReader.bases[base] ?? "\(base)"
                let label = "raw bits @\(name),\(next),\(part.count)"
                let source = add(
                    KernelSource(
                        .unknown(Unknown(.hidden, label), width: part.count), label, .hexadecimal))
                loaded += self.bits(of: source)
            }
            next = part.upperBound
        }
        return loaded
    }

    private static let bases: [UInt32: String] = [0: "ll", 1: "nh", 2: "th", 3: "ih"]

    /// The header at a base, as far as the rule has settled which one it is.
    func header(_ base: UInt32) -> KernelHeader? {
        switch base {
        case 0: .link
        case 1: packetFamily.map { .network($0) }
        case 2: .transport(transport)
        default: nil
        }
    }

    private mutating func imply(_ base: UInt32) {
        if base == 1, let packetFamily { text.imply(.family(packetFamily)) }
        if base == 2, let transport {
            text.imply(.transport(transport))
            if transport == 1 { text.imply(.family(.v4)) }
            if transport == 58 { text.imply(.family(.v6)) }
        }
    }
}
