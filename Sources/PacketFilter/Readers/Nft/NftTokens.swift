/// The tokens of a document: included files and variables are put in where they are named.
struct NftTokens {
    /// One file that is being read.
    private struct Source {
        var lexer: NftLexer
    }

    private var sources: [Source]
    /// Tokens to be read before the file goes on; the next one is the last.
    private var pending: [NftToken] = []
    /// How many tokens the files had, and variables stood for.
    private var produced = 0
    /// How many tokens were taken and not put back.
    private(set) var taken = 0
    private var lastPlace: SourcePlace
    var variables: [String: [NftToken]] = [:]

    /// The tokens that all variables have kept.
    private var kept = 0

    private static let tokenLimit = 20_000_000
    /// A variable can be made of others, and so be twice as long with every line.
    private static let keptLimit = 4_000_000
    /// nft's own limit (`MAX_INCLUDE_DEPTH`).
    private static let depthLimit = 16

    init(_ bytes: [UInt8], file: String) {
        sources = [Source(lexer: NftLexer(bytes, file: file))]
        lastPlace = SourcePlace(file: file, line: 1)
    }

    /// The place of the token that was read last.
    var place: SourcePlace { lastPlace }

    /// The next token; a variable is replaced by what it stands for.
    mutating func next() throws(NftError) -> NftToken {
        var token = try nextBare()
        var replaced = 0
        while token.isSign("$") {
            let name = try nextBare()
            guard name.kind == .word, let value = variables[name.text] else {
                throw NftError(.refused, token.place, "a variable that nothing defines")
            }
            replaced += 1
            if replaced > 100 { throw NftError(.tooLarge, token.place, "a chain of variables") }
            try count(value.count)
            pending += value.reversed().map { token in
                var token = token
                token.use = produced
                return token
            }
            token = try nextBare()
        }
        return token
    }

    /// The next token as it is written.
    mutating func nextBare() throws(NftError) -> NftToken {
        taken += 1
        if let token = pending.popLast() { return token }
        try count(1)
        while true {
            let token = try sources[sources.count - 1].lexer.next()
            lastPlace = token.place
            if token.kind == .end, sources.count > 1 {
                sources.removeLast()
                continue
            }
            return token
        }
    }

    /// What `next` will give.
    mutating func peek() throws(NftError) -> NftToken {
        let token = try next()
        putBack(token)
        return token
    }

    /// Counts one more token that a variable keeps.
    mutating func keep() throws(NftError) {
        kept += 1
        if kept > NftTokens.keptLimit {
            throw NftError(.tooLarge, lastPlace, "variables of more tokens than are kept")
        }
    }

    /// The tokens from here on, for a second reading; what is copied for it counts as read.
    mutating func copy() throws(NftError) -> NftTokens {
        try count(pending.count)
        return self
    }

    private mutating func count(_ tokens: Int) throws(NftError) {
        produced += tokens
        if produced > NftTokens.tokenLimit {
            throw NftError(.tooLarge, lastPlace, "more tokens than are read")
        }
    }

    /// Puts a token back; it is the next one.
    mutating func putBack(_ token: NftToken) {
        taken -= 1
        pending.append(token)
    }

    /// Reads a file next; several are read in the order in which they are given.
    mutating func include(
        _ files: [(path: String, bytes: [UInt8])], at place: SourcePlace
    ) throws(NftError) {
        for file in files.reversed() {
            sources.append(Source(lexer: NftLexer(file.bytes, file: file.path)))
        }
        guard sources.count - files.count < NftTokens.depthLimit, sources.count < 10_000 else {
            throw NftError(.refused, place, "includes nested too deeply")
        }
    }

    /// Whether the file has a comma from the token on to the place that was read last.
    func hasComma(since first: NftToken) -> Bool {
        guard let source = sources.last, !first.isVariable else { return true }
        let end = source.lexer.end
        guard first.range.lowerBound <= end else { return true }
        return source.lexer.text(first.range.lowerBound..<end).contains(",")
    }

    /// What stands between two tokens of the same file, on one line.
    func text(from first: NftToken, to last: NftToken) -> String {
        guard first.place.file == last.place.file, let source = sources.last,
            first.range.lowerBound <= last.range.upperBound
        else { return "" }
        return source.lexer.text(first.range.lowerBound..<last.range.upperBound)
    }
}
