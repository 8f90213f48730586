import Facts
import Probes
import SQLite
import Testing

/// The order of verdicts, and what no filter and no join can hide.
struct JudgeTests {
    static let schema = TableSchema(
        name: "shells", documentation: "", key: .column("path"), layer: .configured,
        columns: [
            ColumnSchema(name: "path", type: .text, documentation: "", privacy: .plain),
            ColumnSchema(name: "good", type: .integer, documentation: "", privacy: .plain),
            ColumnSchema(name: "colour", type: .text, documentation: "", privacy: .plain),
        ])

    static func table(
        _ rows: [(String, Int64?)], state: TableState = .complete, gaps: [Gap] = []
    ) -> GatheredTable {
        GatheredTable(
            schema: schema, state: state,
            rows: rows.map { [.text($0.0), Value($0.1), .null] }, gaps: gaps)
    }

    static func probe(
        judge: String = "SELECT path AS subject, good AS ok, 'seen' AS observed FROM shells",
        exclude: String? = nil, empty: Probe.Empty = .unknown,
        roles: Set<Role> = Set(Role.allCases)
    ) -> Probe {
        Probe(
            id: "shells/good", title: "Shells are good", obligations: ["C5.1"], weight: .promise,
            severity: .high, roles: roles, population: "shells", exclude: exclude, empty: empty,
            judge: judge, why: "", repair: "")
    }

    static func result(
        _ probe: Probe, _ tables: [GatheredTable], role: Role? = .server,
        kind: HostKind = .live
    ) throws -> ProbeResult {
        let judge = try Judge(
            probes: [probe], schemas: [schema], scope: Scope(role: role, kind: kind))
        let results = try judge.results(of: [probe], on: tables.map(KeyedTable.init))
        return try #require(results.first)
    }

    @Test func `everything seen and good passes`() throws {
        let result = try Self.result(Self.probe(), [Self.table([("/bin/a", 1), ("/bin/b", 1)])])
        #expect(result.verdict == .pass)
        #expect(result.collected == 2 && result.judged == 2)
    }

    @Test func `one bad member fails, whatever else is unknown`() throws {
        let gap = Gap(.notPermitted, in: "shells", "it may not be read")
        let table = Self.table([("/bin/a", 0), ("/bin/b", nil)], state: .partial, gaps: [gap])
        #expect(try Self.result(Self.probe(), [table]).verdict == .fail)
    }

    @Test func `a NULL is unknown`() throws {
        let result = try Self.result(Self.probe(), [Self.table([("/bin/a", 1), ("/bin/b", nil)])])
        #expect(result.verdict == .unknown)
        #expect(result.reason == .subjectUnknown)
    }

    @Test func `a gap of a column that is read makes it unknown`() throws {
        let gap = Gap(.notPermitted, in: "shells", columns: ["good"], "it may not be read")
        let table = Self.table([("/bin/a", 1)], state: .partial, gaps: [gap])
        let result = try Self.result(Self.probe(), [table])
        #expect(result.verdict == .unknown)
        #expect(result.reason == .gap(.notPermitted))
    }

    @Test func `a gap of a column that is not read touches nothing`() throws {
        let gap = Gap(.notPermitted, in: "shells", columns: ["colour"], "it may not be read")
        let table = Self.table([("/bin/a", 1)], state: .partial, gaps: [gap])
        #expect(try Self.result(Self.probe(), [table]).verdict == .pass)
        let counting = Self.probe(
            judge: "SELECT path AS subject, good AS ok, (SELECT count(*) FROM shells) AS observed "
                + "FROM shells")
        // To count rows is to read all of them.
        #expect(try Self.result(counting, [table]).verdict == .unknown)
    }

    @Test func `a table that was not gathered is unknown`() throws {
        let result = try Self.result(Self.probe(empty: .notApplicable), [])
        #expect(result.verdict == .unknown)
        #expect(result.reason == .gap(.notCollected))
    }

    @Test(arguments: [(Probe.Empty.unknown, Verdict.unknown), (.notApplicable, .notApplicable)])
    func `an empty population never passes`(empty: Probe.Empty, verdict: Verdict) throws {
        let result = try Self.result(Self.probe(empty: empty), [Self.table([])])
        #expect(result.verdict == verdict)
        #expect(result.reason == .emptyPopulation)
    }

    @Test func `a population whose every member is excluded counts as empty`() throws {
        let probe = Self.probe(
            judge: "SELECT path AS subject, 1 AS ok, '' AS observed FROM shells WHERE good = 7",
            exclude: "SELECT path AS subject, 'odd' AS reason FROM shells")
        let result = try Self.result(probe, [Self.table([("/bin/a", 1)])])
        #expect(result.verdict == .unknown)
        #expect(result.excluded == 1)
    }

    @Test func `a filter cannot make a bad row disappear`() throws {
        let probe = Self.probe(
            judge: "SELECT path AS subject, 1 AS ok, '' AS observed FROM shells WHERE good = 1")
        let result = try Self.result(probe, [Self.table([("/bin/a", 1), ("/bin/b", 0)])])
        #expect(result.verdict == .unknown)
        #expect(result.reason == .subjectDropped)
        #expect(result.subjects.map(\.subject) == ["/bin/a", "/bin/b"])
    }

    @Test(arguments: [
        "SELECT path AS subject, good AS ok FROM shells",
        "SELECT path AS subject, 2 AS ok, '' AS observed FROM shells",
        "SELECT path AS subject, 'yes' AS ok, '' AS observed FROM shells",
        "SELECT path AS subject, 1.0 AS ok, '' AS observed FROM shells",
        "SELECT NULL AS subject, 1 AS ok, '' AS observed FROM shells",
        "SELECT 'from nowhere' AS subject, 1 AS ok, '' AS observed FROM shells",
        "SELECT path AS subject, 1 AS ok, '' AS observed FROM shells UNION ALL "
            + "SELECT path AS subject, 1 AS ok, '' AS observed FROM shells",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
            + "SELECT path AS subject, max(i) AS ok, '' AS observed FROM shells, n",
        "SELECT typo AS subject, 1 AS ok, '' AS observed FROM shells",
    ])
    func `an answer of another shape is the probe's error`(judge: String) throws {
        let result = try Self.result(Self.probe(judge: judge), [Self.table([("/bin/a", 1)])])
        #expect(result.verdict == .unknown)
        #expect(result.reason == .probeError)
        #expect(result.error != nil)
    }

    @Test func `a subject that is judged and excluded is the probe's error`() throws {
        let probe = Self.probe(exclude: "SELECT path AS subject, 'odd' AS reason FROM shells")
        let result = try Self.result(probe, [Self.table([("/bin/a", 1)])])
        #expect(result.reason == .probeError)
    }

    @Test func `a zero in a broken answer stays a failure`() throws {
        let judge =
            "SELECT path AS subject, 1 AS ok, '' AS observed FROM shells UNION ALL "
            + "SELECT path AS subject, 0 AS ok, '' AS observed FROM shells"
        let result = try Self.result(Self.probe(judge: judge), [Self.table([("/bin/a", 1)])])
        #expect(result.verdict == .fail)
    }

    @Test func `two rows with one key are both judged, and leave a gap`() throws {
        let result = try Self.result(Self.probe(), [Self.table([("/bin/a", 1), ("/bin/a", 1)])])
        #expect(result.subjects.map(\.subject) == ["/bin/a", "/bin/a#2"])
        #expect(result.reason == .gap(.duplicateKey))
    }

    @Test func `a probe for another role does not apply`() throws {
        let result = try Self.result(
            Self.probe(roles: [.workstation]), [Self.table([("/bin/a", 0)])])
        #expect(result.verdict == .notApplicable)
        #expect(result.reason == .otherRole)
    }

    @Test func `without a role a probe that hangs on it is unknown`() throws {
        let good = Self.table([("/bin/a", 1)])
        let result = try Self.result(Self.probe(roles: [.server]), [good], role: nil)
        #expect(result.verdict == .unknown)
        #expect(result.reason == .notDeclared)
        #expect(try Self.result(Self.probe(), [good], role: nil).verdict == .pass)
    }

    @Test func `a failure under every role that the host can have stays a failure`() throws {
        let bad = Self.table([("/bin/a", 0)])
        let probe = Self.probe(roles: [.server, .workstation])
        #expect(try Self.result(probe, [bad], role: nil).verdict == .fail)
        #expect(try Self.result(probe, [bad], role: nil, kind: .offline).verdict == .unknown)
    }
}
