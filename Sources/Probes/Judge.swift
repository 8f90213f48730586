package import Facts
package import SQLite

/// Holds facts against probes: the same facts and the same probes give the same verdicts.
package struct Judge: Sendable {
    /// Every table that a probe may read.
    package var schemas: [TableSchema]
    package var scope: Scope
    private var plan: Plan

    /// A judge for these probes, on one host.
    package init(probes: [Probe], schemas: [TableSchema], scope: Scope) throws(SQLiteError) {
        self.schemas = schemas + probes.compactMap(\.collect?.table)
        self.scope = scope
        plan = try Plan(probes: probes, schemas: schemas)
    }

    /// One result for each layer of each probe, in the order of the probes.
    package func results(
        of probes: [Probe], on tables: [KeyedTable]
    ) throws(SQLiteError) -> [ProbeResult] {
        var results: [ProbeResult?] = Array(repeating: nil, count: probes.count * 2)
        let whole = try FactStore(schemas: schemas, tables: tables)
        for (index, probe) in probes.enumerated() where !isLayered(probe) {
            results[index * 2] = result(of: probe, layer: layer(of: probe), in: whole)
        }
        let layered = probes.enumerated().filter { isLayered($0.element) }
        guard !layered.isEmpty else { return results.compactMap(\.self) }
        for (offset, layer) in Layer.allCases.enumerated() where exists(layer) {
            let store = try FactStore(schemas: schemas, tables: tables.map { $0.only(layer) })
            for (index, probe) in layered {
                results[index * 2 + offset] = result(of: probe, layer: layer, in: store)
            }
        }
        return results.compactMap(\.self)
    }

    private func exists(_ layer: Layer) -> Bool {
        layer == .configured || scope.kind == .live
    }

    private func read(by probe: Probe) -> [TableSchema] {
        let names = plan.reads[probe.id]?.keys.map { $0 } ?? [probe.population]
        return schemas.filter { names.contains($0.name) }
    }

    private func isLayered(_ probe: Probe) -> Bool {
        read(by: probe).contains { $0.hasLayerColumn }
    }

    // Tables of one layer alone make a verdict of that layer; otherwise it counts for both.
    private func layer(of probe: Probe) -> Layer? {
        let layers = Set(read(by: probe).map(\.layer))
        if layers == [.running] { return .running }
        if layers == [.configured] { return .configured }
        return nil
    }

    private func result(
        of probe: Probe, layer: Layer?, in store: borrowing FactStore
    ) -> ProbeResult {
        if let role = scope.role, !probe.roles.contains(role) {
            return notApplicable(probe, layer, .otherRole)
        }
        if scope.kind == .offline, read(by: probe).contains(where: { $0.layer == .running }) {
            return notApplicable(probe, layer, .notRunning)
        }
        var answer = Answer(to: probe, in: store, reading: plan.reads[probe.id])
        if let refusal = plan.refusals.first(where: { $0.probe == probe.id }) {
            answer.errors.append("\(refusal.part): \(refusal.message)")
        }
        var result = answer.result(of: probe, layer: layer)
        if scope.role == nil, Set(Role.allCases) != probe.roles,
            result.verdict != .fail || !possibleRoles.isSubset(of: probe.roles)
        {
            result.verdict = .unknown
            result.reason = .notDeclared
        }
        return result
    }

    // A machine that runs is no image.
    private var possibleRoles: Set<Role> {
        scope.kind == .live ? [.server, .workstation] : Set(Role.allCases)
    }

    private func notApplicable(_ probe: Probe, _ layer: Layer?, _ reason: Reason) -> ProbeResult {
        ProbeResult(probe: probe, layer: layer, verdict: .notApplicable, reason: reason)
    }
}
