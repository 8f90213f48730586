import Documents
import HostCases
import Testing

struct StateFileTests {
    static let names = Placeholders(
        mirror: "mirror.example", security: "security.example", archive: "archive.example")
    static let whole = """
        - id: C6-1
          clause: C6
          obligation: C6.2
          summary: two hosts
          release: "13"
          why: it is so
          live: true
          net: true
          packages: [ufw]
          needs: [eth0, writable net sysctls]
          prepare: echo http://@MIRROR@/ http://@SECURITY_MIRROR@/ http://@ARCHIVE_MIRROR@/
          setup: |
            echo a@b
          check: "true"
          site: { schema: 1, role: server, interfaces: { inside: [wg0] } }
          fleet: { schema: 1 }
          peers:
            - { name: dev, live: false, setup: "true", site: { schema: 1 }, report_age_days: 40 }
          attestations:
            - { obligation: C6.1, statement: apart, expires_in_days: -3 }
          layer: running
          run_as: nobody
          sandbox: unshare --net -- "$@"
          expect: fail
          accept: [unknown]
          offlineExpect: pass
        """

    static func reading(_ text: String) -> Reading<StateFile> {
        StateFile.reading(SourceFile(name: "states.yaml", text: text), placeholders: names)
    }

    @Test func `every field of the form reaches the case's directory`() throws {
        let state = try #require(Self.reading(Self.whole).value?.states.first)
        let files = HostCase(state: state, release: "13", isBooted: true).files
        #expect(
            files == [
                "id": "C6-1", "clause": "C6", "obligation": "C6.2", "summary": "two hosts",
                "release": "13",
                "way": "booted", "net": "true", "packages": "ufw\n",
                "needs": "eth0\nwritable net sysctls\n",
                "prepare":
                    "echo http://mirror.example/ http://security.example/ http://archive.example/",
                "setup": "echo a@b\n", "check": "true",
                "site.yaml": "schema: 1\nrole: server\ninterfaces:\n  inside:\n    - wg0\n",
                "fleet.yaml": "schema: 1\n", "attestations": "C6.1\t-3\tapart\n",
                "layer": "running", "run-as": "nobody", "sandbox": "unshare --net -- \"$@\"",
                "expect": "fail", "accept": "unknown\n",
                "offline": "pass", "peers/dev/way": "tree",
                "peers/dev/release": "13", "peers/dev/setup": "true",
                "peers/dev/site.yaml": "schema: 1\n", "peers/dev/report-age-days": "40",
            ])
    }

    @Test func `a state without a site file has none on its host`() throws {
        let text = "- { id: a, clause: C5, summary: s, setup: \"true\", expect: pass }"
        let state = try #require(Self.reading(text).value?.states.first)
        #expect(HostCase(state: state, release: "12", isBooted: false).files["site.yaml"] == nil)
    }

    @Test(
        arguments: [
            ("summary:", "sumary:"), ("expect: fail", "expect: maybe"),
            ("accept: [unknown]", "accept: [perhaps]"), ("live: true", "live: perhaps"),
            ("layer: running", "layer: configured"), ("needs: [eth0", "needs: [eth1"),
            ("name: dev", "name: ../dev"), ("expires_in_days: -3", "expires_in_days: soon"),
        ])
    func `a mistake in a state is refused with its place`(right: String, mistaken: String) {
        let reading = Self.reading(Self.whole.replacing(right, with: mistaken))
        #expect(reading.value == nil)
        #expect(reading.diagnostics.contains { $0.severity == .error })
    }

    @Test func `two states with one id are refused`() {
        #expect(Self.reading(Self.whole + "\n" + Self.whole).value == nil)
    }
}
