/// Reads what `iptables-save` and `ip6tables-save` print, and files for `iptables-restore`.
struct XtablesReader {
    /// How a document is meant.
    enum Mode: Hashable {
        /// What the kernel has: it was accepted once.
        case listing
        /// A file to be loaded; tables in it are emptied first unless `keepsRules` (`--noflush`).
        case file(keepsRules: Bool)
    }

    let family: Address.Family
    let engine: FilterTable.Engine
    let mode: Mode
    let path: String
    var services: Services
    /// What is loaded: every table that was committed.
    private(set) var ruleset: Ruleset
    var doubts: [LoadProblem] = []
    /// What there may be after a table that is in doubt is refused.
    private(set) var interrupted: [Ruleset] = []
    /// Everything that the file does was carried out; otherwise nothing is known of its rules.
    private(set) var isFollowed = true
    private var isInDoubt = false
    /// What there was before the table that was committed last.
    private var before: Ruleset
    private var current: FilterTable?
    /// The places of its chains.
    private var places: [String: Int] = [:]
    private var line = 0
    /// Hooks from which packets may come to the rules of each chain of the table.
    var demands: [String: [(hooks: Set<Hook>, place: SourcePlace)]] = [:]

    private static let longestLine = 1 << 16

    init(
        family: Address.Family, engine: FilterTable.Engine, mode: Mode, path: String,
        into ruleset: Ruleset, services: Services
    ) {
        self.family = family
        self.engine = engine
        self.mode = mode
        self.path = path
        self.ruleset = ruleset
        before = ruleset
        self.services = services
    }

    private var tableFamily: FilterTable.Family { family == .v4 ? .ip : .ip6 }
    var place: SourcePlace { SourcePlace(file: path, line: line) }

    /// Reads all lines; after an error, what was committed before counts.
    mutating func read(_ bytes: [UInt8]) throws(XtablesError) {
        for part in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            line += 1
            let text = part.drop { $0 == 0x20 || $0 == 0x09 }
            checkLine(part)
            guard let first = text.first, first != UInt8(ascii: "#") else { continue }
            if first == 0x0D, text.count == 1 { continue }
            guard text.count <= XtablesReader.longestLine else {
                throw XtablesError(.notUnderstood, "a line that is too long")
            }
            guard let words = XtablesLine(text) else {
                throw XtablesError(.refused, "a quotation mark that nothing closes")
            }
            try read(words, text)
        }
        if current != nil { throw XtablesError(.refused, "a table without COMMIT") }
        if bytes.last != UInt8(ascii: "\n"), !bytes.isEmpty { doubt("a last line without an end") }
        if isInDoubt { interrupted.append(before) }
    }

    /// Notes what is known only by others than this reader whether the program takes it.
    mutating func doubt(_ message: String, at place: SourcePlace? = nil) {
        guard mode != .listing else { return }
        isInDoubt = true
        if doubts.count < 1000 { doubts.append(LoadProblem(place ?? self.place, message)) }
    }

    /// Notes that the file does something here that is not carried out.
    private mutating func lose(_ message: String) {
        isFollowed = false
        doubts.append(LoadProblem(place, message))
    }

    private mutating func read(
        _ words: XtablesLine, _ text: ArraySlice<UInt8>
    ) throws(XtablesError) {
        guard let first = words.next else { return }
        if first.hasPrefix("*") {
            try begin(String(first.dropFirst()))
        } else if first == "COMMIT" {
            try commit()
        } else if first.hasPrefix(":") {
            try declare(words)
        } else {
            try command(words, text)
        }
    }

    private mutating func begin(_ name: String) throws(XtablesError) {
        guard current == nil else { throw XtablesError(.refused, "a table within a table") }
        demands = [:]
        guard let chains = XtablesTable.builtIn[name] else {
            throw XtablesError(.notUnderstood, "a table of another kind")
        }
        let known = ruleset.index(of: name, tableFamily, engine).map { ruleset.tables[$0] }
        if mode == .file(keepsRules: true), let known {
            open(known)
            return
        }
        var table = FilterTable(tableFamily, name, engine: engine)
        for chain in chains {
            var base = XtablesTable.base(chain, in: name)
            // A table is emptied before it is filled, but its policies stay.
            let old = known?.index(ofChain: chain).flatMap { known?.chains[$0].base }
            if let old { base?.accepts = old.accepts }
            table.chains.append(FilterChain(chain, base: base))
        }
        open(table)
    }

    private mutating func open(_ table: FilterTable) {
        current = table
        places = [:]
        for (place, chain) in table.chains.enumerated() { places[chain.name] = place }
    }

    private mutating func commit() throws(XtablesError) {
        guard let table = current else { throw XtablesError(.refused, "COMMIT of no table") }
        let names = Set(table.chains.map(\.name))
        for rule in table.chains.flatMap(\.rules) {
            for statement in rule.statements {
                guard case .verdict(let verdict) = statement else { continue }
                switch verdict {
                case .jump(let target), .goto(let target):
                    if !names.contains(target) {
                        throw XtablesError(.refused, "a target that does not exist")
                    }
                case .accept, .drop, .proceed, .return, .ask: break
                }
            }
        }
        if mode != .listing { try checkChains(table) }
        before = ruleset
        ruleset.replace([table])
        current = nil
        if isInDoubt { interrupted.append(before) }
        isInDoubt = false
    }

    /// `:INPUT DROP [0:0]`.
    private mutating func declare(_ words: XtablesLine) throws(XtablesError) {
        var words = words
        guard current != nil, let name = words.take()?.dropFirst(), let policy = words.take(),
            !name.isEmpty
        else { throw XtablesError(.refused, "a chain that belongs to no table") }
        if let counters = words.take(), !XtablesReader.areCounters(counters) {
            doubt("counters of a chain")
        }
        if !words.isAtEnd { doubt("more behind the counters of a chain") }
        try declare(String(name), policy)
    }

    private mutating func declare(_ name: String, _ policy: String) throws(XtablesError) {
        guard var table = current else { return }
        let isSound = name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        if name.utf8.count > 28 || name.hasPrefix("-") || name.hasPrefix("!") || !isSound
            || name.contains("[") || XtablesCatalogue.targets[name] != nil
            || XtablesTarget.known.contains(name)
        {
            doubt("a name that chains do not have")
        }
        // Taken out, because a copy of the table would make each line copy all of it.
        current = nil
        defer { current = table }
        let index = places[name]
        let mayIgnore = engine == .nftables && index.map { table.chains[$0].base == nil } ?? true
        if policy != "-", mayIgnore { doubt("a policy of a chain that has none") }
        if policy == "-" || mayIgnore {
            if let index {
                table.chains[index].rules = []
            } else {
                places[name] = table.chains.count
                table.chains.append(FilterChain(name))
            }
        } else {
            guard let index, table.chains[index].base != nil else {
                throw XtablesError(.refused, "a policy of a chain that has none")
            }
            guard policy == "ACCEPT" || policy == "DROP" else {
                throw XtablesError(.refused, "a policy that chains do not have")
            }
            table.chains[index].base?.accepts = policy == "ACCEPT"
        }
    }

    private mutating func command(
        _ words: XtablesLine, _ text: ArraySlice<UInt8>
    ) throws(XtablesError) {
        var words = words
        if let counters = words.next, counters.hasPrefix("[") {
            _ = words.take()
            if !XtablesReader.areCounters(counters) { doubt("counters of a rule") }
        }
        guard current != nil, let verb = words.take(), let name = words.take() ?? Optional("")
        else { throw XtablesError(.refused, "a rule that belongs to no table") }
        switch verb {
        case "-A", "--append": try add(words, name, at: nil, text)
        case "-I", "--insert":
            var place = 0
            if let number = words.next.flatMap({ CNumber.small($0) }) {
                _ = words.take()
                place = max(1, number) - 1
                let count = current?.index(ofChain: name).flatMap {
                    current?.chains[$0].rules.count
                }
                if number < 1 || number > (count ?? 0) + 1 {
                    doubt("a place that there is not")
                }
            }
            try add(words, name, at: place, text)
        case "-N", "--new-chain":
            doubt("the command '-N'")
            try declare(name, "-")
        case "-P", "--policy":
            doubt("the command '-P'")
            try declare(name, words.take() ?? "")
        case "-F", "--flush", "-X", "--delete-chain", "-Z", "--zero":
            let isSound =
                words.isAtEnd && (name.isEmpty || current?.index(ofChain: name) != nil)
            if !isSound || verb.hasPrefix("-X") && !name.isEmpty || verb == "--delete-chain" {
                doubt("the command '-X'")
            }
            try empty(verb, name)
        case "-L", "--list", "-S", "--list-rules", "-C", "--check":
            doubt("the command '\(verb.prefix(2))'")
        default: lose("a command that is not carried out")
        }
    }

    private mutating func empty(_ verb: String, _ name: String) throws(XtablesError) {
        guard var table = current else { return }
        if verb == "-F" || verb == "--flush" {
            for index in table.chains.indices
            where name.isEmpty || table.chains[index].name == name {
                table.chains[index].rules = []
            }
        } else if verb == "-X" || verb == "--delete-chain" {
            table.chains.removeAll { $0.base == nil && (name.isEmpty || $0.name == name) }
        }
        open(table)
    }

    private mutating func add(
        _ words: XtablesLine, _ chain: String, at place: Int?, _ text: ArraySlice<UInt8>
    ) throws(XtablesError) {
        guard var table = current else { return }
        current = nil
        defer { current = table }
        guard let index = places[chain] else {
            throw XtablesError(.refused, "a rule of a chain that does not exist")
        }
        var reader = XtablesRuleReader(
            words, family: family, table: table.name, services: services,
            chains: places, ipsets: ruleset.ipsets,
            isListing: mode == .listing)
        let readable = XtablesReader.readable(text)
        reader.name = readable
        let statements = try statements(of: &reader)
        if reader.isOtherFamily { return }
        if mode != .listing { check(words, table.name, chain, places) }
        for set in reader.filledSets {
            // Lists of `recent` are no ipsets, but work like them.
            let blank = IPSet(parts: [.address], family: family)
            ruleset.ipsets[set, default: blank].members.isFilledByPackets = true
        }
        for message in reader.doubts { doubt(message) }
        let rule = FilterRule(
            statements, text: readable, place: mode == .listing ? nil : self.place)
        let count = table.chains[index].rules.count
        table.chains[index].rules.insert(rule, at: min(max(0, place ?? count), count))
    }

    /// A rule that is not understood becomes an unknown in its place.
    private mutating func statements(
        of reader: inout XtablesRuleReader
    ) throws(XtablesError) -> [Statement] {
        do throws(XtablesError) {
            return try reader.read()
        } catch {
            guard error.code == .notUnderstood else { throw error }
            doubt(error.message)
            return [.opaque(Unknown(.hidden, "rule '\(reader.name)'"))]
        }
    }

    private static func readable(_ text: ArraySlice<UInt8>) -> String {
        let clean = text.prefix(500).map { $0 < 0x20 || $0 == 0x7F ? 0x20 : $0 }
        let whole = String(decoding: clean, as: UTF8.self)
        return whole.last == " " ? String(whole.dropLast()) : whole
    }
}
