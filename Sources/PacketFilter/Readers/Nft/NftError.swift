/// Why a part of an nft document was not read.
struct NftError: Error, Hashable, Sendable {
    enum Code: Hashable, Sendable {
        /// `nft` itself refuses it, and with it the whole file.
        case refused
        /// It may be right, but this reader does not know it.
        case notUnderstood
        /// It is longer or nested deeper than what is read.
        case tooLarge
    }

    var code: Code
    var place: SourcePlace
    /// What was met, in a few words.
    var message: String

    init(_ code: Code, _ place: SourcePlace, _ message: String) {
        self.code = code
        self.place = place
        self.message = message
    }
}
