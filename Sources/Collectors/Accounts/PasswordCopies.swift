package import Facts

/// Passwords in the backups that the tools of the system keep of account files.
///
/// `/etc/shadow-` and its like, of one generation: the next change overwrites them, and nothing
/// consults them.
package struct PasswordCopies: Collector {
    /// One stored password of one backup.
    package struct Row: Sendable, Equatable {
        var account: String?
        var groupName: String?
        var item: String?
        var source: String
        var scheme: String?
        var saltBits: Int64?
        var strength: String?
    }

    package static let table = FactTable<Row>(
        "password_copies",
        "Stored passwords in the one-generation backups of account files.",
        key: .joined("copy", ["account", "group_name", "item", "source"]),
        columns: [
            .text("account", \.account, "Name of the account.", privacy: .account),
            .text("group_name", \.groupName, "Name of the group.", privacy: .group),
            .text("item", \.item, "Which of several in one source; NULL for the first."),
            .text("source", \.source, "The backup.", privacy: .path),
            .text("scheme", \.scheme, "Scheme as crypt(5) calls it; NULL if unknown."),
            .integer("salt_bits", \.saltBits, "Bits of salt; 0 is no salt."),
            .text("strength", \.strength, "`strong` or `weak`; NULL if unknown."),
        ])

    /// Stateless.
    package init() {}

    /// Reads every backup that is there.
    package func collect(from host: some HostView) -> Gathered<Row> {
        let (passwords, gaps) = Self.read(on: host)
        let unknown = passwords.filter { $0.field?.verifier == nil }.map {
            Gap(
                .notParsed, in: Self.table.schema.name, of: $0.name,
                privacy: $0.kind == .group ? .group : .account,
                columns: ["scheme", "salt_bits", "strength"],
                "the stored password is of no form that crypt(5) knows")
        }
        return .rows(passwords.map(row), gaps: gaps + unknown)
    }

    private func row(_ password: StoredPassword) -> Row {
        let verifier = password.field?.verifier
        let isGroup = password.kind == .group
        return Row(
            account: isGroup ? nil : password.name, groupName: isGroup ? password.name : nil,
            item: password.item, source: password.source, scheme: verifier?.scheme.rawValue,
            saltBits: verifier?.saltBits, strength: verifier?.strength.rawValue)
    }

    /// The passwords of the backups that can be read, to compare salts with.
    static func passwords(on host: some HostView) -> [StoredPassword] { read(on: host).0 }

    private static func read(on host: some HostView) -> ([StoredPassword], [Gap]) {
        var passwords: [StoredPassword] = []
        var gaps: [Gap] = []
        for path in PasswordCopyFiles.generations {
            do throws(HostError) {
                let bytes = try host.read(path, limit: StoredPasswords.limit)
                passwords += PasswordCopyFiles.passwords(in: bytes, at: path)
            } catch {
                if error.code != .notFound { gaps.append(Gap(error, in: table.schema.name)) }
            }
        }
        return (passwords, gaps)
    }
}
