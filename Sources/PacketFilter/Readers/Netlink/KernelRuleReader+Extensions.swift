/// What an extension of iptables brings along: structures of the C library, in the machine's order
/// except for addresses and what the packet itself carries.
struct KernelExtension {
    var name: String
    var revision: UInt32
    var bytes: ArraySlice<UInt8>

    init(_ content: KernelAttributes) throws(KernelError) {
        try content.require(only: [1, 2, 3])
        name = try content.requiredText(1)
        revision = try content.required32(2)
        bytes = content[3] ?? []
    }

    func number(_ offset: Int, _ count: Int) throws(KernelError) -> UInt128 {
        guard let number = bytes.little(offset, count) else {
            throw .notUnderstood("extension \(name)")
        }
        return number
    }

    /// An address of a union of both families.
    func address(_ offset: Int, _ family: Address.Family) throws(KernelError) -> UInt128 {
        guard let part = bytes.part(offset, family.width / 8) else {
            throw .notUnderstood("extension \(name)")
        }
        return part.bigNumber
    }

    /// A number in the network's order.
    func big(_ offset: Int, _ count: Int) throws(KernelError) -> UInt128 {
        guard let part = bytes.part(offset, count) else {
            throw .notUnderstood("extension \(name)")
        }
        return part.bigNumber
    }
}

extension KernelRuleReader {
    /// An extension of iptables that matches.
    mutating func readMatch(_ content: KernelAttributes) throws(KernelError) {
        let info = try KernelExtension(content)
        let family: Address.Family? =
            self.family == .ip ? .v4 : self.family == .ip6 ? .v6 : nil
        if let family {
            do throws(KernelError) {
                if let statements = try matches(info, family) {
                    self.statements += statements
                    text.add("-m \(info.name)")
                    return
                }
            } catch .notUnderstood {
                // As good as one whose name is not known.
            }
        }
        try readUnknownMatch(info)
    }

    // A match can only let the packet go on, or not.
    private mutating func readUnknownMatch(_ info: KernelExtension) throws(KernelError) {
        text.add("-m \(info.name)")
        switch info.name {
        case "comment", "nfacct": return
        case "limit", "hashlimit", "quota", "statistic", "rpfilter", "osf", "tcpmss", "ecn",
            "frag", "hbh", "dst", "rt", "ipv6header", "esp", "ah", "mh", "connrate":
            statements.append(.condition(unknown(.chosen, info.name)))
        case "time":
            // A stretch of dates is over some day; hours come again.
            let (first, last) = (try info.number(0, 4), try info.number(4, 4))
            let isDaily = first == 0 && last >= 0x7FFF_FFFF
            statements.append(.condition(unknown(isDaily ? .chosen : .hidden, info.name)))
        case "connlimit":
            statements += [.usesConnections, .condition(unknown(.chosen, info.name))]
        case "owner": statements.append(.condition(unknown(.process, info.name)))
        case "helper", "connbytes", "connlabel":
            statements += [
                .usesConnections, .condition(unknown(.hidden, "xt match \(info.name)")),
            ]
        default:
            if !KernelRuleReader.hidden.contains(info.name) {
                opaqueExtensions[table, default: []].insert(info.name)
            }
            statements.append(.condition(unknown(.hidden, "xt match \(info.name)")))
        }
    }

    /// Extensions of which iptables-save tells nothing that the model has.
    private static let hidden: Set<String> = [
        "string", "u32", "bpf", "cgroup", "socket", "policy", "physdev", "realm", "rateest",
        "cpu", "devgroup", "cluster", "srh", "ipvs", "eui64", "geoip",
    ]

    /// Nothing for an extension that is not known.
    private mutating func matches(
        _ info: KernelExtension, _ family: Address.Family
    ) throws(KernelError) -> [Statement]? {
        switch (info.name, info.revision) {
        case ("tcp", 0): try tcp(info)
        case ("udp", 0), ("udplite", 0):
            try ports(info, inverted: info.number(8, 1))
        case ("icmp", 0), ("icmp6", 0): try icmp(info)
        case ("multiport", 1): [try multiport(info)]
        case ("conntrack", 1...3): try connection(info, family)
        case ("state", 0):
            [
                .anyBit(
                    .field(.connectionState),
                    KernelRuleReader.states(try info.number(0, 4), old: true))
            ]
        case ("mark", 1): [try mark(.field(.mark), info)]
        case ("connmark", 1): [try mark(.field(.connectionMark), info)]
        case ("addrtype", 1), ("addrtype", 0): try addressTypes(info, family)
        case ("iprange", 1): try range(info, family)
        case ("mac", 0):
            [
                .match(
                    .field(.sourceHardware), try info.big(0, 6), not: try info.number(8, 4) != 0)
            ]
        case ("pkttype", 0):
            [
                .match(.field(.packetType), try info.number(0, 4), not: try info.number(4, 4) != 0)
            ]
        case ("length", 0):
            [
                .match(
                    .field(.length), try interval(info.number(0, 2), info.number(2, 2)),
                    not: try info.number(4, 1) != 0)
            ]
        case ("ttl", 0), ("hl", 0): [try hops(info)]
        case ("dscp", 0):
            [
                .match(
                    .slice(.field(.trafficClass), 0..<6), try info.number(0, 1),
                    not: try info.number(1, 1) != 0)
            ]
        case ("recent", 0), ("recent", 1): try recent(info, family)
        case ("set", 1), ("set", 4): try ipset(info, family)
        default: nil
        }
    }

    func interval(_ first: UInt128, _ last: UInt128) -> IntervalSet {
        first <= last ? IntervalSet([first...last]) : .empty
    }

    private func mark(_ operand: Operand, _ info: KernelExtension) throws(KernelError) -> Statement
    {
        let (number, mask) = (try info.number(0, 4), try info.number(4, 4))
        return .match(operand.masked(mask), number, not: try info.number(8, 1) != 0)
    }

    private func addressTypes(
        _ info: KernelExtension, _ family: Address.Family
    ) throws(KernelError) -> [Statement] {
        let flags: UInt128
        if info.revision == 0 {
            flags = try (info.number(4, 4) != 0 ? 1 : 0) | (info.number(8, 4) != 0 ? 2 : 0)
        } else {
            flags = try info.number(4, 4)
        }
        guard flags & ~7 == 0 else { throw .notUnderstood("addrtype") }
        var statements: [Statement] = []
        for (field, offset, bit) in [(Field.source, 0, UInt128(1)), (.destination, 2, 2)] {
            let mask = try info.number(offset, 2)
            if mask == 0 { continue }
            statements.append(
                AddressTypes.statement(
                    field, Set((0..<16).filter { mask >> $0 & 1 == 1 }), family,
                    onInput: flags & 4 != 0, not: flags & bit != 0))
        }
        return statements
    }

    // struct xt_iprange_mtinfo: first and last source, first and last destination, flags.
    private func range(
        _ info: KernelExtension, _ family: Address.Family
    ) throws(KernelError) -> [Statement] {
        let flags = try info.number(64, 1)
        guard flags & ~0x33 == 0 else { throw .notUnderstood("iprange") }
        var statements: [Statement] = []
        for (field, offset, bit) in [(Field.source, 0, UInt128(1)), (.destination, 32, 2)]
        where flags & bit != 0 {
            let numbers = try interval(
                info.address(offset, family), info.address(offset + 16, family))
            statements.append(
                .match(
                    family == .v4 ? .slice(.field(field), 0..<32) : .field(field), numbers,
                    not: flags & (bit << 4) != 0))
        }
        return statements
    }

    private func hops(_ info: KernelExtension) throws(KernelError) -> Statement {
        let (mode, bound) = (try info.number(0, 1), try info.number(1, 1))
        switch mode {
        case 0, 1: return .match(.field(.timeToLive), bound, not: mode == 1)
        case 2:
            return .match(
                .field(.timeToLive), bound == 0 ? .empty : IntervalSet([0...(bound - 1)]))
        case 3:
            return .match(
                .field(.timeToLive), bound == 255 ? .empty : IntervalSet([(bound + 1)...255]))
        default: throw .notUnderstood("a mode of hops")
        }
    }

    // struct xt_recent_mtinfo: seconds, hits, what is done, turned round, name, which end.
    private mutating func recent(
        _ info: KernelExtension, _ family: Address.Family
    ) throws(KernelError) -> [Statement] {
        let (action, isInverted) = (try info.number(8, 1), try info.number(9, 1) != 0)
        guard let name = info.bytes.part(10, 200)?.prefix(while: { $0 != 0 }),
            let list = String(validating: name, as: UTF8.self)
        else { throw .notUnderstood("recent") }
        let field: Field = try info.number(210, 1) == 1 ? .destination : .source
        let set = "recent \(list) ipv\(family.rawValue)"
        let key = [family == .v4 ? .slice(.field(field), 0..<32) : Operand.field(field)]
        lists[set] = family
        if action & 2 != 0 {
            return [.remember(key, in: .ipset(set))] + (isInverted ? [KernelRuleReader.never] : [])
        }
        return [.match(key, in: .ipset(set), isNegated: isInverted)]
    }

    // struct xt_set_info: the set's number, how many parts its keys have, which end each part is
    // of; the fourth revision also has conditions on counters.
    private func ipset(
        _ info: KernelExtension, _ family: Address.Family
    ) throws(KernelError) -> [Statement]? {
        let (dimension, flags) = (Int(try info.number(2, 1)), try info.number(3, 1))
        if info.revision == 4 {
            guard try info.number(16, 1) == 0, try info.number(32, 1) == 0,
                try info.number(40, 4) == 0
            else { return nil }
        }
        guard let name = ipsetNames[UInt16(truncatingIfNeeded: try info.number(0, 2))],
            let set = ipsets[name], dimension <= 3, flags & ~15 == 0,
            set.family == family || !set.parts.contains(.address)
        else { return nil }
        let directions = (0..<dimension).map { flags >> UInt128($0 + 1) & 1 == 1 ? "src" : "dst" }
        guard let key = set.operands(directions) else { return nil }
        return [.match(key, in: .ipset(name), isNegated: flags & 1 == 1)]
    }
}
