/// One password field of one account or group, as a file of the host holds it.
struct StoredPassword: Sendable {
    /// What the field belongs to.
    enum Kind: String, Sendable {
        case user
        case group
        /// A former password, which PAM consults.
        case history
    }

    var kind: Kind
    /// The account's or the group's name, safe to print.
    var name: String
    /// What tells it from others of the same name and source; nil for the first.
    var item: String?
    var source: String
    /// Nil where passwd(5) says that it is in shadow(5), and it is not.
    var field: PasswordField?
}
