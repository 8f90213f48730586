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
    /// What the rule that is being read has asked for so far.
    var rule = NftRuleContext()
    /// The types of sets and maps, by table and name.
    var setTypes: [NftSetKey: NftSetType] = [:]
    /// Elements that were added by commands of their own, and not yet put into their sets.
    var added: [NftSetKey: NftElements] = [:]
    /// The places of chains by table and name; emptied when one goes or is renamed.
    var chainPlaces: [Int: [String: Int]] = [:]
    /// Chains and sets that rules have named and that must exist.
    var named: [NftName] = []

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
        tokens = NftTokens(bytes, file: file)
    }

    /// Reads to the end; an error means that nothing of the document counts.
    mutating func read() throws(NftError) {
        while true {
            let token = try tokens.peek()
            if token.kind == .end { return settle() }
            if token.isSeparator {
                _ = try tokens.next()
                continue
            }
            try readCommand()
            try checkNames()
        }
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

    mutating func skipNewlines() throws(NftError) {
        while try tokens.peek().kind == .newline { _ = try tokens.next() }
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
        defer { named = [] }
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

/// Whose type is meant.
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
