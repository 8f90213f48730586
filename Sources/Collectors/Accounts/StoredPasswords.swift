import Facts

/// Every password field that the account databases of a host hold, and what was not seen of them.
struct StoredPasswords: Sendable {
    /// The columns of `password_verifiers` that hang on the field.
    static let fieldColumns = [
        "scheme", "salt_bits", "cost", "strength", "flaw", "state", "salt_shared", "same_as",
    ]
    static let table = "password_verifiers"
    /// Bytes of an account file that are read: some hundred thousand accounts.
    static let limit = 64 << 20

    private(set) var passwords: [StoredPassword] = []
    private(set) var gaps: [Gap] = []

    /// Reads them all.
    init(on host: some HostView) {
        let records = UserRecords(on: host)
        gaps += records.gaps
        let users = AccountFiles.all(.user, on: host)
        add(
            users, besides: Set(records.passwords.lazy.filter { $0.kind == .user }.map(\.name)),
            host)
        add(AccountFiles.all(.group, on: host), besides: [], host)
        passwords += records.passwords
        addHistory(host)
        addStrayCopies(host)
        numberDuplicates()
        explainUnknown()
        gaps += AccountSources.gaps(on: host, in: Self.table)
    }

    private mutating func add(
        _ files: [AccountFiles], besides known: Set<String>, _ host: some HostView
    ) {
        // By bytes: two names that only look alike are two accounts.
        var shadowed = Set(known.map { Array($0.utf8) })
        var isSeen = true
        for shadow in files.map(\.shadow) + AccountFiles.tcb(files, on: host, noting: &gaps) {
            guard let file = read(shadow, host) else {
                isSeen = false
                continue
            }
            shadowed.formUnion(file.lines.map { Array($0.name.utf8) })
            for line in file.lines {
                add(files[0].kind, line, PasswordField(line[1]), shadow)
            }
        }
        for files in files {
            for line in read(files.open, host)?.lines ?? [] {
                add(line, of: files, shadowed: shadowed, isSeen: isSeen, host)
            }
        }
    }

    private mutating func add(
        _ line: ColonFile.Line, of files: AccountFiles, shadowed: Set<[UInt8]>, isSeen: Bool,
        _ host: some HostView
    ) {
        guard AccountFiles.isShadowed(line) else {
            add(files.kind, line, PasswordField(line[1]), files.open)
            return
        }
        guard !shadowed.contains(Array(line.name.utf8)) else { return }
        if files.kind == .group {
            // gshadow(5) is optional, and no password can match the `x` alone.
            add(files.kind, line, PasswordField.mark, files.open)
            return
        }
        add(files.kind, line, nil, files.open)
        guard isSeen else { return }
        gaps.append(
            Gap(
                .heldElsewhere, in: Self.table, of: line.name, privacy: .account,
                columns: Self.fieldColumns,
                "passwd says that the password is in shadow, and no shadow file has a line for it"))
    }

    private mutating func add(
        _ kind: StoredPassword.Kind, _ line: ColonFile.Line, _ field: PasswordField?,
        _ source: HostPath
    ) {
        var field = field
        // The password of a group is asked of those who are no members; an empty one admits nobody.
        if kind == .group, field == .empty { field = PasswordField.mark }
        passwords.append(
            StoredPassword(
                kind: kind, name: line.name, item: "line \(line.number)",
                source: source.description, field: field))
    }

    /// The lines of a file; none where its absence was seen, nil where it was not read.
    private mutating func read(_ path: HostPath, _ host: some HostView) -> ColonFile? {
        do throws(HostError) {
            let file = ColonFile(try host.read(path, limit: Self.limit))
            if file.isDelegating {
                gaps.append(
                    Gap(
                        .heldElsewhere, in: Self.table, of: path.description,
                        "a line that begins with + or - asks another directory"))
            }
            if file.malformed > 0 {
                gaps.append(
                    Gap(
                        .notParsed, in: Self.table, of: path.description,
                        "a line without a name and a second field"))
            }
            return file
        } catch {
            if error.code == .notFound { return ColonFile([]) }
            gaps.append(Gap(error, in: Self.table))
            return nil
        }
    }

    // `user:uid:number:password,password…`; see pam_pwhistory(8).
    private mutating func addHistory(_ host: some HostView) {
        let path = PasswordCopyFiles.history
        for line in read(path, host)?.lines ?? [] {
            let old = PasswordCopyFiles.formerPasswords(in: line)
            for (index, password) in old.enumerated() {
                passwords.append(
                    StoredPassword(
                        kind: .history, name: line.name, item: "old password \(index + 1)",
                        source: path.description, field: PasswordField(password)))
            }
        }
    }

    private mutating func addStrayCopies(_ host: some HostView) {
        let stray = PasswordCopyFiles.stray(on: host)
        passwords += stray.passwords
        gaps += stray.gaps
    }

    // The first of one name and source needs no further word.
    private mutating func numberDuplicates() {
        var seen: Set<[String]> = []
        for index in passwords.indices {
            let password = passwords[index]
            let place = [password.kind.rawValue, password.name, password.source]
            if seen.insert(place).inserted, password.kind != .history {
                passwords[index].item = nil
            }
        }
    }

    private mutating func explainUnknown() {
        for password in passwords where password.field == .unknown {
            gaps.append(
                Gap(
                    .notParsed, in: Self.table, of: password.name,
                    privacy: password.kind == .group ? .group : .account,
                    columns: Self.fieldColumns,
                    "the stored password is of no form that crypt(5) knows"))
        }
    }
}
