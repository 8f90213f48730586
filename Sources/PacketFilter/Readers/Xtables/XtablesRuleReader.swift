/// Reads one rule of iptables: options, matches and a target.
struct XtablesRuleReader {
    var words: XtablesLine
    let family: Address.Family
    let table: String
    let services: Services
    /// The places of the chains that there are.
    let chains: [String: Int]
    let ipsets: [String: IPSet]
    let isListing: Bool
    /// The rule's text, for what is not known about it.
    var name = ""

    var statements: [Statement] = []
    var doubts: [String] = []
    /// Sets that packets add to.
    var filledSets: Set<String> = []
    /// The line is for the other family (`-4`, `-6`).
    var isOtherFamily = false
    /// The protocol that the rule asks for.
    var transport: UInt8?
    /// The extension that was loaded last; options of the same name belong to it.
    var module = ""
    var recent = XtablesRecent()
    /// Options of it that no other case has read.
    var options: [String] = []

    init(
        _ words: XtablesLine, family: Address.Family, table: String, services: Services,
        chains: [String: Int], ipsets: [String: IPSet], isListing: Bool
    ) {
        self.words = words
        self.family = family
        self.table = table
        self.services = services
        self.chains = chains
        self.ipsets = ipsets
        self.isListing = isListing
    }

    /// The steps of the rule, in the order in which x_tables takes them: options of the header,
    /// matches, target.
    mutating func read() throws(XtablesError) -> [Statement] {
        while let word = words.take() {
            let isNegated = word == "!"
            guard let option = isNegated ? words.take() : word else {
                throw XtablesError(.refused, "an exclamation mark at the end")
            }
            try read(option, not: isNegated)
        }
        try finishModule()
        return statements
    }

    private mutating func read(_ option: String, not: Bool) throws(XtablesError) {
        switch option {
        case "-s", "--source", "--src": try address(.source, not: not)
        case "-d", "--destination", "--dst": try address(.destination, not: not)
        case "-i", "--in-interface": statements.append(try interface(.input, not: not))
        case "-o", "--out-interface": statements.append(try interface(.output, not: not))
        case "-p", "--protocol", "--proto": try readProtocol(not: not)
        case "-f", "--fragment":
            statements.append(
                .match(.slice(.field(.fragment), 3..<16), 0, not: !not))
        case "-4", "--ipv4": isOtherFamily = isOtherFamily || family != .v4
        case "-6", "--ipv6": isOtherFamily = isOtherFamily || family != .v6
        case "-c", "--set-counters":
            // `1 2`, or `1,2`.
            if words.take()?.contains(",") == false { _ = words.take() }
        case "-m", "--match":
            try finishModule()
            module = try value()
            startModule()
        case "-j", "--jump":
            try finishModule()
            try readTarget(try value())
        case "-g", "--goto":
            try finishModule()
            statements.append(.verdict(.goto(try value())))
        default: try readMatch(option, not: not)
        }
    }

    /// The word after an option.
    mutating func value() throws(XtablesError) -> String {
        guard let value = words.take() else {
            throw XtablesError(.refused, "an option without its value")
        }
        return value
    }

    private mutating func address(_ field: Field, not: Bool) throws(XtablesError) {
        var ranges: [ClosedRange<UInt128>] = []
        for part in try value().split(separator: ",") {
            guard let prefix = try prefix(String(part)) else { return }
            ranges.append(prefix)
        }
        statements.append(.match(operand(field), IntervalSet(ranges), not: not))
    }

    /// The address in a field, of the family of the table.
    func operand(_ field: Field) -> Operand {
        family == .v4 ? .slice(.field(field), 0..<32) : .field(field)
    }

    /// An address with a prefix length or a mask; nothing for the name of a host, which becomes
    /// a doubt and an unknown.
    mutating func prefix(_ text: String) throws(XtablesError) -> ClosedRange<UInt128>? {
        if let prefix = Prefix(text), prefix.family == family { return prefix.range }
        let parts = text.split(separator: "/")
        if parts.count == 2, let address = Address(parts[0]), let mask = Address(parts[1]),
            address.family == family, mask.family == family
        {
            let hostBits = mask.number ^ IntervalSet.largest(family.width)
            // A mask with holes is rare enough to be left alone.
            if hostBits & (hostBits &+ 1) == 0 {
                return (address.number & mask.number)...(address.number & mask.number | hostBits)
            }
        }
        if let address = Address(parts.first ?? ""), address.family != family {
            throw XtablesError(.refused, "an address of the other family")
        }
        unknownMatch("an address that is not known")
        return nil
    }

    /// Something that is not understood decides.
    mutating func unknownMatch(_ what: String) {
        doubts.append(what)
        statements.append(.condition(Unknown(.hidden, "rule '\(name)'")))
    }

    private mutating func interface(_ field: Field, not: Bool) throws(XtablesError) -> Statement {
        let name = try value()
        let pattern = name.hasSuffix("+") ? name.dropLast() + "*" : name
        return .interface(field, [pattern], not: not)
    }

    private mutating func readProtocol(not: Bool) throws(XtablesError) {
        let name = try value()
        if name == "all" || name == "0" { return }
        guard let number = Transport.number(name) else {
            unknownMatch("the name of a protocol")
            return
        }
        if !not {
            try finishModule()
            transport = number
            module = name
        }
        statements.append(.match(.field(.transport), UInt128(number), not: not))
    }
}
