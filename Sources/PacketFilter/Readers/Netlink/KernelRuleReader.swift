/// Follows the expressions of a rule through the registers, and says them in the model's words.
struct KernelRuleReader {
    var sets: KernelSets
    let ipsetNames: [UInt16: String]
    let ipsets: [String: IPSet]
    /// Extensions of iptables that are not read, by the table that has them.
    var opaqueExtensions: [Int: Set<String>] = [:]
    /// Lists of `recent`, which are no ipsets but work like them.
    var lists: [String: Address.Family] = [:]

    // One rule.
    var family = FilterTable.Family.inet
    var table = 0
    /// The rule for those who ask what an unknown is about.
    var name = ""
    var statements: [Statement] = []
    var sources: [KernelSource] = []
    var registers = RegisterFile()
    /// What the rule has asked for so far, so that the bytes of headers mean something.
    var packetFamily: Address.Family?
    var transport: UInt8?
    var text = KernelRuleText()
    /// Nothing that decides follows the expression that is read.
    var isLast = false
    private var usesName = false
    private var named: [String: Int] = [:]

    init(sets: KernelSets, ipsetNames: [UInt16: String], ipsets: [String: IPSet]) {
        self.sets = sets
        self.ipsetNames = ipsetNames
        self.ipsets = ipsets
    }

    /// The rule in the model: one, or two where a step of it may do anything.
    mutating func read(
        _ rule: KernelRule, of family: FilterTable.Family, in table: Int
    ) throws(KernelError) -> [FilterRule] {
        self.family = family
        self.table = table
        name = ""
        var rules = try attempt(rule)
        if usesName {
            // Its unknowns are named by its text, which only its end completes.
            name =
                "\(family.rawValue) \(rule.table) \(rule.chain) '\(rules[0].text)'"
                + " # handle \(rule.handle)"
            rules = try attempt(rule)
        }
        return rules
    }

    private mutating func attempt(_ rule: KernelRule) throws(KernelError) -> [FilterRule] {
        begin()
        var anything: [Statement]?
        let idle: Set<String> = ["counter", "log", "last"]
        let decisive = rule.expressions.lastIndex { !idle.contains($0.name) }
        for (place, expression) in rule.expressions.enumerated() {
            let before = statements
            isLast = place == decisive
            do throws(KernelError) {
                try read(expression)
            } catch .notUnderstood(let what) {
                // It may decide by itself, or be a match of whatever follows.
                let unknown = self.unknown(.hidden, what)
                anything = (anything ?? before.filter(\.isMatch)) + [.opaque(unknown)]
                statements = before + [.condition(unknown)]
                try spoilRegisters()
                text.add(expression.name)
            }
        }
        let text = self.text.finish(comment: rule.comment)
        let all = [statements, anything].compactMap { $0 }
        return all.map { FilterRule($0, text: text, handle: rule.handle) }
    }

    private mutating func begin() {
        statements = []
        sources = []
        registers = RegisterFile()
        transport = nil
        text = KernelRuleText()
        usesName = false
        named = [:]
        switch family {
        case .ip: packetFamily = .v4
        case .ip6: packetFamily = .v6
        case .inet, .arp, .bridge, .netdev: packetFamily = nil
        }
    }

    /// A question about this rule alone.
    mutating func unknown(_ kind: Unknown.Kind, _ what: String) -> Unknown {
        usesName = true
        let count = (named[what] ?? 0) + 1
        named[what] = count
        let name = count == 1 ? what : "\(what) (\(count))"
        return Unknown(kind, "\(name) in \(self.name)")
    }

    private mutating func spoilRegisters() throws(KernelError) {
        for register: UInt32 in 1...4 {
            let unknown = self.unknown(.hidden, "register \(register)")
            let source = add(KernelSource(.unknown(unknown, width: 128), unknown.name))
            try registers.write(bits(of: source), to: register)
        }
    }

    private mutating func read(_ expression: KernelRule.Expression) throws(KernelError) {
        let content = try KernelAttributes(expression.content)
        switch expression.name {
        case "immediate": try readImmediate(content)
        case "cmp": try readComparison(content)
        case "range": try readRange(content)
        case "bitwise": try readBitwise(content)
        case "byteorder": try readByteOrder(content)
        case "payload": try readPayload(content)
        case "meta": try readMeta(content)
        case "ct": try readConnection(content)
        case "lookup": try readLookup(content)
        case "dynset": try readDynamic(content)
        case "fib": try readRouting(content)
        case "rt", "socket", "exthdr", "numgen", "hash", "osf", "xfrm", "tunnel":
            try readOther(expression.name, content)
        case "match": try readMatch(content)
        case "target": try readTarget(content)
        case "nat", "masq", "redir": try readTranslation(expression.name, content)
        default: try readStatement(expression.name, content)
        }
    }
}

extension KernelRuleReader {
    /// Adds something that is loaded.
    mutating func add(_ source: KernelSource) -> Int32 {
        if let known = sources.firstIndex(of: source) { return Int32(known) }
        sources.append(source)
        return Int32(sources.count - 1)
    }

    func bits(of source: Int32) -> [RegisterBit] {
        (0..<Int32(sources[Int(source)].width)).map { RegisterBit(source: source, index: $0) }
    }

    /// Loads a number into a register, filled with zeros to so many bytes.
    mutating func load(
        _ source: KernelSource, bytes: Int, isHostOrder: Bool, to register: UInt32
    ) throws(KernelError) {
        let number = add(source)
        let own = bits(of: number)
        var bits = [RegisterBit](repeating: .zero, count: max(0, bytes * 8 - own.count)) + own
        if isHostOrder { bits = bits.swapped(by: bytes) }
        try registers.write(bits, to: register)
        if let operand = source.operand, operand.mayBeMissing {
            // Without a value the rule ends here, whatever is asked of it.
            let anything = IntervalSet([0...IntervalSet.largest(operand.width)])
            statements.append(.match(operand, anything))
        }
    }
}

extension Statement {
    /// It only asks.
    var isMatch: Bool {
        switch self {
        case .match, .compare, .condition: true
        case .assign, .translate, .untrack, .remember, .verdict, .verdictMap, .opaque: false
        }
    }
}

extension Operand {
    /// Some packets have no such number.
    fileprivate var mayBeMissing: Bool {
        switch self {
        case .field(let field): field.belongsToConnection
        case .connected, .connectionPort: true
        case .mapped: self != .familyNumber && self != .protocolNumber
        case .known, .carried, .slice, .number, .and, .or, .exclusiveOr, .shiftedLeft,
            .shiftedRight, .joined, .addressType, .generated, .unknown:
            false
        }
    }
}
