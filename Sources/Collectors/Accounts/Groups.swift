package import Facts

/// Groups of the host, and who is in them.
///
/// Read from group(5), extrausers and altfiles.
package struct Groups: Collector {
    /// One line.
    package struct Row: Sendable, Equatable {
        var groupname: String
        var gid: Int64?
        var source: String
    }

    package static let table = FactTable<Row>(
        "groups", "Groups of the host.", key: .column("groupname"),
        columns: [
            .text("groupname", \.groupname, "Name of the group.", privacy: .group),
            .integer("gid", \.gid, "Number of the group."),
            .text("source", \.source, "File that holds it.", privacy: .path),
        ])

    /// Stateless.
    package init() {}

    /// Reads every file of groups.
    package func collect(from host: some HostView) -> Gathered<Row> {
        let name = Self.table.schema.name
        var gaps: [Gap] = []
        var rows: [Row] = []
        for files in AccountFiles.all(.group, on: host) {
            do throws(HostError) {
                let file = ColonFile(try host.read(files.open, limit: StoredPasswords.limit))
                rows += file.lines.map { line in
                    Row(
                        groupname: line.name, gid: Users.number(line[2]),
                        source: files.open.description)
                }
                if file.malformed > 0 || file.isDelegating {
                    gaps.append(
                        Gap(
                            file.isDelegating ? .heldElsewhere : .notParsed, in: name,
                            of: files.open.description, "a line that is no group of this host"))
                }
            } catch {
                if error.code != .notFound { gaps.append(Gap(error, in: name)) }
            }
        }
        gaps += rows.filter { $0.gid == nil }.map {
            Gap(
                .notParsed, in: name, of: $0.groupname, privacy: .group, columns: ["gid"],
                "the number of the group is none")
        }
        return .rows(rows, gaps: gaps)
    }
}
