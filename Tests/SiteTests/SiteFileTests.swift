import Documents
import Facts
import Site
import Testing

@Suite struct SiteFileTests {
    @Test func `a file with every section is read without a word`() throws {
        let reading = SiteSample.reading(SiteSample.whole)
        #expect(reading.diagnostics.map(\.description) == [])
        let site = try #require(reading.value)
        #expect(site.role == .server)
        #expect(site.environment == "production")
        #expect(site.interfaces?.inside == ["wg0"])
        #expect(
            site.firewall?.ingress?.map(\.text) == [
                "tcp 80,443 from any", "tcp 22 from 10.10.0.0/16",
                "udp 68 source port 67 from any by IPv4 on eth0",
            ])
        #expect(
            site.firewall?.egress
                == .unrestricted(reason: "package mirrors and customers' webhooks"))
        #expect(site.updates.graceDays == GraceDays(critical: 2, high: 7, medium: 30, low: 90))
        #expect(site.sources.map(\.name) == ["site.yaml"])
        #expect(site.sources.first?.sha256.count == 64)
    }

    @Test func `without a file nothing is declared, and the contract's bounds hold`() throws {
        let site = try #require(SiteFile.reading([], bounds: SiteSample.bounds).value)
        #expect(site.role == nil)
        #expect(site.firewall == nil)
        #expect(site.idle.maxSeconds == 300)
        #expect(!site.idle.isDeclared)
        #expect(site.updates.graceDays == .none)
        #expect(site.sources.isEmpty)
    }

    @Test(arguments: [
        (
            "role: server\n",
            "1:1: error: missing key 'schema'\n  hint: begin the file with 'schema: 1'"
        ),
        ("schema: 2\n", "1:9: error: 'schema' must be 1"),
        ("schema: \"1\"\n", "1:9: error: 'schema' must be 1"),
        (
            "schema: 1\nrole: sever\n",
            "2:7: error: 'sever' is not a value of 'role'\n  hint: did you mean 'server'?"
        ),
        ("schema: 1\nrole: [server]\n", "2:7: error: 'role' must be a text, not a list"),
        (
            "schema: 1\nrole: server\nrole: image\n",
            "3:1: error: duplicate key 'role'\n  hint: it stands in line 2 already"
        ),
        (
            "schema: 1\nfirewal: {}\n",
            "2:1: error: unknown key 'firewal'\n  hint: did you mean 'firewall'?"
        ),
        (
            "schema: 1\nenvironment: 3\n",
            "2:14: error: 'environment' must be a text, not a number\n  hint: write it in quotes"
        ),
        (
            "schema: 1\nenvironments: [a]\n",
            "2:15: error: 'environments' must be a mapping, not a list"
        ),
        (
            "schema: 1\nenvironments: { a: { networks: [] } }\n",
            "2:32: error: 'networks' is empty\n  hint: write any, or omit it"
        ),
        ("schema: 1\nenvironments: { a: {} }\n", "2:20: error: missing key 'networks'"),
        (
            "schema: 1\nenvironments: { Prod: { networks: [10.0.0.0/8] } }\n",
            "2:17: error: the name of an environment must be of lower-case letters, digits, '-' and '_'"
        ),
        (
            "schema: 1\nenvironments: { a: { networks: [10.0.0.1/8] } }\n",
            "2:33: error: '10.0.0.1/8' has bits beyond its length\n  hint: did you mean '10.0.0.0/8'?"
        ),
        (
            "schema: 1\nenvironments: { a: { networks: [10.0.0.0/8], expected_hosts: 3 } }\n",
            "2:46: error: unknown key 'expected_hosts'\n  hint: known here: networks"
        ),
        (
            "schema: 1\nconfig_files: [etc/app]\n",
            "2:16: error: 'config_files' must be an absolute path without '..'"
        ),
        (
            "schema: 1\nconfig_files: [/etc/../app]\n",
            "2:16: error: 'config_files' must be an absolute path without '..'"
        ),
        (
            "schema: 1\nreleases: [{ name: a }]\n",
            "2:12: error: a release is one of 'path', 'package' and 'image'\n  hint: add one of them"
        ),
        (
            "schema: 1\nreleases: [{ name: a, path: /a, image: b }]\n",
            "2:12: error: a release is one of 'path', 'package' and 'image'\n  hint: keep one of them"
        ),
        (
            "schema: 1\nreleases: [{ name: a, path: /a }, { name: a, path: /b }]\n",
            "2:35: error: two entries of 'releases' have one name"
        ),
        ("schema: 1\ncredential_stores: [{ kind: htpasswd }]\n", "2:21: error: missing key 'path'"),
        (
            "schema: 1\ncredential_stores: [{ kind: htpasswd, path: /a, table: b }]\n",
            "2:49: error: 'table' says nothing about htpasswd"
        ),
        (
            "schema: 1\nno_credentials: [{ engine: postgresql, name: a }]\n",
            "2:18: error: missing key 'reason'"
        ),
        (
            "schema: 1\ndatabases: [{ environment: a, engine: b }]\n",
            "2:13: error: missing key 'name'"
        ),
        (
            "schema: 1\ninterfaces: { inside: [a/b] }\n",
            "2:24: error: 'a/b' is no name of an interface"
        ),
        (
            "schema: 1\ninterfaces: { inside: wg0 }\n",
            "2:23: error: 'inside' must be a list, not a text"
        ),
        (
            "schema: 1\ninterfaces: { inside: [wg01234567890123] }\n",
            "2:24: error: 'wg01234567890123' is no name of an interface"
        ),
    ])
    func `a mistake is an error at its place`(text: String, message: String) {
        #expect(SiteSample.reading(text).value == nil)
        #expect(SiteSample.messages(text) == ["site.yaml:" + message])
    }

    @Test(arguments: [
        (
            "idle: { max_seconds: 301 }",
            "2:22: error: 'max_seconds' is looser than the contract, which says 300\n  hint: declare at most 300"
        ),
        (
            "idle: { tolerance_seconds: 31 }",
            "2:28: error: 'tolerance_seconds' is looser than the contract, which says 30\n  hint: declare at most 30"
        ),
        ("idle: { max_seconds: 0 }", "2:22: error: 'max_seconds' must be at least 1"),
        (
            "updates: { grace_days: { critical: 8 } }",
            "2:36: error: 'critical' is looser than the contract, which says 7\n  hint: declare at most 7"
        ),
        (
            "updates: { grace_days: { low: 91 } }",
            "2:31: error: 'low' is looser than the contract, which says 90\n  hint: declare at most 90"
        ),
        ("updates: { grace_days: { high: -1 } }", "2:32: error: 'high' must be at least 0"),
    ])
    func `a value looser than the contract is an error`(line: String, message: String) {
        #expect(SiteSample.messages("schema: 1\n\(line)\n") == ["site.yaml:" + message])
    }

    @Test(arguments: [
        "idle: { max_seconds: 300, tolerance_seconds: 30 }", "idle: { max_seconds: 1 }",
        "updates: { grace_days: { critical: 7, high: 14, medium: 30, low: 90 } }", "updates: {}",
    ])
    func `a value as strict as the contract is read`(line: String) {
        #expect(SiteSample.messages("schema: 1\n\(line)\n") == [])
    }

    @Test func `an environment that is not declared is a warning`() {
        let text =
            "schema: 1\nenvironment: staging\nenvironments: { staging2: { networks: [10.0.0.0/8] } }\n"
        #expect(SiteSample.reading(text).value != nil)
        #expect(
            SiteSample.messages(text) == [
                "site.yaml:2:14: warning: the environment is not one of 'environments'\n"
                    + "  hint: did you mean 'staging2'?"
            ])
    }

    @Test func `a network of two environments is a warning`() {
        let text = """
            schema: 1
            environments:
              a: { networks: [10.0.0.0/8] }
              b: { networks: [10.1.0.0/16] }

            """
        #expect(
            SiteSample.messages(text) == [
                "site.yaml:3:3: warning: 10.0.0.0/8 is of 'a' and of 'b'"
            ])
    }

    @Test(arguments: ["", "x", "[", "'", "\u{0}", "\n"])
    func `one wrong byte anywhere gives a declaration or a mistake`(byte: String) {
        let bytes = Array(SiteSample.whole.utf8)
        for index in stride(from: 0, to: bytes.count, by: 5) {
            let wrong = bytes[..<index] + Array(byte.utf8) + bytes[(index + 1)...]
            let file = SourceFile(name: "site.yaml", bytes: Array(wrong))
            let reading = SiteFile.reading([file], bounds: SiteSample.bounds)
            let hasError = reading.diagnostics.contains { $0.severity == .error }
            #expect((reading.value == nil) == hasError)
        }
    }
}
