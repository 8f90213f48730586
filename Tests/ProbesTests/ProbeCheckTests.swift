import Documents
import Probes
import Testing

@Suite struct ProbeCheckTests {
    @Test func `a probe whose cases hold has no finding`() throws {
        let found = try CheckSample().findings()
        #expect(found == [])
        #expect(CheckSample().disagreements == [])
    }

    @Test func `a case that comes out otherwise says what was expected and what was found`() throws
    {
        var sample = CheckSample()
        sample.cases = sample.cases.replacing("{ fail: [front] }", with: "{ fail: [back] }")
        let found = try sample.findings()
        #expect(
            found == [
                "a/doors.cases.yaml:4:9: error: expected fail: back, found fail (subjectFailed): front"
            ])
    }

    @Test(arguments: [
        ("two locks are enough", "there is no passing case"),
        ("one lock is not", "there is no failing case"),
        ("a door that nobody looked at is unknown", "there is no unknown case"),
    ])
    func `every probe has a case of each colour`(sentence: String, message: String) throws {
        var sample = CheckSample()
        let blocks = sample.cases.split(separator: "- case: ").filter { !$0.hasPrefix(sentence) }
        sample.cases = blocks.map { "- case: \($0)" }.joined()
        let found = try sample.findings()
        #expect(found == ["a/doors.cases.yaml:1:1: error: \(message)"])
    }

    @Test func `a passing case of tables alone does not try the collectors`() throws {
        var sample = CheckSample()
        sample.cases = sample.cases.replacing(
            "files: { /etc/doors: \"front wood 2\\nwall painted 0\\n\" }",
            with: "tables: { doors: { rows: [{ door: front, kind: wood, lock: 2 }] } }")
        let found = try sample.findings()
        #expect(
            found == [
                "a/doors.cases.yaml:1:1: error: no passing case is made of files\n"
                    + "  hint: give 'files', so that the collectors are tried as well"
            ])
    }

    @Test func `a probe of what only runs needs no files`() throws {
        var sample = CheckSample()
        sample.probe = """
            title: No alarm rings
            obligations: [C5.1]
            weight: promise
            severity: high
            roles: [server]
            population: alarms
            judge: SELECT alarm AS subject, alarm = 'test' AS ok, NULL AS observed FROM alarms
            why: Because.
            repair: Stop it.

            """
        sample.cases = """
            - case: a test may ring
              tables: { alarms: { rows: [{ alarm: test }] } }
              expect: pass
            - case: a fire may not
              tables: { alarms: { rows: [{ alarm: fire }] } }
              expect: { fail: [fire] }
            - case: an alarm that is not heard is unknown
              tables: { alarms: { gaps: [{ code: timedOut }] } }
              expect: { unknown: timedOut }
            - case: an image has no alarms that ring
              layer: configured
              tables: { alarms: { rows: [] } }
              expect: notApplicable
            - case: silence where nobody foresaw it is unknown
              tables: { alarms: { rows: [] } }
              expect: { unknown: emptyPopulation }
            - case: a workstation is not asked
              role: workstation
              tables: { alarms: { rows: [{ alarm: fire }] } }
              expect: notApplicable
            - case: without a role it is unknown
              role: none
              tables: { alarms: { rows: [{ alarm: test }] } }
              expect: { unknown: notDeclared }

            """
        let found = try sample.findings()
        #expect(found == [])
    }

    @Test func `a probe that concludes from absence is found out`() throws {
        var sample = CheckSample()
        sample.probe = sample.probe.replacing(
            "FROM   doors\n  WHERE  kind <>",
            with: "FROM   doors\n  WHERE  kind <>"
        ).replacing(
            "CASE WHEN lock >= 2 THEN 1 WHEN lock < 2 THEN 0 END",
            with: "CASE WHEN lock < 2 THEN 0 "
                + "WHEN EXISTS (SELECT 1 FROM doors AS d WHERE d.kind = 'painted') THEN 1 "
                + "WHEN NOT EXISTS (SELECT 1 FROM doors AS d WHERE d.kind = 'painted') THEN 0 END")
        let found = try sample.findings()
        #expect(
            found.first
                == "a/doors.cases.yaml:1:9: error: where row 2 of 'doors' is not seen, it must be "
                + "unknown, and is fail (subjectFailed): front\n  hint: answer 0 only for what "
                + "was seen; ask 'gaps' where absence is the answer")
    }

    @Test(arguments: [
        "CASE lock WHEN 0 THEN 0 ELSE 1 END", "CASE lock WHEN 0 THEN 0 ELSE (1) END",
        "CASE lock WHEN 0 THEN 0 ELSE TRUE END", "CASE lock WHEN 0 THEN 0 ELSE 2 - 1 END",
        "CASE lock WHEN 0 THEN 0 ELSE NOT 0 END", "CASE lock WHEN 0 THEN 0 ELSE (SELECT 1) END",
        "CASE lock WHEN 0 THEN 0 ELSE CASE 1 WHEN 2 THEN 0 ELSE 1 END END",
        "coalesce(lock >= 2, 1)", "ifnull(lock >= 2, 1)", "iif(lock < 2, 0, 1)",
        "coalesce(lock >= 2, CASE kind WHEN 'wood' THEN NULL ELSE 1 END)",
    ])
    func `what nobody foresaw may not pass`(expression: String) throws {
        var sample = CheckSample()
        sample.probe = sample.probe.replacing(
            "CASE WHEN lock >= 2 THEN 1 WHEN lock < 2 THEN 0 END", with: expression)
        let found = try sample.findings().first?.hasPrefix(
            "a/doors.yaml:11:8: error: what is not foreseen comes to ")
        #expect(found == true)
    }

    @Test(arguments: [
        "CASE WHEN lock >= 2 THEN 1 ELSE 0 END",
        "CASE WHEN lock >= 2 THEN 1 WHEN lock < 2 THEN 0 ELSE NULL END",
        "lock >= 2",
    ])
    func `another answer to the unforeseen is allowed`(expression: String) throws {
        var sample = CheckSample()
        sample.probe = sample.probe.replacing(
            "CASE WHEN lock >= 2 THEN 1 WHEN lock < 2 THEN 0 END", with: expression
        ).replacing("printf('%d locks', lock)", with: "CASE lock WHEN 2 THEN 'a' ELSE 1 END")
        let found = try sample.findings()
        #expect(found == [])
    }

    @Test(arguments: [
        (
            "FROM   doors\n  WHERE  kind <>", "FROM   dors\n  WHERE  kind <>",
            "a/doors.yaml:15:10: error: no such table: dors\n  hint: did you mean 'doors'?"
        ),
        (
            "population: doors", "population: dors",
            "a/doors.yaml:6:13: error: there is no table 'dors'\n  hint: did you mean 'doors'?"
        ),
        (
            "printf('%d locks', lock)", "printf('%d locks', lok)",
            "a/doors.yaml:14:29: error: no such column: lok\n  hint: did you mean 'lock'?"
        ),
        (
            "WHERE  kind = 'painted'", "WHERE  doors.kid = 'painted'",
            "a/doors.yaml:10:16: error: no such column: doors.kid\n  hint: did you mean 'kind'?"
        ),
        (
            "printf('%d locks', lock)", "random()",
            "a/doors.yaml:14:10: error: the function random is not allowed"
        ),
        ("AS reason", "AS why", "a/doors.yaml:7:10: error: its columns are not subject, reason"),
    ])
    func `SQL that does not compile is an error where it stands`(
        right: String, wrong: String, message: String
    ) throws {
        var sample = CheckSample()
        sample.probe = sample.probe.replacing(right, with: wrong)
        let found = try sample.findings()
        #expect(found == [message])
    }

    @Test func `catalogue and probes must agree`() {
        var sample = CheckSample()
        sample.catalogued = "[]"
        #expect(
            sample.disagreements == [
                "a/doors.yaml:2:14: error: the catalogue does not name this probe for C5.1\n"
                    + "  hint: add it to 'probes' of the obligation"
            ])
        sample.catalogued = "[a/doors, a/windows]"
        #expect(
            sample.disagreements == [
                "c.yaml:15:17: error: C5.1 names 'a/windows', which is no promise probe of it\n  hint: known here: a/doors"
            ])
    }

    @Test func `advice is in no catalogue`() {
        var sample = CheckSample()
        sample.probe = sample.probe.replacing("weight: promise", with: "weight: advice")
        #expect(
            sample.disagreements == [
                "c.yaml:15:17: error: C5.1 names 'a/doors', which is no promise probe of it"
            ])
    }

    @Test func `an added promise needs no place in the catalogue`() {
        var sample = CheckSample()
        sample.added = [SourceFile(name: "/etc/assay/probes.d/b/own.yaml", text: sample.probe)]
        #expect(sample.disagreements == [])
    }

    @Test func `a role that no probe of an obligation is for is an error`() {
        var sample = CheckSample()
        sample.probe = sample.probe.replacing("[server, workstation]", with: "[workstation]")
        #expect(
            sample.disagreements == [
                "c.yaml:15:17: error: no probe of C5.1 is for the role server\n"
                    + "  hint: add the role to a probe, or take it from the obligation"
            ])
    }

    @Test func `a foreign collector is never run, and its probe has cases of tables`() throws {
        var sample = CheckSample()
        sample.probe = sample.probe.replacing("population: doors", with: "population: locks")
            .replacing("FROM   doors", with: "FROM   locks")
        sample.probe += """
            collect:
              run: /usr/lib/assay/collectors/locks
              key: door
              columns: { door: text, kind: text, lock: integer }

            """
        sample.cases = """
            - case: two locks are enough
              tables: { locks: { rows: [{ door: front, kind: wood, lock: 2 }] } }
              expect: pass
            - case: one lock is not
              tables: { locks: { rows: [{ door: front, kind: wood, lock: 1 }] } }
              expect: { fail: [front] }
            - case: a collector that cannot be confined is not run
              tables: { locks: { gaps: [{ code: notIsolated }] } }
              expect: { unknown: notIsolated }

            """
        let found = try sample.findings()
        #expect(found == [])
        sample.probe = sample.probe.replacing("locks\n", with: "doors\n")
        let taken = try sample.findings()
        #expect(taken == ["a/doors.yaml:6:13: error: there is a table of that name already"])
    }

    @Test func `the site of a case is what its probe may read`() throws {
        var sample = CheckSample()
        sample.probe = sample.probe.replacing(
            "CASE WHEN lock >= 2 THEN 1 WHEN lock < 2 THEN 0 END",
            with: "lock >= (SELECT max_seconds / 100 FROM site_idle)")
        sample.cases = sample.cases.replacing(
            "- case: two locks are enough\n",
            with: "- case: two locks are enough\n  site: { idle: { max_seconds: 200 } }\n"
        ).replacing("[front]", with: "[front, back]")
        let found = try sample.findings()
        #expect(found == [])
    }

    @Test func `cases without a probe are an error`() throws {
        let pack = try #require(CheckSample().pack)
        let check = ProbeCheck(
            of: pack, cases: [SourceFile(name: "a/door.cases.yaml", text: "[]")], collectors: [],
            collect: CheckSample.collect)
        #expect(
            check.disagreements.map(\.description) == [
                "a/door.cases.yaml:1:1: error: there is no probe for these cases"
            ])
    }
}
