package import Facts

extension SiteFile {
    /// The tables that show what is declared, in the order of their names.
    package static let schemas: [TableSchema] = SiteFile(bounds: .none).tables.map(\.schema)

    /// What is declared, as rows; every table is complete.
    package var tables: [GatheredTable] {
        [
            complete([self], Self.table),
            complete(interfaces?.inside ?? [], InterfacesSection.table),
            complete([firewall], FirewallSection.table),
            complete([idle], IdleSection.table),
            complete(environments.map(\.name), EnvironmentSection.table),
            complete(environments.flatMap(\.rows), EnvironmentSection.networkTable),
            complete(databases, DatabaseSection.table),
            complete(credentialStores, CredentialStoreSection.declarations),
            complete(noCredentials, NoCredentialsSection.table),
            complete(configFiles?.paths ?? [], ConfigFilesSection.table),
            complete(updates.rows, UpdatesSection.table),
            complete(releases, ReleaseSection.table),
        ].appending(flowTables).sorted { $0.schema.name < $1.schema.name }
    }

    private var flowTables: [GatheredTable] {
        DeclaredFlow.Direction.allCases.map { direction in
            let flows = firewall?.flows.filter { $0.direction == direction } ?? []
            return complete(flows, FirewallSection.flowTable(direction))
        }
    }

    private func complete<Row>(_ rows: [Row], _ table: FactTable<Row>) -> GatheredTable {
        GatheredTable(.complete(rows), in: table)
    }

    private static let table = FactTable<SiteFile>(
        "site", "What the operator declares about the host as a whole.",
        key: .column("declaration"), layer: .both,
        columns: [
            .text("declaration", \.declaration, "Always `site`."),
            .text("role", \.roleWord, "`server`, `workstation` or `image`; absent: not declared."),
            .text("environment", \.environment, "Such as `production`; absent: not declared."),
            .text(
                "container_environment_label", \.containerEnvironmentLabel,
                "The label that names a container's environment."),
            .text("declared", \.declaredWords, "The declared keys of the first level, by commas."),
        ])

    private var declaration: String { "site" }
    private var roleWord: String? { role?.rawValue }
    private var declaredWords: String { declared.sorted().joined(separator: ",") }
}

extension [GatheredTable] {
    fileprivate func appending(_ others: [GatheredTable]) -> [GatheredTable] { self + others }
}
