extension KernelRuleReader {
    private struct Places {
        var address: [UInt32?] = [nil, nil]
        var port: [UInt32?]
        var flags: UInt32
    }

    mutating func readTranslation(
        _ name: String, _ content: KernelAttributes
    ) throws(KernelError) {
        switch name {
        case "nat":
            try content.require(only: [1, 2, 3, 4, 5, 6, 7])
            let isDestination = try content.required32(1) == 1
            let family = try family(of: try content.required32(2))
            let places = Places(
                address: [try content.number32(3), try content.number32(4)],
                port: [try content.number32(5), try content.number32(6)],
                flags: try content.number32(7) ?? 0)
            if let family, self.family == .inet, packetFamily != family {
                // Packets of the other family go on with what follows (`nft_nat_inet_eval`).
                guard isLast else { throw .notUnderstood("a translation with something behind it") }
                statements.append(.match(.field(.family), family == .v4 ? 0 : 1))
            }
            try translate(
                Translation(isDestination ? .destination : .source, family: family), places,
                isDestination ? "dnat" : "snat")
        default:
            try content.require(only: [1, 2, 3])
            let isMasquerade = name == "masq"
            let first: UInt16 = isMasquerade ? 2 : 1
            let places = Places(
                port: [try content.number32(first), try content.number32(first + 1)],
                flags: try content.number32(isMasquerade ? 1 : 3) ?? 0)
            try translate(
                Translation(isMasquerade ? .masquerade : .redirect, family: packetFamily), places,
                isMasquerade ? "masquerade" : "redirect")
        }
    }

    private func family(of number: UInt32) throws(KernelError) -> Address.Family? {
        switch number {
        case 2: .v4
        case 10: .v6
        case 1: packetFamily
        default: throw .malformed
        }
    }

    private mutating func translate(
        _ start: Translation, _ places: Places, _ words: String
    ) throws(KernelError) {
        var translation = start
        var words = words
        if places.address[0] != nil {
            guard let family = translation.family else { throw .notUnderstood(words) }
            translation.address = try target(
                places.address, family.width, isPrefix: places.flags & 64 != 0)
            words += " to " + describe(translation.address, .address(family), family.width)
        }
        if places.port[0] != nil {
            translation.port = try target(places.port, 16, isPrefix: false)
            words += places.address[0] == nil ? " to :" : ":"
            words += describe(translation.port, .number, 16)
        }
        text.add(words)
        statements.append(.translate(translation))
    }

    /// What two registers say is written: a number, one of a range, or somebody knows what.
    private mutating func target(
        _ places: [UInt32?], _ width: Int, isPrefix: Bool
    ) throws(KernelError) -> Translation.Target {
        guard let place = places[0] else { throw .malformed }
        let first = try registers.read(place, bytes: width / 8)
        let last = try registers.read(places[1] ?? place, bytes: width / 8)
        if let low = KernelRuleReader.constant(first), let high = KernelRuleReader.constant(last),
            low <= high
        {
            let prefix = Prefix(exactly: low...high, width == 32 ? .v4 : .v6)
            if isPrefix, let prefix, width > 16 { return .prefix(low, length: prefix.length) }
            if !isPrefix {
                return low == high ? .operand(.number(low, width: width)) : .oneOf(low...high)
            }
        } else if first == last, !isPrefix, let operand = operand(first) {
            return .operand(operand)
        }
        // Where it leads is not known; that it leads somewhere is.
        return .operand(.unknown(unknown(.hidden, "what is written"), width: width))
    }

    private func describe(
        _ target: Translation.Target?, _ style: KernelSource.Style, _ width: Int
    ) -> String {
        switch target {
        case .operand(.number(let number, _))?: style.text(number, width: width)
        case .oneOf(let range)?:
            style.text(range.lowerBound, width: width) + "-"
                + style.text(range.upperBound, width: width)
        case .prefix(let number, let length)?: style.text(number, width: width) + "/\(length)"
        case .operand?, nil: "…"
        }
    }

    /// A part of the header is written.
    mutating func write(
        _ written: [RegisterBit], _ base: UInt32, _ bits: Range<Int>
    ) throws(KernelError) {
        guard let fields = header(base)?.fields else {
            throw .notUnderstood("a change of a header")
        }
        text.add("a header set")
        for field in fields where field.bits.overlaps(bits) {
            let part = field.bits.clamped(to: bits)
            let source = add(field.source)
            var whole = self.bits(of: source)
            let start = part.lowerBound - field.bits.lowerBound
            whole.replaceSubrange(
                start..<(start + part.count),
                with: written[(part.lowerBound - bits.lowerBound)...].prefix(part.count))
            if whole == self.bits(of: source) { continue }
            try assign(whole, to: field.source.operand)
        }
    }

    private mutating func assign(
        _ bits: [RegisterBit], to target: Operand?
    ) throws(KernelError) {
        switch target {
        case .field(let field)? where field != .transport:
            guard let operand = operand(bits) else { throw .notUnderstood("a change of a header") }
            statements.append(.assign(field, operand))
        case .slice(.field(let field), let range)?:
            // The rest of the field stays.
            let isAddress = field == .source || field == .destination
            let width = isAddress ? range.count : field.width
            let before = range.lowerBound
            guard let operand = operand(bits), !isAddress || before == 0 else {
                throw .notUnderstood("a change of a header")
            }
            var parts: [Operand] = []
            if before > 0 { parts.append(.slice(.field(field), 0..<before)) }
            parts.append(operand)
            if range.upperBound < width {
                parts.append(.slice(.field(field), range.upperBound..<width))
            }
            statements.append(.assign(field, parts.count == 1 ? parts[0] : .joined(parts)))
        case .unknown?, .number?: break  // Checksums and their like: no rule of ours asks for them.
        default: throw .notUnderstood("a change of a header")
        }
    }
}
