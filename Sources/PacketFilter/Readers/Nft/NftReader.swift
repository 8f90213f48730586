/// Reads nft's own language: listings of the kernel's rules, and the files that loaders load.
///
/// The grammar is that of nft 1.0.6 to 1.1.x. In a listing, a rule that is not understood becomes
/// an opaque one; in a file it also is a doubt whether nft takes the file at all.
struct NftReader {
    /// What is read.
    enum Mode: Hashable {
        /// What `nft list ruleset` prints.
        case listing
        /// A file for `nft -f`.
        case file
    }

    let mode: Mode
    var services: Services
    var include: (String) -> IncludedFiles
    var presence: (String) -> InterfacePresence
    /// The interfaces whose links are known.
    var links: [KernelLink] = []

    var tokens: NftTokens
    var ruleset: Ruleset
    var doubts: [LoadProblem] = []
    /// Everything that the file does was carried out; otherwise nothing is known of its rules.
    private(set) var isFollowed = true
    /// What the rule that is being read has asked for so far.
    var rule = NftRuleContext()
    /// The types of sets and maps, by table and name.
    var setTypes: [NftSetKey: NftSetType] = [:]
    /// Elements that commands have given, and that are not yet in their sets and maps.
    var added: [NftSetKey: NftAddition] = [:]
    /// The places of chains by table and name; emptied when one goes or is renamed.
    var chainPlaces: [Int: [String: Int]] = [:]
    /// Chains and sets that rules have named and that must exist.
    var named: [NftName] = []
    /// What sets and maps said of themselves, by table and name.
    var setTraits: [NftSetKey: NftSetTraits] = [:]
    /// Counters, limits and their like that the document has made.
    var objects: Set<NftObject> = []
    /// What the rules of each chain ask of the hooks by which packets come.
    var demands: [NftSetKey: [NftDemand]] = [:]
    /// Sets that rules have named before their types were known.
    var pendingTypes: [(key: NftSetKey, type: NftSetType, place: SourcePlace)] = []
    /// Tables that were there before: what objects they have is not known.
    var earlier: Set<NftTableKey>

    init(
        _ bytes: [UInt8], file: String, mode: Mode, into ruleset: Ruleset = Ruleset(),
        services: Services = .common,
        include: @escaping (String) -> IncludedFiles = { _ in .unreadable },
        presence: @escaping (String) -> InterfacePresence = { _ in .present }
    ) {
        self.mode = mode
        self.services = services
        self.include = include
        self.presence = presence
        self.ruleset = ruleset
        earlier = Set(
            ruleset.tables.filter { $0.engine == .nftables }.map {
                NftTableKey(family: $0.family, name: $0.name)
            })
        tokens = NftTokens(bytes, file: file)
    }

    /// Reads to the end; an error means that nothing of the document counts.
    mutating func read() throws(NftError) {
        while true {
            let token = try tokens.peek()
            if token.kind == .end { break }
            if token.isSeparator {
                _ = try tokens.next()
                continue
            }
            try readCommand()
            try checkNames()
        }
        settle { _ in true }
        if mode == .file { try checkChains() }
    }

    /// Notes that nft may refuse the file for what was met here.
    mutating func doubt(_ place: SourcePlace, _ message: String) {
        guard mode == .file, doubts.count < 1000 else { return }
        doubts.append(LoadProblem(place, message))
    }

    /// Notes that the file does something here that is not carried out.
    mutating func lose(_ place: SourcePlace, _ message: String) {
        isFollowed = false
        doubts.append(LoadProblem(place, message))
    }

    /// Refuses the file; what a listing has was accepted once.
    mutating func refuse(_ place: SourcePlace, _ message: String) throws(NftError) {
        if mode == .file { throw NftError(.refused, place, message) }
    }

    /// The name of a table, chain, set or object.
    mutating func identifier() throws(NftError) -> String {
        let token = try tokens.next()
        guard token.kind == .word else {
            throw NftError(.refused, token.place, "no name where one belongs")
        }
        check(name: token)
        return token.text
    }

    /// Notes what nft does not take for a name.
    mutating func check(name token: NftToken) {
        let first = token.text.utf8.first ?? 0x30
        if NftKeywords.areReserved(token.text) {
            doubt(token.place, "a name that nft has a meaning for")
        } else if token.text.utf8.count > 127 || (0x30...0x39).contains(first)
            || token.text.hasSuffix("*") || token.text.contains(":") || token.isVariable
        {
            doubt(token.place, "a name that nft may not take")
        }
    }

    /// A number as it is written, not by a variable.
    mutating func plainNumber(_ largest: UInt128) throws(NftError) -> UInt128 {
        let token = try tokens.next()
        guard token.kind == .word, token.text.utf8.first.map({ (0x30...0x39).contains($0) }) == true
        else { throw NftError(.refused, token.place, "no number where one belongs") }
        if token.isVariable { doubt(token.place, "a variable where a number belongs") }
        guard let number = CNumber.value(of: token.text) else {
            throw NftError(.notUnderstood, token.place, "a number")
        }
        if number > largest { throw NftError(.refused, token.place, "a number that is too large") }
        return number
    }

    /// A text of at most so many bytes.
    mutating func text(longest: Int) throws(NftError) -> NftToken {
        let token = try string()
        if token.isVariable { doubt(token.place, "a variable where a text belongs") }
        if token.kind == .word, token.text.utf8.first.map({ (0x30...0x39).contains($0) }) == true {
            try refuse(token.place, "a number where a text belongs")
        }
        if token.kind == .word, NftKeywords.areReserved(token.text) {
            doubt(token.place, "a word that nft has a meaning for")
        }
        if token.text.utf8.count > longest {
            try refuse(token.place, "a text that is too long")
        }
        if token.text.contains("$") || token.text.contains("\n") {
            doubt(token.place, "a text with odd signs in it")
        }
        return token
    }

    /// Takes the next token if it is this word.
    mutating func take(word: String) throws(NftError) -> Bool {
        let token = try tokens.peek()
        guard token.isWord(word) else { return false }
        _ = try tokens.next()
        return true
    }

    /// Takes the next token if it is this sign.
    mutating func take(sign: String) throws(NftError) -> Bool {
        let token = try tokens.peek()
        guard token.isSign(sign) else { return false }
        _ = try tokens.next()
        return true
    }

    /// Takes the next token if it is one of these words or signs.
    mutating func take(any texts: Set<String>) throws(NftError) -> Bool {
        let token = try tokens.peek()
        guard token.kind == .word || token.kind == .sign, texts.contains(token.text) else {
            return false
        }
        _ = try tokens.next()
        return true
    }

    mutating func expect(sign: String) throws(NftError) {
        let token = try tokens.next()
        guard token.isSign(sign) else {
            throw NftError(.refused, token.place, "no '\(sign)' where one belongs")
        }
    }

    /// A name: a bare word.
    mutating func name() throws(NftError) -> String {
        let token = try tokens.next()
        guard token.kind == .word else {
            throw NftError(.refused, token.place, "no name where one belongs")
        }
        return token.text
    }

    /// A bare or quoted word.
    mutating func string() throws(NftError) -> NftToken {
        let token = try tokens.next()
        guard token.kind == .word || token.kind == .quoted else {
            throw NftError(.refused, token.place, "no text where one belongs")
        }
        return token
    }

    /// The separator that must end a statement; the end of the document does as well.
    mutating func endStatement() throws(NftError) {
        let token = try tokens.next()
        if token.kind == .end {
            tokens.putBack(token)
            return
        }
        guard token.isSeparator else {
            throw NftError(.refused, token.place, "more where a statement must end")
        }
    }

    /// Skips the one end of line for which lists of nft have room; an empty line is an error.
    mutating func skipNewline() throws(NftError) {
        guard try tokens.peek().kind == .newline else { return }
        _ = try tokens.next()
        while try tokens.peek().kind == .newline {
            try refuse(tokens.place, "an empty line within a list")
            _ = try tokens.next()
        }
    }

    /// Skips a block whose opening brace was read; braces in it are balanced.
    mutating func skipBlock() throws(NftError) {
        var depth = 1
        while depth > 0 {
            let token = try tokens.next()
            if token.kind == .end {
                throw NftError(.refused, token.place, "a block that nothing closes")
            }
            if token.isSign("{") { depth += 1 }
            if token.isSign("}") { depth -= 1 }
        }
    }

    /// The place of a chain of a table.
    mutating func index(ofChain name: String, in table: Int) -> Int? {
        let chains = ruleset.tables[table].chains
        if chainPlaces[table]?.count != chains.count {
            let places = chains.enumerated().map { ($1.name, $0) }
            chainPlaces[table] = Dictionary(places) { first, _ in first }
        }
        return chainPlaces[table]?[name]
    }

    /// Chains and sets that the rules since the last check have named.
    mutating func checkNames() throws(NftError) {
        defer {
            named = []
            pendingTypes = []
        }
        for (key, type, place) in pendingTypes where setTypes[key] != type {
            doubt(place, "a set of another type")
        }
        for name in named {
            guard let table = ruleset.index(of: name.table, name.family) else { continue }
            let owner = ruleset.tables[table]
            let exists =
                switch name.kind {
                case .chain: index(ofChain: name.name, in: table) != nil
                case .set:
                    owner.sets[name.name] != nil || owner.verdictMaps[name.name] != nil
                        || owner.dataMaps[name.name] != nil
                }
            guard !exists else { continue }
            throw NftError(.refused, name.place, "a chain or set that does not exist")
        }
    }
}

/// A chain or set that a rule names.
struct NftName: Hashable {
    enum Kind: Hashable { case chain, set }

    var kind: Kind
    var family: FilterTable.Family
    var table: String
    var name: String
    var place: SourcePlace
}

/// A table by its family and name.
struct NftTableKey: Hashable {
    var family: FilterTable.Family
    var name: String
}

/// A set or chain by its table and name.
struct NftSetKey: Hashable {
    var family: FilterTable.Family
    var table: String
    var name: String
}

/// The types of a set's keys, and of what a map gives.
struct NftSetType: Hashable {
    enum Data: Hashable {
        case none
        case verdict
        case numbers([NftType])
        /// Counters, quotas, helpers: nothing that filters.
        case objects
    }

    /// None where the type was not understood.
    var keys: [NftType]
    var data: Data
}
