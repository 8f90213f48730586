package import Facts

/// Who answers for accounts: the services of nsswitch.conf(5), and PAM modules that ask a distant store.
///
/// A service that names a directory of another machine is not inspected, and what it holds is unknown.
package struct AccountSources: Collector {
    /// One service of one database.
    package struct Row: Sendable, Equatable {
        var database: String
        var source: String
        var position: Int64?
        var inspected: Bool
        var how: String
    }

    package static let table = FactTable<Row>(
        "account_sources", "Who answers for accounts, and whether the scan looked there.",
        key: .joined("member", ["source", "database"]),
        columns: [
            .text("database", \.database, "`passwd`, `shadow`, `group`, `gshadow` or `pam`."),
            .text("source", \.source, "The service, or the PAM module."),
            .integer("position", \.position, "Its place in the order; NULL for a PAM module."),
            .truth("inspected", \.inspected, "Whether all that it can answer was looked at."),
            .text("how", \.how, "Why it counts as inspected or not."),
        ])

    /// Stateless.
    package init() {}

    /// Reads who is asked; a root without users asks nobody.
    package func collect(from host: some HostView) -> Gathered<Row> {
        guard AccountDatabase.exists(on: host) else { return .complete([]) }
        let name = Self.table.schema.name
        var gaps: [Gap] = []
        let reach = DistantStores(on: host)
        var rows: [Row] = []
        do throws(HostError) {
            let switches = try NSSwitch.read(on: host)
            for database in ["passwd", "shadow", "group", "gshadow"] {
                let services = switches.services(of: database)
                for (index, service) in services.enumerated() {
                    let (inspected, how) = reach.inspection(of: service)
                    rows.append(
                        Row(
                            database: database, source: service, position: Int64(index + 1),
                            inspected: inspected, how: how))
                }
            }
        } catch {
            gaps.append(Gap(error, in: name))
        }
        rows += modules(of: host, reach, &gaps)
        gaps += reach.gaps.map { $0.told(in: name) }
        return .rows(rows, gaps: gaps)
    }

    /// What the sources that were not inspected leave unknown of another table.
    static func gaps(on host: some HostView, in table: String) -> [Gap] {
        let gathered = AccountSources().collect(from: host)
        let (rows, gaps): ([Row], [Gap]) =
            switch gathered {
            case .complete(let rows): (rows, [])
            case .partial(let rows, let gaps): (rows, gaps)
            case .unavailable(let gap): ([], [gap])
            }
        return gaps.map { $0.told(in: table) }
            + rows.filter { !$0.inspected }.map {
                Gap(
                    .heldElsewhere, in: table, of: "\($0.source) in \($0.database)",
                    privacy: .plain,
                    "it answers for accounts, and what it holds was not inspected")
            }
    }

    private func modules(
        of host: some HostView, _ reach: DistantStores, _ gaps: inout [Gap]
    ) -> [Row] {
        let pam = PAMConfiguration(on: host)
        gaps += pam.gaps.map { $0.told(in: Self.table.schema.name) }
        return pam.modules(of: ["auth", "password"]).compactMap { module in
            guard case .elsewhere = PAMModule(module) else { return nil }
            let (inspected, how) = reach.inspection(of: module)
            return Row(
                database: "pam", source: module, position: nil, inspected: inspected, how: how)
        }
    }
}
