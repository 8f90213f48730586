import Documents
import Site
import Testing

@Suite struct FragmentTests {
    private func reading(_ texts: [(String, String)]) -> Reading<SiteFile> {
        SiteFile.reading(
            texts.map { SourceFile(name: $0.0, text: $0.1) }, bounds: SiteSample.bounds)
    }

    private let main = """
        schema: 1
        role: server
        firewall:
          ingress:
            - { proto: tcp, dport: 22, from: any, purpose: administration }

        """

    @Test func `lists of fragments append, and mappings merge`() throws {
        let reading = reading([
            ("site.yaml", main),
            (
                "site.d/10-web.yaml",
                "firewall:\n  ingress:\n    - { proto: tcp, dport: 443, purpose: site }\n  icmp: any\n"
            ),
            ("site.d/20-files.yaml", "schema: 1\nconfig_files: [/etc/a]\n"),
        ])
        #expect(reading.diagnostics.isEmpty)
        let site = try #require(reading.value)
        #expect(
            site.firewall?.ingress?.map(\.text) == ["tcp 22 from any", "tcp 443 from any"])
        #expect(site.firewall?.icmp == .any)
        #expect(site.configFiles?.paths == ["/etc/a"])
        #expect(
            site.sources.map(\.name) == [
                "site.yaml", "site.d/10-web.yaml", "site.d/20-files.yaml",
            ])
    }

    @Test(arguments: [
        (
            "role: server\n",
            "a.yaml:1:7: error: 'role' is set twice\n  hint: it is set in site.yaml line 2 already"
        ),
        (
            "role: image\n",
            "a.yaml:1:7: error: 'role' is set twice\n  hint: it is set in site.yaml line 2 already"
        ),
        (
            "firewall: { ingress: any }\n",
            "a.yaml:1:22: error: 'ingress' is set twice\n  hint: it is set in site.yaml line 5 already"
        ),
        ("- 1\n", "a.yaml:1:1: error: the file must be a mapping"),
        ("schema: 3\n", "a.yaml:1:9: error: 'schema' must be 1"),
        (
            "rle: image\n",
            "a.yaml:1:1: error: unknown key 'rle'\n  hint: known here: environment, container_environment_label, interfaces, idle, environments, databases, credential_stores, no_credentials, config_files, updates, releases"
        ),
        ("a: [\n", "a.yaml:2:1: error: not YAML: did not find expected node content"),
    ])
    func `a mistake of a fragment stands in the fragment`(fragment: String, message: String) {
        let reading = reading([("site.yaml", main), ("a.yaml", fragment)])
        #expect(reading.value == nil)
        #expect(reading.diagnostics.map(\.description) == [message])
    }

    @Test func `mistakes of all files are shown at once`() {
        let reading = reading([("site.yaml", "a: [\n"), ("a.yaml", "b: &x 1\n"), ("b.yaml", "")])
        #expect(reading.diagnostics.map(\.file) == ["a.yaml", "b.yaml", "site.yaml"])
    }
}
