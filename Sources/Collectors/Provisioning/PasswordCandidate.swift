/// A text that may be somebody's password in clear; it never leaves the collectors.
struct PasswordCandidate: Sendable {
    /// Candidates of one host that are tried; more are a gap.
    static let limit = 512

    /// Whose password it is said to be, if that is said.
    var account: String?
    /// The key or the command that it stands behind.
    var item: String
    /// Its place in the file, counted from 1.
    var line: Int
    var password: [UInt8]
}

extension PasswordCandidate: CustomStringConvertible, CustomReflectable {
    /// What may be shown of it.
    var description: String { "\(item), line \(line)" }
    /// Nothing.
    var customMirror: Mirror { Mirror(self, children: [:]) }

    /// A candidate, unless the text is empty, a hash, or a word that is no password.
    init?(_ text: String, for account: String?, _ item: String, line: Int) {
        let bytes = Array(text.utf8)
        guard (1...512).contains(bytes.count), !Self.words.contains(text.lowercased()),
            !Self.isHash(bytes)
        else { return nil }
        self.init(account: account, item: item, line: line, password: bytes)
    }

    private static let words: Set<String> = [
        "true", "false", "yes", "no", "null", "~", "r", "random", "|", ">", "|-", ">-", "hash",
        "text", "none",
    ]

    // What crypt(3) made is a copy of a verifier; `*` and `!` are marks.
    private static func isHash(_ bytes: [UInt8]) -> Bool {
        switch PasswordField(bytes) {
        case .verifier(let verifier, _): bytes[0] == UInt8(ascii: "$") && verifier.scheme != .clear
        case .mark, .empty: bytes[0] == UInt8(ascii: "!") || bytes[0] == UInt8(ascii: "*")
        case .unknown: false
        }
    }
}
