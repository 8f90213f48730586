/// Says whether `iptables-restore` certainly takes a rule: every option is known, stands where it
/// may, and has a value that it can have.
struct XtablesRuleCheck {
    private var words: XtablesLine
    private let family: Address.Family
    private let table: String
    private let chain: String
    private let services: Services
    private let chains: [String: Int]
    private let ipsets: [String: IPSet]
    /// What is not certainly taken.
    private(set) var doubts: [String] = []
    /// The hooks from which packets may come to the rule; all where it asks for none.
    private(set) var hooks = Set(Hook.allCases)
    private var transport: UInt8?
    /// The extensions that are named, with the options that each was given.
    private var modules: [(name: String, options: Set<String>)] = []
    private var target: (name: String, options: Set<String>)?
    private var seen: Set<String> = []
    private var asksSyn = false

    init(
        _ words: XtablesLine, family: Address.Family, table: String, chain: String,
        services: Services, chains: [String: Int], ipsets: [String: IPSet]
    ) {
        self.words = words
        self.family = family
        self.table = table
        self.chain = chain
        self.services = services
        self.chains = chains
        self.ipsets = ipsets
    }

    /// Reads the rule's words.
    mutating func check() {
        if words.words.count > 200 { doubt("a rule of too many words") }
        while let word = words.take() {
            let isNegated = word == "!"
            guard let option = isNegated ? words.take() : word else { return doubt("a lone '!'") }
            read(option, not: isNegated)
            if !doubts.isEmpty { return }
        }
        for module in modules {
            finish(module.name, XtablesCatalogue.matches[module.name], module.options)
        }
        if let target {
            finish(target.name, XtablesCatalogue.targets[target.name], target.options)
            finishTarget(target.name, target.options)
        }
    }

    private mutating func doubt(_ message: String) {
        doubts.append(message)
    }

    private mutating func read(_ option: String, not: Bool) {
        switch option {
        case "-s", "--source", "-d", "--destination":
            once(String(option.dropFirst(option.hasPrefix("--") ? 2 : 1).prefix(1)))
            let text = words.take() ?? ""
            if not, text.contains(",") { doubt("a list that is negated") }
            check(text, .addresses)
        case "-i", "--in-interface", "-o", "--out-interface":
            let isInput = option == "-i" || option == "--in-interface"
            once(isInput ? "-i" : "-o")
            readInterface(isInput: isInput, not: not)
        case "-p", "--protocol": readProtocol(not: not)
        case "-m", "--match": readModule(not: not)
        case "-j", "--jump", "-g", "--goto": readTarget(option, not: not)
        case "-c", "--set-counters":
            once("-c")
            for _ in 0..<2 { check(words.take() ?? "", .number(0...(.max >> 1))) }
        default: readOption(option, not: not)
        }
    }

    private mutating func once(_ name: String) {
        if !seen.insert(name).inserted { doubt("an option that is given twice") }
    }

    private mutating func readInterface(isInput: Bool, not: Bool) {
        let name = words.take() ?? ""
        let isSound = name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x2F && $0 != 0x21 }
        if name.isEmpty || name.utf8.count > 15 || !isSound || name.hasPrefix("-") || name == "+" {
            doubt("a name that interfaces do not have")
        }
        let outgoing: Set<String> = ["OUTPUT", "POSTROUTING"]
        let incoming: Set<String> = ["PREROUTING", "INPUT"]
        if (isInput ? outgoing : incoming).contains(chain) {
            doubt("an interface that packets of the chain do not have")
        }
    }

    private mutating func readProtocol(not: Bool) {
        once("-p")
        let name = words.take() ?? ""
        guard name == "all" || name == "0" || Transport.number(name) != nil else {
            return doubt("the name of a protocol")
        }
        guard let number = Transport.number(name), number != 0 else {
            if not { doubt("a negation of all protocols") }
            return
        }
        if !not { transport = number }
    }

    private mutating func readModule(not: Bool) {
        var name = words.take() ?? ""
        if name == "icmpv6" || name == "ipv6-icmp" { name = "icmp6" }
        guard !not, XtablesCatalogue.matches[name] != nil else {
            return doubt("an extension that is not known")
        }
        modules.append((name, []))
    }

    private mutating func readTarget(_ option: String, not: Bool) {
        once("-j")
        let name = words.take() ?? ""
        if not { return doubt("a target that is negated") }
        target = (name, [])
        if chains[name] != nil {
            if XtablesTable.isBuiltIn(name) { doubt("a jump to a chain of the kernel") }
            return
        }
        guard option != "-g", option != "--goto", let known = XtablesCatalogue.targets[name] else {
            return doubt("a target that is not known")
        }
        if let tables = known.tables, !tables.contains(table) {
            doubt("a target that the table does not have")
        }
    }

    /// An option belongs to the target, or to the extension that was named last and has it; those
    /// of a protocol are there once `-p` names it.
    private mutating func readOption(_ word: String, not: Bool) {
        let option = XtablesExtension.synonyms[word] ?? word
        if let known = target.flatMap({ XtablesCatalogue.targets[$0.name] })?.options[option] {
            if target?.options.insert(option).inserted == false { doubtTwice() }
            return take(known, option, not: not)
        }
        func owner(_ modules: [(name: String, options: Set<String>)]) -> Int? {
            modules.lastIndex { XtablesCatalogue.matches[$0.name]?.options[option] != nil }
        }
        if owner(modules) == nil, let implied,
            XtablesCatalogue.matches[implied]?.options[option] != nil
        {
            modules.append((implied, []))
        }
        guard let index = owner(modules),
            let known = XtablesCatalogue.matches[modules[index].name]?.options[option]
        else { return doubt("an option that is not known") }
        if !modules[index].options.insert(option).inserted { doubtTwice() }
        take(known, option, not: not)
    }

    private mutating func doubtTwice() {
        doubt("an option that is given twice")
    }

    private mutating func take(_ known: XtablesOption, _ option: String, not: Bool) {
        if not, !known.negates { doubt("an option that is not negated") }
        if option == "--syn" { asksSyn = true }
        take(known.argument, option)
    }

    private var implied: String? {
        switch transport {
        case 6: "tcp"
        case 17: "udp"
        case 1: family == .v4 ? "icmp" : nil
        case 58: family == .v6 ? "icmp6" : nil
        default: nil
        }
    }

    private mutating func take(_ argument: XtablesArgument, _ option: String) {
        let texts = (0..<argument.count).map { _ in words.take() ?? "" }
        switch argument {
        case .none: break
        case .set: checkSet(texts)
        case .tcpFlags:
            for text in texts {
                check(text, .listOf(["SYN", "ACK", "FIN", "RST", "URG", "PSH", "ALL", "NONE"]))
            }
            if texts[1].contains("SYN") { asksSyn = true }
        default: check(texts[0], argument)
        }
        if option == "--reject-with" {
            if !XtablesCatalogue.rejections(family).contains(texts[0]) {
                doubt("an answer that REJECT does not have")
            }
            if texts[0] == "tcp-reset", transport != 6 { doubt("an answer of another protocol") }
        }
        if argument == .translation,
            texts[0].contains("]:") || family == .v4 && texts[0].contains(":")
        {
            needPorts()
        }
        if option == "--to-ports" { needPorts() }
        if option == "--src-type" || option == "--dst-type", family == .v6 {
            // What IPv6 does not have is refused by the kernel (`addrtype_mt_checkentry_v1`).
            let known = "UNSPEC,UNICAST,LOCAL,ANYCAST,MULTICAST".split(separator: ",")
            if !texts[0].split(separator: ",").allSatisfy(known.contains) {
                doubt("a kind of address that IPv6 does not have")
            }
        }
    }

    private mutating func needPorts() {
        guard let transport, [6, 17, 33, 132].contains(transport) else {
            return doubt("a port without a protocol")
        }
    }

    private mutating func checkSet(_ texts: [String]) {
        let directions = texts[1].split(separator: ",", omittingEmptySubsequences: false)
        if directions.isEmpty || directions.count > 3
            || !directions.allSatisfy({ $0 == "src" || $0 == "dst" })
        {
            doubt("a direction of a set")
        }
        guard let set = ipsets[texts[0]] else { return doubt("a set that is not known") }
        if set.parts.count != directions.count { doubt("a direction of a set") }
    }

    /// What an extension asks for, once all its options were read.
    private mutating func finish(
        _ name: String, _ known: XtablesExtension?, _ options: Set<String>
    ) {
        guard let known else { return }
        if let family = known.family, family != self.family {
            doubt("an extension of the other family")
        }
        if let transports = known.transports, !transports.contains(transport ?? 0) {
            doubt("an extension of another protocol")
        }
        if let tables = known.tables, !tables.contains(table) {
            doubt("an extension that the table does not have")
        }
        for group in known.needs where group.intersection(options).count != 1 {
            doubt("an extension without what it needs")
        }
        if !known.needsAny.isEmpty, known.needsAny.isDisjoint(with: options) {
            doubt("an extension without what it needs")
        }
        if let hooks = known.hooks { self.hooks.formIntersection(hooks) }
        if name == "addrtype", options.contains("--limit-iface-in") {
            hooks.formIntersection([.prerouting, .input, .forward])
        }
        if name == "recent", options.contains("--seconds") || options.contains("--hitcount"),
            options.isDisjoint(with: ["--rcheck", "--update"])
        {
            doubt("an option that the list does not have")
        }
    }

    private mutating func finishTarget(_ name: String, _ options: Set<String>) {
        if name == "TCPMSS", !asksSyn { doubt("a target of SYN packets only") }
        if !options.isDisjoint(with: ["--nfmask", "--ctmask", "--mask"]),
            options.isDisjoint(with: ["--save-mark", "--restore-mark"])
        {
            doubt("an option of a mark")
        }
    }

    private mutating func check(_ text: String, _ argument: XtablesArgument) {
        let values = XtablesValues(family: family, services: services)
        if !values.fits(text, argument) { doubt("a value that is not known") }
    }
}
