import Facts

/// Copies of account files: what the tools of the system leave behind, and what people did.
enum PasswordCopyFiles {
    /// The former passwords that pam_unix and pam_pwhistory keep.
    static let history: HostPath = "/etc/security/opasswd"

    /// What the tools overwrite with the next change: one generation, which nothing consults.
    static let generations: [HostPath] =
        ["passwd", "shadow", "group", "gshadow"].flatMap { name -> [HostPath] in
            [
                HostPath("/etc/\(name)-"), HostPath("/var/lib/extrausers/\(name)-"),
                HostPath("/var/backups/\(name).bak"),
            ]
        } + ["/etc/security/opasswd.old"]

    /// The stored passwords of one copy: no line without one is a row.
    static func passwords(
        in bytes: [UInt8], at path: HostPath
    ) -> [StoredPassword] {
        let name = path.name
        let isHistory = name.hasPrefix("opasswd")
        let isGroup = name.hasPrefix("group") || name.hasPrefix("gshadow")
        let kind: StoredPassword.Kind = isHistory ? .history : isGroup ? .group : .user
        var passwords: [StoredPassword] = []
        var seen: Set<String> = []
        for line in ColonFile(bytes).lines {
            let fields = isHistory ? formerPasswords(in: line) : [line[1]]
            for bytes in fields where !AccountFiles.isShadowed(line) {
                let field = PasswordField(bytes)
                guard field.verifier != nil || field == .unknown else { continue }
                let isFirst = seen.insert(line.name).inserted
                passwords.append(
                    StoredPassword(
                        kind: kind, name: line.name,
                        item: isFirst ? nil : "line \(line.number), \(passwords.count)",
                        source: path.description, field: field))
            }
        }
        return passwords
    }

    /// The passwords of one line of opasswd, by commas; SunMD5 has a comma of its own.
    static func formerPasswords(in line: ColonFile.Line) -> [[UInt8]] {
        var passwords: [[UInt8]] = []
        let parts = line[3].split(separator: UInt8(ascii: ","), omittingEmptySubsequences: true)
        for part in parts {
            if let last = passwords.last, last == Array("$md5".utf8) {
                passwords[passwords.count - 1] = last + [UInt8(ascii: ",")] + part
            } else {
                passwords.append(Array(part))
            }
        }
        return passwords
    }

    /// Copies in `/etc` that no tool keeps: nothing will ever overwrite them.
    static func stray(on host: some HostView) -> (passwords: [StoredPassword], gaps: [Gap]) {
        var passwords: [StoredPassword] = []
        var gaps: [Gap] = []
        for directory: HostPath in ["/etc", "/etc/security"] {
            do throws(HostError) {
                for entry in try host.list(directory) where isStray(entry) {
                    let path = directory.appending(entry.name)
                    let bytes = try host.read(path, limit: StoredPasswords.limit)
                    passwords += Self.passwords(in: bytes, at: path)
                }
            } catch {
                if error.code != .notFound { gaps.append(Gap(error, in: StoredPasswords.table)) }
            }
        }
        return (passwords, gaps)
    }

    // `shadow.bak`, `passwd~`, `gshadow.rpmsave`, `opasswd.1`: the name, a mark, and whatever follows.
    private static func isStray(_ entry: DirectoryEntry) -> Bool {
        // `group.conf` is the configuration of pam_group(8); `.cache` is a database of its own.
        guard entry.kind == .regular, entry.name != history.name, entry.name != "opasswd.old",
            ![".lock", ".conf", ".cache"].contains(where: entry.name.hasSuffix)
        else { return false }
        return ["passwd", "shadow", "group", "gshadow", "opasswd"].contains { name in
            entry.name.hasPrefix(name)
                && [UInt8(ascii: "."), UInt8(ascii: "~"), UInt8(ascii: "_")].contains(
                    entry.name.bytes.dropFirst(name.utf8.count).first)
        }
    }
}
