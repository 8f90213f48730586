import Collectors
package import Facts
package import Probes
package import Reports
package import SQLite
import Site

/// The judgement of a report repeated from the files of its facts.
package struct Rejudgement: Sendable {
    /// A verdict that is another one now.
    package struct Change: Sendable, Hashable {
        package var probe: String
        package var layer: String?
        /// Nil where the report has no such result.
        package var before: Verdict?
        /// Nil where there is no such result now.
        package var after: Verdict?
    }

    /// A probe that could not be repeated, and the tables that are missing.
    package struct Omission: Sendable, Hashable {
        package var probe: String
        package var tables: [String]
    }

    /// How many results are the same as in the report.
    package private(set) var same = 0
    package private(set) var changes: [Change] = []
    package private(set) var omissions: [Omission] = []
    /// The results as they are judged now.
    package private(set) var assessment: Assessment
    /// Whether the report was judged by the same probes.
    package var isSamePack: Bool

    /// Repeats a judgement; `files` are the fact files that are there.
    package init(
        of report: Report, from files: [TableFile], by pack: ProbePack
    ) throws(SQLiteError) {
        isSamePack = pack.sha256 == report.scope.packSha256
        let glob = report.selection.map(Glob.init)
        let probes = pack.probes.filter { glob?.matches($0.id) ?? true }
        let scope = Scope(
            role: report.host.role, kind: report.target == nil ? .live : .offline)
        let plan = try Plan(probes: probes, schemas: Self.schemas)
        let tables = files.map(\.table)
        let present = Set(tables.map(\.schema.name))
        let repeatable = probes.filter { probe in
            present.isSuperset(of: plan.tables(of: probe))
        }
        let judge = try Judge(probes: repeatable, schemas: Self.schemas, scope: scope)
        let results = try judge.results(of: repeatable, on: tables)
        assessment = Assessment(of: results, by: pack.catalogue, scope: scope)
        omissions = probes.filter { !repeatable.contains($0) }.map { probe in
            Omission(
                probe: probe.id, tables: plan.tables(of: probe).subtracting(present).sorted())
        }
        compare(results, with: report)
    }

    /// Every table that a file of facts may hold.
    package static var schemas: [TableSchema] {
        (allCollectors.map(\.schema) + SiteFile.schemas + [FactStore.scanSchema])
    }

    private mutating func compare(_ results: [ProbeResult], with report: Report) {
        let omitted = Set(omissions.map(\.probe))
        var before: [[String?]: Verdict] = [:]
        for result in report.results where !omitted.contains(result.probe) {
            before[[result.probe, result.layer]] = result.verdict
        }
        for result in results {
            let layer = result.layer?.rawValue
            let old = before.removeValue(forKey: [result.probe.id, layer])
            if old == result.verdict {
                same += 1
            } else {
                changes.append(
                    Change(
                        probe: result.probe.id, layer: layer, before: old, after: result.verdict))
            }
        }
        changes += before.map { key, verdict in
            Change(probe: key[0] ?? "", layer: key[1], before: verdict, after: nil)
        }
        changes.sort { ($0.probe, $0.layer ?? "") < ($1.probe, $1.layer ?? "") }
    }

    /// The answer: what could not be repeated is undecided, unless a probe failed.
    package var status: ExitStatus {
        let counted = assessment.counted.map(\.verdict)
        if counted.contains(.fail) { return .notMet }
        if !omissions.isEmpty || counted.contains(.unknown) || !counted.contains(.pass) {
            return .undecided
        }
        return .met
    }
}
