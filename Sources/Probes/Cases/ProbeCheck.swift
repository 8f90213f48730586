package import Documents
package import Facts
package import SQLite

/// Holds every probe of a pack against its cases.
package struct ProbeCheck: Sendable {
    private let pack: ProbePack
    private let cases: [SourceFile]
    private let collectors: [TableSchema]
    private let collect: CaseBench.Collect

    /// A check of a pack; cases are files named as their probes, with `.cases.yaml`.
    ///
    /// `collect` runs the real collectors, whose schemas `collectors` are, on a given host.
    package init(
        of pack: ProbePack, cases: [SourceFile], collectors: [TableSchema],
        collect: @escaping CaseBench.Collect
    ) {
        self.pack = pack
        self.cases = cases
        self.collectors = collectors
        self.collect = collect
    }

    /// What is wrong with the pack as a whole: the catalogue and the probes must agree.
    package var disagreements: [Diagnostic] {
        pack.disagreements + strayCases
    }

    /// What is wrong with one probe; with `mutating`, also what its cases do not notice.
    package func findings(
        on file: ProbeFile, mutating: Bool = false
    ) throws(SQLiteError) -> [Diagnostic] {
        let probe = file.probe
        let conflicts = pack.conflicts(with: CaseBench.schemas(collectors: collectors))
            .filter { $0.file == file.source.name }
        guard conflicts.isEmpty else { return conflicts }
        let bench = try CaseBench(
            for: probe, collectors: collectors, bounds: pack.catalogue.bounds, collect: collect)
        guard bench.refusals.isEmpty else {
            let schemas = CaseBench.schemas(collectors: collectors)
            return bench.refusals.map { file.diagnostic(of: $0, schemas: schemas) }
        }
        var findings = SQLCheck(file).findings
        let name = CaseFile.name(ofProbeFile: file.source.name)
        guard let source = cases.first(where: { $0.name == name }) else {
            return findings + [Diagnostic(at: Mark(file: name), "the probe has no cases")]
        }
        let schemas = CaseBench.schemas(collectors: collectors)
        let reading = CaseFile.reading(
            source, schemas: schemas + [probe.collect?.table].compactMap(\.self),
            bounds: pack.catalogue.bounds)
        findings += reading.diagnostics
        guard let cases = reading.value else { return findings }
        let trial = Trial(probe: probe, cases: cases, bench: bench)
        findings += try trial.findings()
        if mutating, findings.isEmpty { findings += try Mutation(of: file, trial).findings() }
        return findings
    }

    private var strayCases: [Diagnostic] {
        let names = Set(pack.files.map { CaseFile.name(ofProbeFile: $0.source.name) })
        return cases.filter { !names.contains($0.name) }.map {
            Diagnostic(at: Mark(file: $0.name), "there is no probe for these cases")
        }
    }
}
