package import Facts

/// A question about a host that anybody can read and change: which rows of a table are good.
package struct Probe: Sendable, Hashable {
    /// Whether a failure fails the obligation.
    package enum Weight: String, Sendable, Hashable, CaseIterable {
        case promise
        /// Shown; it never changes a verdict or a status.
        case advice
    }

    /// How bad a failure is.
    package enum Severity: String, Sendable, Hashable, CaseIterable {
        case critical, high, medium, low
    }

    /// What an empty, complete population means.
    package enum Empty: String, Sendable, Hashable, CaseIterable {
        case unknown
        case notApplicable
    }

    /// Who brought the probe.
    package enum Origin: String, Sendable, Hashable {
        case builtIn
        case added
    }

    /// An executable that prints JSON rows, and the columns of its table.
    package struct ForeignCollector: Sendable, Hashable {
        package var run: HostPath
        package var table: TableSchema

        /// A foreign collector by its parts.
        package init(run: HostPath, table: TableSchema) {
            self.run = run
            self.table = table
        }
    }

    /// `<subject>/<name>`, the file's name, for ever.
    package var id: String
    package var title: String
    package var obligations: [String]
    package var weight: Weight
    package var severity: Severity
    package var roles: Set<Role>
    /// The table whose every row is judged or excluded.
    package var population: String
    /// A SELECT of `subject`, `reason`; nil excludes nobody.
    package var exclude: String?
    package var empty: Empty
    /// A SELECT of `subject`, `ok`, `observed`.
    package var judge: String
    package var why: String
    package var repair: String
    package var references: [String]
    package var collect: ForeignCollector?
    package var origin: Origin
    /// Lower-case hex SHA-256 of the file's bytes.
    package var sha256: String

    /// A probe by its parts.
    package init(
        id: String, title: String, obligations: [String], weight: Weight, severity: Severity,
        roles: Set<Role>, population: String, exclude: String? = nil, empty: Empty = .unknown,
        judge: String, why: String, repair: String, references: [String] = [],
        collect: ForeignCollector? = nil, origin: Origin = .builtIn, sha256: String = ""
    ) {
        self.id = id
        self.title = title
        self.obligations = obligations
        self.weight = weight
        self.severity = severity
        self.roles = roles
        self.population = population
        self.exclude = exclude
        self.empty = empty
        self.judge = judge
        self.why = why
        self.repair = repair
        self.references = references
        self.collect = collect
        self.origin = origin
        self.sha256 = sha256
    }
}
