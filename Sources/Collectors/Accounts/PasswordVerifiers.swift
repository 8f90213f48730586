package import Facts

/// What the host holds to tell a right password from a wrong one: never the hash, never the salt.
///
/// Read from passwd(5), shadow(5), group(5), gshadow(5), the records of systemd-userdb and
/// systemd-homed, tcb(5), extrausers, opasswd, and copies in `/etc` that no tool overwrites.
package struct PasswordVerifiers: Collector {
    /// One password field of one account or group.
    package struct Row: Sendable, Equatable {
        var account: String?
        var groupName: String?
        var item: String?
        var source: String
        var kind: String
        var scheme: String?
        var saltBits: Int64?
        var cost: Int64?
        var strength: String?
        var flaw: String?
        var state: String?
        var saltShared: Bool?
        var sameAs: String?
    }

    package static let table = FactTable<Row>(
        StoredPasswords.table,
        "Stored passwords of accounts and groups, one row for each place that holds one.",
        key: .joined("verifier", ["account", "group_name", "item", "source"]),
        columns: [
            .text("account", \.account, "Name of the account.", privacy: .account),
            .text(
                "group_name", \.groupName, "Name of the group, for its password.", privacy: .group),
            .text("item", \.item, "Which of several in one source; NULL for the first."),
            .text("source", \.source, "File or directory that holds it.", privacy: .path),
            .text("kind", \.kind, "`user`, `group` or `history` (a former password)."),
            .text(
                "scheme", \.scheme,
                "Scheme as crypt(5) calls it; `none` where no password is stored, NULL if unknown."),
            .integer("salt_bits", \.saltBits, "Bits of salt; 0 is no salt."),
            .integer(
                "cost", \.cost, "Rounds, or their binary logarithm for bcrypt, scrypt and yescrypt."
            ),
            .text(
                "strength", \.strength,
                "`strong` if salted and at least SHA-256, else `weak`; NULL if none or unknown."),
            .text("flaw", \.flaw, "What is weak about it; NULL where nothing is."),
            .text(
                "state", \.state,
                "`set`, `clear`, `locked` (behind a mark), `empty` (no password asked), `none`."),
            .truth(
                "salt_shared", \.saltShared, "Whether another password was hashed with its salt."),
            .text(
                "same_as", \.sameAs, "Another account with the very same verifier.",
                privacy: .account),
        ])

    /// Stateless.
    package init() {}

    /// Reads every account database and compares the salts among them and their copies.
    package func collect(from host: some HostView) -> Gathered<Row> {
        let stored = StoredPasswords(on: host)
        let salts = SaltComparison(
            of: stored.passwords + PasswordCopies.passwords(on: host))
        var rows = stored.passwords.map { row($0, salts) }
        // Groups alone are no accounts: without any user database nothing is said of them.
        if !AccountDatabase.exists(on: host) { rows.removeAll { $0.scheme == "none" } }
        return .rows(rows, gaps: stored.gaps)
    }

    private func row(_ password: StoredPassword, _ salts: SaltComparison) -> Row {
        let verifier = password.field?.verifier
        let isGroup = password.kind == .group
        let isNone = password.field == .mark || password.field == .empty
        return Row(
            account: isGroup ? nil : password.name, groupName: isGroup ? password.name : nil,
            item: password.item, source: password.source, kind: password.kind.rawValue,
            scheme: isNone ? "none" : verifier?.scheme.rawValue, saltBits: verifier?.saltBits,
            cost: verifier?.cost, strength: verifier?.strength.rawValue, flaw: verifier?.flaw,
            state: password.field?.state, saltShared: verifier.map(salts.isShared),
            sameAs: verifier.flatMap { salts.other(than: password.name, with: $0) })
    }
}
