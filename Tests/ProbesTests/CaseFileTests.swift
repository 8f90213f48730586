import Documents
import Facts
import Probes
import Site
import Testing

@Suite struct CaseFileTests {
    private func reading(_ text: String) -> Reading<CaseFile> {
        CaseFile.reading(
            SourceFile(name: "x.cases.yaml", text: text), schemas: [CheckSample.doors],
            bounds: ContractBounds(
                idleSeconds: 300, idleToleranceSeconds: 30, graceDays: .none))
    }

    @Test func `files, tables and expectations are read`() throws {
        let file = try #require(
            reading(
                """
                - case: everything at once
                  role: server
                  layer: running
                  now: 1700000000
                  site: { environment: production }
                  files:
                    /a: text
                    /b: { text: "", mode: 0640, owner: 33 }
                    /c: { hex: "00 ff", mode: "4755" }
                    /d: { link: /a }
                    /e: { error: EACCES }
                    /f: { directory: true, mode: 1777 }
                  tables: { doors: { rows: [{ door: a, lock: -1 }], gaps: [{ code: timedOut, object: b, columns: [lock] }] } }
                  expect: { fail: [a, b] }
                """
            ).value)
        let given = try #require(file.cases.first)
        #expect(given.role == .declared(.server))
        #expect(given.site?.environment == "production")
        #expect(given.files?["/a"] == .file(Array("text".utf8)))
        #expect(given.files?["/b"] == .file([], mode: 0o640, owner: 33))
        #expect(given.files?["/c"] == .file([0, 255], mode: 0o4755))
        #expect(given.files?["/d"] == .link("/a"))
        #expect(given.files?["/e"] == .error(.notPermitted))
        #expect(given.files?["/f"] == .directory(mode: 0o1777))
        #expect(given.tables.first?.state == .partial)
        #expect(given.tables.first?.rows == [[.text("a"), .null, .integer(-1)]])
        #expect(given.tables.first?.gaps.first?.columns == ["lock"])
        #expect(given.expectation == .fail(["a", "b"]))
    }

    @Test(arguments: [
        ("a: 1", "1:1: error: the file must be a list of cases"),
        ("- case: a\n  files: {}\n", "1:3: error: missing key 'expect'"),
        ("- case: a\n  expect: pass\n", "1:3: error: a case has 'files' or 'tables'"),
        (
            "- case: a\n  files: {}\n  expect: fail\n",
            "3:11: error: 'expect' must say more\n  hint: write { fail: [subject] }"
        ),
        (
            "- case: a\n  files: {}\n  expect: passs\n",
            "3:11: error: 'passs' is not a value of 'expect'\n  hint: did you mean 'pass'?"
        ),
        ("- case: a\n  files: {}\n  expect: { fail: [] }\n", "3:19: error: 'fail' is empty"),
        (
            "- case: a\n  files: {}\n  expect: { unknown: timeOut }\n",
            "3:22: error: there is no such reason\n  hint: did you mean 'timedOut'?"
        ),
        (
            "- case: a\n  files: { etc: b }\n  expect: pass\n",
            "2:12: error: a path must be absolute, and must not end in '/'"
        ),
        (
            "- case: a\n  files: { /a: 3 }\n  expect: pass\n",
            "2:16: error: 'files' must be a text or a mapping, not a number\n  hint: quote the text"
        ),
        (
            "- case: a\n  files: { /a: { error: EACCESS } }\n  expect: pass\n",
            "2:25: error: 'EACCESS' is not a value of 'error'\n  hint: did you mean 'EACCES'?"
        ),
        (
            "- case: a\n  files: { /a: { text: b, link: /c } }\n  expect: pass\n",
            "2:16: error: a file is one of text, hex, link, error and directory"
        ),
        (
            "- case: a\n  files: { /a: { text: b, mode: 888 } }\n  expect: pass\n",
            "2:33: error: 'mode' must be octal, such as 0640"
        ),
        (
            "- case: a\n  files: { /a: { hex: abc } }\n  expect: pass\n",
            "2:23: error: 'hex' must be pairs of hexadecimal digits"
        ),
        (
            "- case: a\n  tables: { dors: { rows: [] } }\n  expect: pass\n",
            "2:13: error: there is no table 'dors'\n  hint: did you mean 'doors'?"
        ),
        ("- case: a\n  tables: { doors: {} }\n  expect: pass\n", "2:20: error: missing key 'rows'"),
        (
            "- case: a\n  tables: { doors: { rows: [{ lok: 1 }] } }\n  expect: pass\n",
            "2:31: error: unknown key 'lok'\n  hint: did you mean 'lock'?"
        ),
        (
            "- case: a\n  tables: { doors: { rows: [{ lock: one }] } }\n  expect: pass\n",
            "2:37: error: 'lock' must be a number, not a text"
        ),
        (
            "- case: a\n  tables: { doors: { rows: [{ door: 1 }] } }\n  expect: pass\n",
            "2:37: error: 'door' must be a text, not a number\n  hint: write it in quotes"
        ),
        (
            "- case: a\n  tables: { doors: { gaps: [{ code: crash }] } }\n  expect: pass\n",
            "2:37: error: 'crash' is not a value of 'code'\n  hint: did you mean 'crashed'?"
        ),
        (
            "- case: a\n  tables: { doors: { gaps: [{ code: crashed, columns: [locks] }] } }\n  expect: pass\n",
            "2:55: error: the table has no column 'locks'\n  hint: did you mean 'lock'?"
        ),
        (
            "- case: a\n  role: server\n  site: { role: image }\n  files: {}\n  expect: pass\n",
            "2:9: error: 'site' declares another role"
        ),
        (
            "- case: a\n  site: { rle: image }\n  files: {}\n  expect: pass\n",
            "2:11: error: unknown key 'rle'\n  hint: did you mean 'role'?"
        ),
        (
            "- case: a\n  files: {}\n  expect: pass\n- case: a\n  files: {}\n  expect: pass\n",
            "4:9: error: another case has the same sentence"
        ),
        ("- equivalent:\n    - { mutant: a }\n", "2:7: error: missing key 'reason'"),
    ])
    func `a mistake is shown at its place`(text: String, message: String) {
        #expect(reading(text).value == nil)
        #expect(reading(text).diagnostics.map(\.description).contains("x.cases.yaml:" + message))
    }
}
