/// What libpam does with the answer of a module; see pam.conf(5) and pam_dispatch.c of Linux-PAM.
struct PAMControl: Sendable, Hashable {
    /// One reaction.
    enum Action: Sendable, Hashable {
        /// `ok` and `ignore`: the next module is asked.
        case next
        /// The next module is asked, and what failed before it is forgotten.
        case reset
        /// The next module is asked, and the whole stack will fail.
        case bad
        /// The stack has succeeded, unless it had failed before.
        case done
        /// The stack has failed.
        case die
        /// So many modules are left out.
        case jump(Int)
    }

    private var actions: [String: Action]
    private var other: Action

    /// What follows from success.
    var success: Action { actions["success"] ?? other }

    /// What follows from the one failure that pam_deny knows when a password is changed.
    var denial: Action { actions["authtok_err"] ?? other }

    /// What can follow from anything but success.
    var failures: Set<Action> {
        Set(actions.filter { $0.key != "success" }.values).union([other])
    }

    /// What a line that libpam cannot read is made of.
    static let required = PAMControl(success: .next, other: .bad)

    private init(success: Action, other: Action) {
        actions = ["success": success, "new_authtok_reqd": success, "ignore": .next]
        self.other = other
    }

    /// A control word, or pairs in brackets; nil for `include` and `substack`.
    init?(_ word: String) {
        switch word.lowercased() {
        case "required": self = .required
        case "requisite": self.init(success: .next, other: .die)
        case "optional": self.init(success: .next, other: .next)
        case "sufficient": self.init(success: .done, other: .next)
        case "include", "substack": return nil
        default: self.init(pairs: word)
        }
    }

    // Names, `=` and actions in a row, with spaces around them or not, as pam_misc.c reads them: an
    // unset value is bad, the first default counts, and one mistake makes all bad.
    private init(pairs: String) {
        actions = [:]
        other = .bad
        var hasDefault = false
        var rest = pairs.unicodeScalars.drop { $0 == " " }
        while !rest.isEmpty {
            guard let name = Self.word(Self.names, at: &rest), Self.word(["="], at: &rest) != nil,
                let action = Self.action(at: &rest)
            else {
                actions = [:]
                other = .bad
                return
            }
            if name != "default" {
                actions[name] = action
            } else if !hasDefault {
                hasDefault = true
                other = action
            }
        }
    }

    private static let names = [
        "success", "open_err", "symbol_err", "service_err", "system_err", "buf_err", "perm_denied",
        "auth_err", "cred_insufficient", "authinfo_unavail", "user_unknown", "maxtries",
        "new_authtok_reqd", "acct_expired", "session_err", "cred_unavail", "cred_expired",
        "cred_err", "no_module_data", "conv_err", "authtok_err", "authtok_recover_err",
        "authtok_lock_busy", "authtok_disable_aging", "try_again", "ignore", "abort",
        "authtok_expired", "module_unknown", "bad_item", "conv_again", "incomplete", "default",
    ]

    private typealias Scalars = Substring.UnicodeScalarView

    /// Takes the first of the words that stands here, and the spaces behind it.
    private static func word(_ words: [String], at rest: inout Scalars) -> String? {
        guard let word = words.first(where: { rest.starts(with: $0.unicodeScalars) }) else {
            return nil
        }
        rest = rest.dropFirst(word.unicodeScalars.count).drop { $0 == " " }
        return word
    }

    private static func action(at rest: inout Scalars) -> Action? {
        switch word(["ignore", "ok", "done", "bad", "die", "reset"], at: &rest) {
        case "ok", "ignore": return .next
        case "done": return .done
        case "bad": return .bad
        case "die": return .die
        case "reset": return .reset
        default: return jump(at: &rest)
        }
    }

    // A jump of nothing is an error, and so is what is no number.
    private static func jump(at rest: inout Scalars) -> Action? {
        let digits = rest.prefix { ("0"..."9").contains($0) }
        rest = rest.dropFirst(digits.count).drop { $0 == " " }
        guard let count = Int(String(digits)), count > 0 else { return nil }
        return .jump(count)
    }
}
