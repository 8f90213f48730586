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
        var rootOnly: Bool
        var writable: String?
    }

    package static let table = FactTable<Row>(
        "firewall_loaders",
        "Files that enabled units load at boot into what filters packets, and what those include.",
        key: .joined("loaded_file", ["file", "loader"]),
        columns: [
            .text("file", \.file, "The file.", privacy: .path),
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
            gaps += files.errors.map { Gap($0, in: name) }
            for path in files.paths {
                do throws(HostError) {
                    rows.append(try Self.row(path, loader.name, on: host))
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
        let places = try PathOwners(host: host).writablePlaces(on: path)
        return Row(
            file: path.description, loader: loader, present: try host.exists(path),
            rootOnly: places.isEmpty, writable: places.first?.description)
    }
}
