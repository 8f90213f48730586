/// A piece of an nft document.
struct NftToken: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        /// A name, a number, an address: whatever is not a sign.
        case word
        /// A text between quotation marks.
        case quoted
        /// One or two signs: `{`, `==`.
        case sign
        case newline
        case end
    }

    var kind: Kind
    /// What it says, without quotation marks.
    var text: String
    var place: SourcePlace
    /// Where it begins in its file, and where the next one may.
    var range: Range<Int>

    func isWord(_ word: String) -> Bool { kind == .word && text == word }
    func isSign(_ sign: String) -> Bool { kind == .sign && text == sign }

    /// It ends a statement.
    var isSeparator: Bool { kind == .newline || isSign(";") }
}
