package import Facts
import PacketFilter
package import Site

/// Files that are loaded at boot into what filters packets, and who can change them.
///
/// A program that nobody follows, and that may change the rules, leaves the table partial.
package struct FirewallLoaders: SiteCollector {
    /// One file of one loader.
    package struct Row: Sendable, Equatable {
        var file: String
        var loader: String
        var present: Bool
        var rootOnly: Bool?
        var writable: String?
    }

    package static let table = FactTable<Row>(
        "firewall_loaders",
        "Files that enabled units load at boot into what filters packets, and what those include.",
        key: .joined("loaded_file", ["file", "loader"]),
        columns: [
            .text(
                "file", \.file,
                "The file, the unit or the hook that loads it, or the directory that it is looked for in.",
                privacy: .path),
            .text("loader", \.loader, "The unit that loads it."),
            .truth("present", \.present, "Whether the file is there."),
            .truth(
                "root_only", \.rootOnly,
                "Whether only root can write it and every directory above it."),
            .text(
                "writable", \.writable, "The first place on its path that others can write.",
                privacy: .path),
        ])

    /// Stateless.
    package init() {}

    /// Follows what the enabled loaders read.
    package func collect(from host: some HostView, declared: SiteFile) -> Gathered<Row> {
        let name = Self.table.schema.name
        let loading = BootLoading(host: host)
        var gaps = loading.gaps.map { $0.told(in: name) }
        // What the operator names is not followed, and need not be.
        if let unit = declared.firewall?.persistenceUnit, loading.isOpaque(only: unit) { gaps = [] }
        var rows: [Row] = []
        for loader in loading.loaders {
            let files = LoadedFiles(host: host)
            let presence: (String) -> InterfacePresence = { _ in .unknown }
            _ = RuleLoading(files: files, presence: presence).rulesets(after: loader, [Ruleset()])
            gaps += files.gaps(in: name)
            for path in loader.files + files.paths {
                do throws(HostError) {
                    let row = try Self.row(path, loader.name, on: host)
                    rows.append(row)
                    if row.rootOnly == nil { gaps.append(Self.gap(path)) }
                } catch {
                    gaps.append(Gap(error, in: name))
                }
            }
        }
        return .rows(rows, gaps: gaps)
    }

    private static func row(
        _ path: HostPath, _ loader: String, on host: some HostView
    ) throws(HostError) -> Row {
        let places = try PathOwners(host: host).places(on: path)
        return Row(
            file: path.description, loader: loader, present: try isThere(path, on: host),
            rootOnly: places.writable.isEmpty ? (places.doubtful.isEmpty ? true : nil) : false,
            writable: (places.writable + places.doubtful).first?.description)
    }

    private static func gap(_ path: HostPath) -> Gap {
        Gap(
            .notCollected, in: table.schema.name, of: path.description, columns: ["root_only"],
            "root's group can write it: whose accounts or lists of access that is, is not looked for"
        )
    }

    // A link of a user leads to a file that is not read.
    private static func isThere(
        _ path: HostPath, on host: some HostView
    ) throws(HostError) -> Bool {
        do throws(HostError) {
            return try host.exists(path)
        } catch {
            if error.code == .unsafeLink { return true }
            throw error
        }
    }
}
