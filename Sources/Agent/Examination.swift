import Collectors
package import Facts
package import OpenSSL
package import Probes
package import SQLite

/// From the chosen probes to verdicts: what is gathered, whom it hides, how it is judged.
package struct Examination: Sendable {
    /// What an examination cannot do without.
    package enum Failure: Error {
        case judge(SQLiteError)
        case digest(OpenSSLError)
    }

    /// What was found.
    package struct Findings: Sendable {
        package var scope: Scope
        /// Every table that was gathered, sorted by name.
        package var files: [TableFile]
        package var results: [ProbeResult]
        package var assessment: Assessment
        /// Names by pseudonyms, for the host's own terminal.
        package var pseudonyms: Pseudonyms
    }

    package var probes: [Probe]
    package var catalogue: Catalogue
    package var kind: HostKind
    /// Seconds since 1970.
    package var startedAt: Int64
    /// What keyed pseudonyms are made with.
    package var pseudonymKey: [UInt8]

    /// An examination by its parts.
    package init(
        probes: [Probe], catalogue: Catalogue, kind: HostKind, startedAt: Int64,
        pseudonymKey: [UInt8]
    ) {
        self.probes = probes
        self.catalogue = catalogue
        self.kind = kind
        self.startedAt = startedAt
        self.pseudonymKey = pseudonymKey
    }

    // They say what machine it is, and whose names are people's.
    private static let always = ["login_defs", "machine", "os_version", "users"]

    /// Every table that a probe may read, the engine's own apart.
    private func schemas(_ declared: Declared) -> [TableSchema] {
        allCollectors.map(\.schema) + declared.tables.map(\.schema) + [FactStore.scanSchema]
    }

    /// The tables of our own that must be gathered for these probes.
    package func needed(_ declared: Declared) throws(Failure) -> [TableSchema] {
        do throws(SQLiteError) {
            let plan = try Plan(probes: probes, schemas: schemas(declared))
            let names = Set(plan.tables + Self.always)
            return allCollectors.map(\.schema).filter { names.contains($0.name) }
        } catch {
            throw .judge(error)
        }
    }

    /// The foreign collectors that these probes need: none for a role that the host does not have.
    package func foreign(_ declared: Declared) -> [Probe.ForeignCollector] {
        probes.filter { probe in declared.role.map(probe.roles.contains) ?? true }
            .compactMap(\.collect)
    }

    /// Judges what was gathered.
    package func findings(
        on gathered: [GatheredTable], declared: Declared
    ) throws(Failure) -> Findings {
        var pseudonyms = Pseudonyms(key: pseudonymKey, accounts: Self.accounts(in: gathered))
        var tables: [KeyedTable] = []
        do throws(OpenSSLError) {
            for table in gathered + declared.tables + [scanTable] {
                tables.append(KeyedTable(try pseudonyms.apply(to: table)))
            }
        } catch {
            throw .digest(error)
        }
        tables.sort { $0.schema.name < $1.schema.name }
        return try findings(
            on: tables, scope: Scope(role: declared.role, kind: kind), pseudonyms,
            schemas: schemas(declared))
    }

    /// Judges tables whose rows have their names: what rejudging does.
    package func findings(
        on tables: [KeyedTable], scope: Scope, _ pseudonyms: Pseudonyms, schemas: [TableSchema]
    ) throws(Failure) -> Findings {
        let results: [ProbeResult]
        do throws(SQLiteError) {
            let judge = try Judge(probes: probes, schemas: schemas, scope: scope)
            results = try judge.results(of: probes, on: tables)
        } catch {
            throw .judge(error)
        }
        var files: [TableFile] = []
        do throws(OpenSSLError) {
            for table in tables { files.append(try TableFile(table)) }
        } catch {
            throw .digest(error)
        }
        return Findings(
            scope: scope, files: files, results: results,
            assessment: Assessment(of: results, by: catalogue, scope: scope),
            pseudonyms: pseudonyms)
    }

    private var scanTable: GatheredTable {
        GatheredTable(
            schema: FactStore.scanSchema, state: .complete,
            rows: [[.text(kind.rawValue), .integer(startedAt)]], gaps: [])
    }
}
