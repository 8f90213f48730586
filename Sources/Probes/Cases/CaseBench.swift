package import Facts
package import Site
package import SQLite

/// Where one probe is tried on hosts that are written down.
package struct CaseBench: Sendable {
    /// Gathers the tables that are named from a host of which this is declared, with the real
    /// collectors.
    package typealias Collect = @Sendable (GivenHost, SiteFile, [TableSchema]) -> [GatheredTable]

    /// A case made into what the judge needs.
    struct Host: Sendable {
        var scope: Scope
        /// A running host is also judged on what is configured; here only one may be meant.
        var layer: Layer?
        var tables: [GatheredTable]
    }

    private let bounds: ContractBounds
    private let collect: Collect
    private let collected: [TableSchema]
    /// What the probe reads; nil where its SQL does not compile.
    let reads: Plan.Reads?
    let refusals: [Plan.Refusal]
    /// The schemas of the tables that it reads.
    let schemas: [TableSchema]

    /// A bench for a probe; `collectors` are the schemas of all tables that can be gathered.
    package init(
        for probe: Probe, collectors: [TableSchema], bounds: ContractBounds,
        collect: @escaping Collect
    ) throws(SQLiteError) {
        let all = Self.schemas(collectors: collectors)
        let plan = try Plan(probes: [probe], schemas: all)
        self.bounds = bounds
        self.collect = collect
        refusals = plan.refusals
        reads = refusals.isEmpty ? plan.reads[probe.id] : nil
        let names = Set((plan.reads[probe.id] ?? [:]).keys).union([probe.population])
        let foreign = [probe.collect?.table].compactMap(\.self)
        collected = collectors.filter { names.contains($0.name) }
        schemas = (all + foreign).filter { names.contains($0.name) }
    }

    /// Every table that a probe may read and a case may give, without foreign ones.
    package static func schemas(collectors: [TableSchema]) -> [TableSchema] {
        collectors + SiteFile.schemas + [FactStore.scanSchema]
    }

    /// Whether no file of an offline root can answer the probe.
    func isOnlyRunning(_ probe: Probe) -> Bool {
        let gathered = collected.filter { $0.layer != .running }
        return gathered.isEmpty
    }

    /// The host of a case, gathered once for all that is asked of it.
    func host(of given: ProbeCase, for probe: Probe) -> Host {
        let kind = kind(of: given)
        let role = role(of: given, for: probe)
        var site = given.site ?? SiteFile(bounds: bounds)
        site.role = role
        var tables = given.tables.filter { table in schemas.contains(table.schema) }
        tables += missing(from: tables, site.tables)
        tables += missing(from: tables, [scanTable(kind, given.now)])
        if let files = given.files {
            let host = GivenHost(files, kind: kind, now: given.now)
            let wanted = collected.filter { schema in
                !tables.contains { $0.schema.name == schema.name }
            }
            tables += collect(host, site, wanted)
        }
        tables += missing(from: tables, schemas.map(Self.unavailable))
        return Host(scope: Scope(role: role, kind: kind), layer: given.layer, tables: tables)
    }

    /// What a probe, this one or a changed one, says about a host; nil where it does not compile.
    func outcome(of probe: Probe, on host: Host) throws(SQLiteError) -> CaseOutcome? {
        let own = schemas.filter { $0 != probe.collect?.table }
        guard try Plan(probes: [probe], schemas: own).refusals.isEmpty else { return nil }
        let judge = try Judge(probes: [probe], schemas: own, scope: host.scope)
        let results = try judge.results(of: [probe], on: host.tables.map(KeyedTable.init))
        return CaseOutcome(results.filter { host.layer != .running || $0.layer != .configured })
    }

    private func kind(of given: ProbeCase) -> HostKind {
        switch given.layer {
        case .running: .live
        case .configured: .offline
        case nil: schemas.contains { $0.layer == .running } ? .live : .offline
        }
    }

    private func role(of given: ProbeCase, for probe: Probe) -> Role? {
        switch given.role {
        case .declared(let role): role
        case .fitting: Role.allCases.first(where: probe.roles.contains)
        case .none: nil
        }
    }

    private func missing(
        from tables: [GatheredTable], _ others: [GatheredTable]
    ) -> [GatheredTable] {
        others.filter { other in
            schemas.contains { $0.name == other.schema.name }
                && !tables.contains { $0.schema.name == other.schema.name }
        }
    }

    private func scanTable(_ kind: HostKind, _ now: Int64) -> GatheredTable {
        GatheredTable(
            schema: FactStore.scanSchema, state: .complete,
            rows: [[.text(kind.rawValue), .integer(now)]], gaps: [])
    }

    private static func unavailable(_ schema: TableSchema) -> GatheredTable {
        .unavailable(
            schema, Gap(.notCollected, in: schema.name, "the case does not give the table"))
    }
}
