extension KernelRuleReader {
    private struct Key {
        var source: KernelSource
        var bytes: Int
        /// A number in the machine's order.
        var isHostOrder = true
        /// Where `set` writes.
        var assigned: Field?
    }

    mutating func readMeta(_ content: KernelAttributes) throws(KernelError) {
        try content.require(only: [1, 2, 3])
        let number = try content.required32(2)
        if let register = try content.number32(3) { return try setMeta(number, from: register) }
        let target = try content.required32(1)
        switch number {
        case 4, 5:
            let source = KernelSource(
                .interfaceIndex(number == 4 ? .input : .output), number == 4 ? "iif" : "oif",
                .number, width: 32)
            let place = add(source)
            return try registers.write(bits(of: place).swapped(by: 4), to: target)
        case 6, 7:
            let source = KernelSource(
                .interfaceName(number == 6 ? .input : .output),
                number == 6 ? "iifname" : "oifname", .number, width: 128)
            let place = add(source)
            return try registers.write(bits(of: place), to: target)
        case 8, 9:
            let source = KernelSource(
                .interfaceType(number == 8 ? .input : .output), number == 8 ? "iiftype" : "oiftype",
                .number, width: 16)
            let place = add(source)
            return try registers.write(bits(of: place).swapped(by: 2), to: target)
        default: break
        }
        guard let key = KernelRuleReader.meta(number) else {
            throw .notUnderstood("meta \(number)")
        }
        try load(key.source, bytes: key.bytes, isHostOrder: key.isHostOrder, to: target)
    }

    // enum nft_meta_keys.
    private static func meta(_ number: UInt32) -> Key? {
        switch number {
        case 0: Key(source: KernelSource(.field(.length), "meta length"), bytes: 4)
        case 1:
            Key(
                source: KernelSource(.protocolNumber, "meta protocol", .named(.etherType)),
                bytes: 2, isHostOrder: false)
        case 2:
            Key(
                source: KernelSource(.field(.priority), "meta priority", .hexadecimal), bytes: 4,
                assigned: .priority)
        case 3:
            Key(
                source: KernelSource(.field(.mark), "meta mark", .hexadecimal), bytes: 4,
                assigned: .mark)
        case 15:
            Key(
                source: KernelSource(.familyNumber, "meta nfproto", .named(.familyNumber)),
                bytes: 1)
        case 16:
            Key(source: KernelSource(.field(.transport), "meta l4proto", .transport), bytes: 1)
        case 19:
            Key(
                source: KernelSource(.field(.packetType), "meta pkttype", .named(.packetType)),
                bytes: 1, assigned: .packetType)
        case 31: Key(source: KernelSource(.field(.dayOfWeek), "meta day", .named(.day)), bytes: 1)
        case 32: Key(source: KernelSource(.field(.secondOfDay), "meta hour"), bytes: 4)
        default: hiddenMeta(number)
        }
    }

    // Keys that the model does not have: their name, who knows them, and their length in bytes.
    private static func hiddenMeta(_ number: UInt32) -> Key? {
        let known: [UInt32: (String, Unknown.Kind, Int)] = [
            10: ("skuid", .process, 4), 11: ("skgid", .process, 4), 12: ("nftrace", .chosen, 1),
            13: ("rtclassid", .hidden, 4),
            14: ("secmark", .hidden, 4), 17: ("ibrname", .hidden, 16),
            18: ("obrname", .hidden, 16), 20: ("cpu", .chosen, 4), 21: ("iifgroup", .hidden, 4),
            22: ("oifgroup", .hidden, 4), 23: ("cgroup", .hidden, 4), 24: ("random", .chosen, 4),
            25: ("ipsec", .hidden, 1), 26: ("iifkind", .hidden, 16),
            27: ("oifkind", .hidden, 16), 28: ("ibrpvid", .hidden, 2),
            29: ("ibrvproto", .hidden, 2), 30: ("time", .hidden, 8), 33: ("sdif", .hidden, 4),
            34: ("sdifname", .hidden, 16), 35: ("broute", .hidden, 1),
        ]
        guard let (name, kind, bytes) = known[number] else { return nil }
        let label = "meta \(name)"
        return Key(
            source: KernelSource(.unknown(Unknown(kind, label), width: bytes * 8), label),
            bytes: bytes)
    }

    private mutating func setMeta(_ number: UInt32, from register: UInt32) throws(KernelError) {
        // Traces and security marks decide nothing that rules ask for.
        if number == 12 || number == 14 {
            return text.add("meta \(number == 12 ? "nftrace" : "secmark") set")
        }
        guard let key = KernelRuleReader.meta(number), let field = key.assigned else {
            throw .notUnderstood("meta \(number) set")
        }
        try assign(field, key.bytes, register, "\(key.source.label) set")
    }

    /// Writes a number in the machine's order.
    private mutating func assign(
        _ field: Field, _ bytes: Int, _ register: UInt32, _ words: String
    ) throws(KernelError) {
        let bits = try registers.read(register, bytes: bytes).swapped(by: bytes)
        guard let operand = operand(bits) else { throw .notUnderstood(words) }
        statements.append(.assign(field, operand))
        let value = KernelRuleReader.constant(bits).map { "0x" + String($0, radix: 16) }
        text.add("\(words) \(value ?? describe(bits))")
    }

    /// What a value is made of, such as `meta mark | 0x2`.
    private func describe(_ bits: [RegisterBit]) -> String {
        let (kept, turned) = (
            KernelRuleReader.number(bits.map { .constant($0.source >= 0) }),
            KernelRuleReader.number(bits.map { .constant($0.isInverted && $0.source >= 0) })
        )
        let set = KernelRuleReader.number(bits.map { .constant($0.source == -1 && $0.isInverted) })
        var words = label(bits)
        if kept | set != IntervalSet.largest(bits.count) {
            words += " & 0x" + String(kept, radix: 16)
        }
        if set != 0 { words += " | 0x" + String(set, radix: 16) }
        if turned != 0 { words += " ^ 0x" + String(turned, radix: 16) }
        return words
    }

    mutating func readConnection(_ content: KernelAttributes) throws(KernelError) {
        try content.require(only: [1, 2, 3, 4])
        let number = try content.required32(2)
        if let register = try content.number32(4) {
            return try setConnection(number, from: register)
        }
        let isReply = try content.number8(3) == 1
        guard let key = connection(number, isReply: isReply) else {
            throw .notUnderstood("ct \(number)")
        }
        if (19...22).contains(number) {
            // Connections of the other family have no such address (`nft_ct_get_eval`).
            statements.append(.match(.field(.family), number < 21 ? 0 : 1))
        }
        try load(
            key.source, bytes: key.bytes, isHostOrder: key.isHostOrder,
            to: try content.required32(1))
    }

    private mutating func setConnection(
        _ number: UInt32, from register: UInt32
    ) throws(KernelError) {
        switch number {
        case 3: try assign(.connectionMark, 4, register, "ct mark set")
        case 17: try assign(.connectionZone, 2, register, "ct zone set")
        // Labels, events and security marks decide nothing that the model has.
        case 4, 13, 18:
            statements.append(.usesConnections)
            text.add("ct \(number == 4 ? "secmark" : number == 13 ? "label" : "event") set")
        default: throw .notUnderstood("ct \(number) set")
        }
    }

    // enum nft_ct_keys.
    private func connection(_ number: UInt32, isReply: Bool) -> Key? {
        let way = isReply ? "ct reply" : "ct original"
        switch number {
        case 0:
            return Key(
                source: KernelSource(
                    .field(.connectionState), "ct state", .named(.connectionState)), bytes: 4)
        case 1:
            return Key(
                source: KernelSource(
                    .connected(.number(0, width: 8)), "ct direction", .named(.connectionDirection)),
                bytes: 1)
        case 2:
            return Key(
                source: KernelSource(
                    .field(.connectionStatus), "ct status", .named(.connectionStatus)), bytes: 4)
        case 3:
            return Key(
                source: KernelSource(.field(.connectionMark), "ct mark", .hexadecimal), bytes: 4)
        case 7:
            return Key(
                source: KernelSource(
                    .connected(.familyNumber), "ct l3proto", .named(.familyNumber)), bytes: 1)
        case 8, 9, 19, 20, 21, 22: return address(number, isReply: isReply, way)
        case 10:
            return Key(
                source: KernelSource(
                    .connected(.field(.transport)), "ct protocol", .transport), bytes: 1)
        case 11, 12:
            let field: Field = number == 11 ? .sourcePort : .destinationPort
            return Key(
                source: KernelSource(
                    .connectionPort(field, isReply: isReply),
                    "\(way) proto-\(number == 11 ? "src" : "dst")"), bytes: 2, isHostOrder: false)
        case 17:
            return Key(source: KernelSource(.field(.connectionZone), "ct zone"), bytes: 2)
        default: return hiddenConnection(number)
        }
    }

    private func hiddenConnection(_ number: UInt32) -> Key? {
        let known: [UInt32: (String, Int)] = [
            4: ("secmark", 4), 5: ("expiration", 4), 6: ("helper", 16), 13: ("label", 16),
            14: ("packets", 8), 15: ("bytes", 8), 16: ("avgpkt", 8), 23: ("id", 4),
        ]
        guard let (name, bytes) = known[number] else { return nil }
        let unknown = Unknown(.hidden, "ct \(name)")
        return Key(
            source: KernelSource(.connected(.unknown(unknown, width: bytes * 8)), "ct \(name)"),
            bytes: bytes)
    }

    private func address(_ number: UInt32, isReply: Bool, _ way: String) -> Key? {
        let family: Address.Family
        switch number {
        case 8, 9:
            guard let packetFamily else { return nil }
            family = packetFamily
        case 19, 20: family = .v4
        default: family = .v6
        }
        let isSource = [8, 19, 21].contains(number)
        let whole: Operand =
            isReply
            ? .field(isSource ? .destination : .source)
            : .carried(isSource ? .source : .destination)
        let operand: Operand = family == .v4 ? .slice(whole, 0..<32) : whole
        return Key(
            source: KernelSource(
                .connected(operand), "\(way) \(isSource ? "saddr" : "daddr")", .address(family)),
            bytes: family.width / 8, isHostOrder: false)
    }
}
