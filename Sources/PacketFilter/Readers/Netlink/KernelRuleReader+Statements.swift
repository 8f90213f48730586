extension KernelRuleReader {
    /// Expressions that are no load and no match of the packet's bytes.
    mutating func readStatement(
        _ name: String, _ content: KernelAttributes
    ) throws(KernelError) {
        switch name {
        case "counter", "log", "last", "flow_offload", "dup": text.add(name)
        case "limit":
            text.add(try limit(content))
            statements.append(.condition(unknown(.chosen, "limit")))
        case "quota":
            text.add("quota")
            statements.append(.condition(unknown(.chosen, "quota")))
        case "connlimit":
            text.add("ct count \(try content.number32(1) ?? 0)")
            statements += [.usesConnections, .condition(unknown(.chosen, "ct count"))]
        case "reject":
            text.add("reject")
            statements.append(.verdict(.drop))
        case "notrack":
            text.add("notrack")
            statements.append(.untrack)
        case "queue":
            text.add("queue")
            statements.append(.verdict(.ask(unknown(.hidden, "the program of the queue"))))
        case "fwd":
            text.add("fwd")
            statements.append(.verdict(.ask(unknown(.hidden, "it comes back after fwd"))))
        case "synproxy":
            text.add("synproxy")
            statements.append(.verdict(.ask(unknown(.hidden, "the synproxy lets it in"))))
        case "tproxy":
            text.add("tproxy")
            statements.append(.condition(unknown(.hidden, "a socket takes it by tproxy")))
        case "objref": try readObject(content)
        default: throw .notUnderstood("expression \(name)")
        }
    }

    private func limit(_ content: KernelAttributes) throws(KernelError) -> String {
        let rate = try content.number64(1) ?? 0
        let units: [UInt64: String] = [
            1: "second", 60: "minute", 3600: "hour", 86_400: "day", 604_800: "week",
        ]
        let unit = units[try content.number64(2) ?? 0] ?? "?"
        let over = try (content.number32(5) ?? 0) & 1 == 1 ? "over " : ""
        let bytes = try content.number32(4) == 1 ? " bytes" : ""
        return "limit rate \(over)\(rate)\(bytes)/\(unit)"
    }

    /// A named object, given or found by a map (`NFT_OBJECT_`).
    private mutating func readObject(_ content: KernelAttributes) throws(KernelError) {
        try content.require(only: [1, 2, 3, 4, 5])
        let kind: UInt32
        var name = try content.text(2) ?? ""
        if let register = try content.number32(3) {
            let key = KernelSetKey(table: table, name: try content.requiredText(4))
            let set = try sets.set(key)
            guard case .object(let own) = set.data else { throw .malformed }
            let bits = try registers.read(register, bytes: set.keyLength)
            try askForKey(bits, set, key)
            (kind, name) = (own, "@\(set.name)")
        } else {
            kind = try content.required32(1)
        }
        switch kind {
        case 1: text.add("counter name \(name)")
        case 8: text.add("meta secmark set \(name)")
        case 2, 4:
            text.add("\(kind == 2 ? "quota" : "limit") name \(name)")
            statements.append(.condition(unknown(.chosen, kind == 2 ? "quota" : "limit")))
        case 5:
            text.add("ct count name \(name)")
            statements += [.usesConnections, .condition(unknown(.chosen, "ct count"))]
        case 3, 7, 9:
            text.add("ct object \(name)")
            statements.append(.usesConnections)
        case 10:
            text.add("synproxy name \(name)")
            statements.append(.verdict(.ask(unknown(.hidden, "the synproxy lets it in"))))
        default: throw .notUnderstood("an object")
        }
    }

    /// `fib daddr . iif type`.
    mutating func readRouting(_ content: KernelAttributes) throws(KernelError) {
        try content.require(only: [1, 2, 3])
        let (result, flags) = (try content.required32(2), try content.required32(3))
        let target = try content.required32(1)
        let names: [(UInt32, String)] = [
            (1, "saddr"), (2, "daddr"), (4, "mark"), (8, "iif"), (16, "oif"),
        ]
        let asked = names.filter { flags & $0.0 != 0 }.map(\.1).joined(separator: " . ")
        guard flags & ~63 == 0, (1...3).contains(result) else { throw .notUnderstood("fib") }
        if result == 3, flags & ~11 == 0 {
            let field: Field = flags & 1 != 0 ? .source : .destination
            return try load(
                KernelSource(
                    .addressType(of: field, onInput: flags & 8 != 0), "fib \(asked) type",
                    .named(.addressType)), bytes: 4, isHostOrder: true, to: target)
        }
        let kind = flags & 32 != 0 ? "check" : ["oif", "oifname", "type"][Int(result) - 1]
        let label = "fib \(asked) \(kind)"
        let bytes = flags & 32 != 0 ? 1 : result == 2 ? 16 : 4
        let width = flags & 32 != 0 ? 1 : bytes * 8
        try load(
            KernelSource(.unknown(Unknown(.chosen, label), width: width), label), bytes: bytes,
            isHostOrder: true, to: target)
    }

    /// Loads of what the model does not have.
    mutating func readOther(_ name: String, _ content: KernelAttributes) throws(KernelError) {
        switch name {
        case "rt":
            let key = try content.required32(2)
            let sizes: [UInt32: Int] = [0: 4, 1: 4, 2: 16, 3: 2, 4: 1]
            try loadUnknown(.hidden, "rt \(key)", sizes[key], content, register: 1)
        case "socket":
            let key = try content.required32(1)
            let sizes: [UInt32: Int] = [0: 1, 1: 4, 2: 1, 3: 8]
            try loadUnknown(.hidden, "socket \(key)", sizes[key], content, register: 2)
        case "exthdr": try readExtensionHeader(content)
        case "numgen":
            try loadGenerated(
                "numgen", content, modulus: try content.required32(2),
                offset: try content.number32(4) ?? 0, register: 1)
        case "hash":
            try loadGenerated(
                "hash", content, modulus: try content.required32(4),
                offset: try content.number32(6) ?? 0, register: 2)
        case "osf": try loadUnknown(.chosen, "osf", 16, content, register: 1)
        case "xfrm":
            let key = try content.required32(2)
            let sizes: [UInt32: Int] = [1: 4, 2: 4, 3: 16, 4: 16, 5: 4, 6: 4]
            try loadUnknown(.hidden, "ipsec \(key)", sizes[key], content, register: 1)
        default:
            let key = try content.required32(1)
            try loadUnknown(.hidden, "tunnel \(key)", key == 0 ? 1 : 4, content, register: 2)
        }
    }

    private mutating func loadUnknown(
        _ kind: Unknown.Kind, _ label: String, _ bytes: Int?, _ content: KernelAttributes,
        register: UInt16
    ) throws(KernelError) {
        guard let bytes else { throw .notUnderstood(label) }
        try load(
            KernelSource(.unknown(Unknown(kind, label), width: bytes * 8), label), bytes: bytes,
            isHostOrder: false, to: try content.required32(register))
    }

    private mutating func loadGenerated(
        _ label: String, _ content: KernelAttributes, modulus: UInt32, offset: UInt32,
        register: UInt16
    ) throws(KernelError) {
        guard modulus > 0 else { throw .malformed }
        let (first, last) = (UInt128(offset), UInt128(offset) + UInt128(modulus) - 1)
        guard last <= IntervalSet.largest(32) else { throw .notUnderstood(label) }
        let unknown = self.unknown(.chosen, label)
        try load(
            KernelSource(
                .generated(unknown, first...last, width: 32), "\(label) mod \(modulus)"), bytes: 4,
            isHostOrder: true, to: try content.required32(register))
    }

    private mutating func readExtensionHeader(_ content: KernelAttributes) throws(KernelError) {
        try content.require(only: [1, 2, 3, 4, 5, 6, 7])
        guard let type = try content.number8(2) else { throw .malformed }
        let operation = try content.number32(6) ?? 0
        let names = ["exthdr", "tcp option", "ip option", "sctp chunk", "dccp option"]
        guard operation < names.count else { throw .notUnderstood("exthdr") }
        let (offset, length) = (try content.required32(3), try content.required32(4))
        var label = "\(names[Int(operation)]) \(type)"
        guard let target = try content.number32(1) else {
            // An option is written or taken out, for which no rule of ours asks.
            return text.add("reset \(label)")
        }
        let isPresence = try (content.number32(5) ?? 0) & 1 == 1
        guard isPresence || (1...64).contains(length) else { throw .malformed }
        if !isPresence { label += " @\(offset),\(length)" }
        try load(
            KernelSource(
                .unknown(Unknown(.chosen, label), width: isPresence ? 1 : Int(length) * 8), label),
            bytes: isPresence ? 1 : Int(length), isHostOrder: false, to: target)
    }
}
