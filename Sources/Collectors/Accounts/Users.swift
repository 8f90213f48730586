package import Facts

/// Accounts of the host, whatever database holds them.
///
/// Read from passwd(5), extrausers, altfiles, and the records of systemd-userdb and systemd-homed.
package struct Users: Collector {
    /// One line or record.
    package struct Row: Sendable, Equatable {
        var username: String
        var uid: Int64?
        var gid: Int64?
        var directory: String?
        var shell: String?
        var source: String
    }

    package static let table = FactTable<Row>(
        "users", "Accounts of the host.", key: .column("username"),
        columns: [
            .text("username", \.username, "Name of the account.", privacy: .account),
            .integer("uid", \.uid, "Number of the user."),
            .integer("gid", \.gid, "Number of the first group."),
            .text("directory", \.directory, "Home directory.", privacy: .path),
            .text("shell", \.shell, "Login shell.", privacy: .path),
            .text("source", \.source, "File or directory that holds it.", privacy: .path),
        ])

    /// Stateless.
    package init() {}

    /// Reads every database; a line whose numbers are none leaves them unknown.
    package func collect(from host: some HostView) -> Gathered<Row> {
        let name = Self.table.schema.name
        var gaps: [Gap] = []
        var rows: [Row] = []
        for files in AccountFiles.all(.user, on: host) {
            do throws(HostError) {
                let bytes = try host.read(files.open, limit: StoredPasswords.limit)
                let file = ColonFile(bytes)
                rows += file.lines.map { row($0, files.open, &gaps) }
                if file.malformed > 0 || file.isDelegating {
                    gaps.append(
                        Gap(
                            file.isDelegating ? .heldElsewhere : .notParsed, in: name,
                            of: files.open.description, "a line that is no account of this host"))
                }
            } catch {
                if error.code != .notFound { gaps.append(Gap(error, in: name)) }
            }
        }
        let records = UserRecords(on: host)
        rows += records.users.map {
            Row(
                username: $0.name, uid: $0.uid, gid: $0.gid, directory: $0.home, shell: $0.shell,
                source: $0.source)
        }
        gaps += records.gaps.map { $0.told(in: name) }
        return .rows(rows, gaps: gaps)
    }

    private func row(_ line: ColonFile.Line, _ path: HostPath, _ gaps: inout [Gap]) -> Row {
        let row = Row(
            username: line.name, uid: Self.number(line[2]), gid: Self.number(line[3]),
            directory: Readable.text(line[5]), shell: Readable.text(line[6]),
            source: path.description)
        if row.uid == nil || row.gid == nil {
            gaps.append(
                Gap(
                    .notParsed, in: Self.table.schema.name, of: line.name, privacy: .account,
                    columns: ["uid", "gid"], "a number of the account is none"))
        }
        return row
    }

    /// A number as the kernel has it.
    static func number(_ bytes: [UInt8]) -> Int64? {
        guard 1...10 ~= bytes.count, bytes.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
        let number = bytes.reduce(Int64(0)) { $0 * 10 + Int64($1 - 0x30) }
        return number <= Int64(UInt32.max) ? number : nil
    }
}
