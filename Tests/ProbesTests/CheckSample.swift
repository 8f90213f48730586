import Documents
import Facts
import Probes
import Site

/// A pack of one probe, its cases and a collector, for tests of `probe check`.
struct CheckSample {
    var probe = """
        title: Doors are locked
        obligations: [C5.1]
        weight: promise
        severity: high
        roles: [server, workstation]
        population: doors
        exclude: |
          SELECT door AS subject, 'it is a painting' AS reason
          FROM   doors
          WHERE  kind = 'painted'
        judge: |
          SELECT door                                                       AS subject,
                 CASE WHEN lock >= 2 THEN 1 WHEN lock < 2 THEN 0 END        AS ok,
                 printf('%d locks', lock)                                   AS observed
          FROM   doors
          WHERE  kind <> 'painted'
        why: Because.
        repair: Lock it.

        """

    var cases = """
        - case: two locks are enough
          files: { /etc/doors: "front wood 2\\nwall painted 0\\n" }
          expect: pass
        - case: one lock is not
          files: { /etc/doors: "front wood 1\\nback wood 2\\n" }
          expect: { fail: [front] }
        - case: a door that nobody looked at is unknown
          files: { /etc/doors: { error: EACCES } }
          expect: { unknown: notPermitted }

        """

    var added: [SourceFile] = []
    var catalogued = "[a/doors]"

    static let doors = TableSchema(
        name: "doors", documentation: "Doors.", key: .column("door"), layer: .configured,
        columns: [
            ColumnSchema(name: "door", type: .text, documentation: "Its name.", privacy: .plain),
            ColumnSchema(name: "kind", type: .text, documentation: "Its kind.", privacy: .plain),
            ColumnSchema(name: "lock", type: .integer, documentation: "Locks.", privacy: .plain),
        ])

    static let alarms = TableSchema(
        name: "alarms", documentation: "Alarms that ring now.", key: .column("alarm"),
        layer: .running,
        columns: [
            ColumnSchema(name: "alarm", type: .text, documentation: "Its name.", privacy: .plain)
        ])

    /// One line is a door, its kind and its locks.
    static func collect(
        _ host: GivenHost, _ site: SiteFile, _ schemas: [TableSchema]
    ) -> [GatheredTable] {
        guard schemas.contains(doors) else { return [] }
        do throws(HostError) {
            let rows = try host.lines(of: "/etc/doors").map { line in
                let words = String(decoding: line, as: UTF8.self).split(separator: " ")
                return [
                    Value.text(String(words[0])), .text(String(words[1])),
                    Value(words.count > 2 ? Int64(words[2]) : nil),
                ]
            }
            return [GatheredTable(schema: doors, state: .complete, rows: rows, gaps: [])]
        } catch  where error.code == .notFound {
            return [GatheredTable(schema: doors, state: .complete, rows: [], gaps: [])]
        } catch {
            return [.unavailable(doors, Gap(error, in: "doors"))]
        }
    }

    private var catalogue: String {
        """
        schema: 1
        id: c
        version: 1
        bounds:
          idle: { max_seconds: 300, tolerance_seconds: 30 }
          grace_days: { critical: 1, high: 2, medium: 3, low: 4 }
        clauses:
          - id: C5
            title: { it: a, en: b, fr: c }
            obligations:
              - id: C5.1
                text: { it: a, en: b, fr: c }
                decides: [host]
                roles: [server]
                probes: \(catalogued)

        """
    }

    /// The pack; nil where it has a mistake.
    var pack: ProbePack? {
        ProbePack.reading(
            catalogue: SourceFile(name: "c.yaml", text: catalogue),
            builtIn: [SourceFile(name: "a/doors.yaml", text: probe)], added: added
        ).value
    }

    private var check: ProbeCheck? {
        pack.map {
            ProbeCheck(
                of: $0, cases: [SourceFile(name: "a/doors.cases.yaml", text: cases)],
                collectors: [Self.doors, Self.alarms], collect: Self.collect)
        }
    }

    /// What is wrong with the probe.
    func findings(mutating: Bool = false) throws -> [String] {
        guard let file = pack?.files.first, let check else { return ["no pack"] }
        return try check.findings(on: file, mutating: mutating).map(\.description)
    }

    /// What is wrong with the pack.
    var disagreements: [String] { check?.disagreements.map(\.description) ?? ["no pack"] }
}
