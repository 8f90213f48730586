package import Documents
package import Facts

/// What the operator declares about a host, in `/etc/assay/site.yaml` and its fragments.
package struct SiteFile: Sendable, Hashable {
    /// A file that was read, and the lower-case hex SHA-256 of its bytes.
    package struct Source: Sendable, Hashable {
        package var name: String
        package var sha256: String
    }

    /// In the order in which they were read.
    package var sources: [Source]
    package var role: Role?
    package var environment: String?
    package var containerEnvironmentLabel: String?
    package var interfaces: InterfacesSection?
    package var firewall: FirewallSection?
    package var idle: IdleSection
    package var environments: [EnvironmentSection]
    package var databases: [DatabaseSection]
    package var credentialStores: [CredentialStoreSection]
    package var noCredentials: [NoCredentialsSection]
    package var configFiles: ConfigFilesSection?
    package var updates: UpdatesSection
    package var releases: [ReleaseSection]
    /// The keys of the first level that are there.
    package var declared: [String]

    /// Without any declaration.
    package init(bounds: ContractBounds) {
        sources = []
        idle = IdleSection(bounds)
        environments = []
        databases = []
        credentialStores = []
        noCredentials = []
        updates = .none
        releases = []
        declared = []
    }

    /// The declaration that these files make together: `site.yaml`, then the fragments.
    ///
    /// Lists append; a scalar that is set twice, and a value looser than the bounds, is an error.
    /// Without a file nothing is declared.
    package static func reading(
        _ files: [SourceFile], bounds: ContractBounds
    ) -> Reading<SiteFile> {
        guard !files.isEmpty else { return Reading(SiteFile(bounds: bounds), []) }
        let digests = files.map(\.digest)
        let sources = zip(files, digests).map { Source(name: $0.name, sha256: $1.value ?? "") }
        let reading = SiteTree.reading(files).flatMap { tree in
            Self.reading(tree.root, sources: sources, bounds: bounds)
        }
        return Reading(reading.value, reading.diagnostics + digests.flatMap(\.diagnostics))
    }

    /// The declaration that a probe's case holds; like a fragment it need not say its schema.
    package static func reading(
        case node: YAMLNode, bounds: ContractBounds
    ) -> Reading<SiteFile> {
        SiteTree.reading(roots: [node], areFragments: true).flatMap { tree in
            Self.reading(tree.root, sources: [], bounds: bounds)
        }
    }

    private static func reading(
        _ root: YAMLNode, sources: [Source], bounds: ContractBounds
    ) -> Reading<SiteFile> {
        MappingReader.reading(root, "the file") { reader in
            var site = SiteFile(bounds: bounds)
            site.sources = sources
            site.read(from: &reader, bounds)
            return site
        }
    }

    private mutating func read(from reader: inout MappingReader, _ bounds: ContractBounds) {
        declared = reader.keys
        role = reader.optionalChoice("role", of: Role.self)
        environment = reader.optionalText("environment")
        containerEnvironmentLabel = reader.optionalText("container_environment_label")
        interfaces = reader.section("interfaces") { InterfacesSection(from: &$0) }
        firewall = reader.section("firewall") { FirewallSection(from: &$0) }
        idle = reader.section("idle") { IdleSection(from: &$0, bounds) } ?? idle
        environments = reader.entries("environments") { EnvironmentSection($0, from: &$1) }
        databases = reader.different("databases") { DatabaseSection(from: &$0) }
        credentialStores = reader.different("credential_stores") {
            CredentialStoreSection(from: &$0)
        }
        noCredentials = reader.different("no_credentials") { NoCredentialsSection(from: &$0) }
        configFiles = ConfigFilesSection("config_files", from: &reader)
        updates = reader.section("updates") { UpdatesSection(from: &$0, bounds) } ?? updates
        releases = reader.different("releases", by: \.name) { ReleaseSection(from: &$0) }
        checkEnvironments(in: &reader)
        firewall.map { warn(of: Vacuity(of: $0), in: &reader) }
    }

    private func warn(of vacuity: Vacuity, in reader: inout MappingReader) {
        for finding in vacuity.findings {
            reader.warning(
                finding.sentence, at: finding.mark,
                hint: "the firewall's obligation fails with it; declare what is needed")
        }
    }
}
