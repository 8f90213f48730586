import Documents
import Facts
import Probes
import Testing

@Suite struct ProbeFileTests {
    static let good = """
        title: Accounts have a shell
        obligations: [C5.1]
        weight: promise
        severity: high
        roles: [server, workstation]
        population: users
        judge: |
          SELECT username AS subject, 1 AS ok, shell AS observed
          FROM   users
        why: Because.
        repair: Repair it.
        references: [ "man:passwd(5)" ]

        """

    private func messages(_ text: String, name: String = "probes/accounts/shells.yaml") -> [String]
    {
        ProbeFile.reading(SourceFile(name: name, text: text), origin: .builtIn).diagnostics
            .map(\.description)
    }

    @Test func `a probe is read from its file`() throws {
        let source = SourceFile(name: "probes/accounts/shells.yaml", text: Self.good)
        let reading = ProbeFile.reading(source, origin: .added)
        #expect(reading.diagnostics.isEmpty)
        let probe = try #require(reading.value?.probe)
        #expect(probe.id == "accounts/shells")
        #expect(probe.obligations == ["C5.1"])
        #expect(probe.weight == .promise)
        #expect(probe.roles == [.server, .workstation])
        #expect(probe.empty == .unknown)
        #expect(probe.exclude == nil)
        #expect(probe.origin == .added)
        #expect(probe.judge.hasSuffix("FROM   users\n"))
        #expect(probe.sha256.count == 64)
        #expect(reading.value?.marks["judge"] == Mark(file: source.name, line: 7, column: 8))
    }

    @Test(arguments: [
        (
            "severity: high", "serverity: high",
            "4:1: error: unknown key 'serverity'\n  hint: did you mean 'severity'?"
        ),
        (
            "severity: high", "severity: hihg",
            "4:11: error: 'hihg' is not a value of 'severity'\n  hint: did you mean 'high'?"
        ),
        (
            "weight: promise", "weight: promise\nweight: advice",
            "4:1: error: duplicate key 'weight'\n  hint: it stands in line 3 already"
        ),
        (
            "roles: [server, workstation]", "roles: server",
            "5:8: error: 'roles' must be a list, not a text"
        ),
        (
            "obligations: [C5.1]", "obligations: []",
            "3:9: error: a promise is of no obligation\n  hint: name what it decides in 'obligations', or make it advice"
        ),
        (
            "obligations: [C5.1]", "obligations: [C5.1, C5.1]",
            "2:14: error: an obligation stands twice"
        ),
        (
            "why: Because.", "why: 10",
            "10:6: error: 'why' must be a text, not a number\n  hint: write it in quotes"
        ),
        (
            "population: users", "population: users\nempty: pass",
            "7:8: error: 'pass' is not a value of 'empty'\n  hint: known here: unknown, notApplicable"
        ),
    ])
    func `a mistake is shown at its place with what to do`(
        line: String, wrong: String, message: String
    ) {
        let shown = messages(Self.good.replacing(line, with: wrong))
        #expect(shown.contains("probes/accounts/shells.yaml:" + message))
    }

    @Test(arguments: [
        "shells.yaml", "probes/Accounts/shells.yaml", "probes.d/shells.yaml", "a/b/c_d.yaml",
        "a/.yaml", "accounts/shells.yml", "a/-b.yaml", "a//b.yaml/.yaml",
    ])
    func `a file whose name is no id is refused`(name: String) {
        #expect(
            messages(Self.good, name: name).first?.hasPrefix(
                "\(name):1:1: error: the file's name is not") == true)
    }

    @Test func `a foreign collector names its program and its columns`() throws {
        let text =
            Self.good + """
                collect:
                  run: /usr/lib/assay/collectors/tpm
                  key: device
                  columns: { device: text, owner: account, locked: integer }

                """
        let source = SourceFile(name: "probes/tpm/locked.yaml", text: text)
        let reading = ProbeFile.reading(source, origin: .added)
        #expect(reading.diagnostics.isEmpty)
        let collect = try #require(reading.value?.probe.collect)
        #expect(collect.table.name == "users")
        #expect(collect.table.layer == .running)
        #expect(collect.table.columns.map(\.name) == ["device", "owner", "locked"])
        #expect(collect.table.columns.map(\.privacy) == [.plain, .account, .plain])
    }

    @Test(arguments: ["\"a b\"", "Users", "sqlite_master", "'x\"'"])
    func `a collector's table has a plain name`(name: String) {
        let text = Self.good.replacing("population: users", with: "population: \(name)")
        let shown = messages(
            text + "collect:\n  run: /a\n  key: d\n  columns: { d: text }\n",
            name: "probes/tpm/locked.yaml")
        #expect(
            shown.contains(
                "probes/tpm/locked.yaml:6:13: error: a collector's table must be of lower-case "
                    + "letters, digits and '_'"))
    }

    @Test(arguments: [
        (
            "  run: tpm\n  key: d\n  columns: { d: text }\n",
            "14:8: error: 'run' must be an absolute path"
        ),
        (
            "  run: /a/../b\n  key: d\n  columns: { d: text }\n",
            "14:8: error: 'run' must be an absolute path"
        ),
        (
            "  run: /a\n  key: e\n  columns: { d: text }\n",
            "15:8: error: 'key' is not one of 'columns'"
        ),
        (
            "  run: /a\n  key: d\n  columns: { d: real }\n",
            "16:17: error: 'real' is not a value of 'columns'\n  hint: known here: text, integer, account, path"
        ),
        (
            "  run: /a\n  key: d\n  columns: { d: text, D: text }\n",
            "16:23: error: a column's name must be of lower-case letters, digits and '_'"
        ),
    ])
    func `a foreign collector that is not understood is refused`(section: String, message: String) {
        let shown = messages(Self.good + "collect:\n" + section, name: "probes/tpm/locked.yaml")
        #expect(shown.contains("probes/tpm/locked.yaml:" + message))
    }
}
