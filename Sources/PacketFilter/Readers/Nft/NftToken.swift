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
    /// The use of a variable that it comes from, counted from 1; 0: it stands in the file.
    var use = 0

    /// It is a part of what a variable stands for.
    var isVariable: Bool { use > 0 }

    func isWord(_ word: String) -> Bool { kind == .word && text == word }
    func isSign(_ sign: String) -> Bool { kind == .sign && text == sign }

    /// It ends a statement.
    var isSeparator: Bool { kind == .newline || isSign(";") }
}
