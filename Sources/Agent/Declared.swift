package import Facts
package import Reports

/// What the operator declared about a host, as far as a scan needs it.
package struct Declared: Sendable, Hashable {
    package var role: Role?
    package var environment: String?
    /// The rows of the `site_*` tables.
    package var tables: [GatheredTable]
    /// The files that say so, by their digests.
    package var files: [Report.Declared]

    /// A declaration by its parts.
    package init(
        role: Role?, environment: String?, tables: [GatheredTable], files: [Report.Declared]
    ) {
        self.role = role
        self.environment = environment
        self.tables = tables
        self.files = files
    }

    /// Nothing is declared.
    package static let nothing = Declared(role: nil, environment: nil, tables: [], files: [])
}
