/// What libpam does with the answer of a module; see pam.conf(5) and pam_dispatch.c of Linux-PAM.
struct PAMControl: Sendable, Hashable {
    /// One reaction.
    enum Action: Sendable, Hashable {
        /// `ok`, `ignore` and `reset`: the next module is asked.
        case next
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

    // An unset value is bad, and so is a pair that cannot be read.
    private init(pairs: String) {
        actions = [:]
        other = .bad
        for pair in pairs.split(whereSeparator: { " \t[]".contains($0) }) {
            let parts = pair.split(separator: "=", maxSplits: 1).map { $0.lowercased() }
            guard parts.count == 2 else { continue }
            let action = Self.action(parts[1])
            if parts[0] == "default" { other = action } else { actions[parts[0]] = action }
        }
    }

    private static func action(_ word: String) -> Action {
        switch word {
        case "ok", "ignore", "reset": return .next
        case "done": return .done
        case "die": return .die
        case "bad": return .bad
        default:
            // A jump of nothing, and what is no number, is an error.
            guard let count = Int(word), count > 0 else { return .bad }
            return .jump(count)
        }
    }
}
