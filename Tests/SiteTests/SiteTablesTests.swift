import Documents
import Facts
import Site
import Testing

@Suite struct SiteTablesTests {
    private func rows(_ table: String, of text: String) throws -> [[Value]] {
        let site = try #require(SiteSample.reading(text).value)
        return try #require(site.tables.first { $0.schema.name == table }).rows
    }

    @Test func `every table is complete and known, whatever is declared`() throws {
        for text in ["schema: 1\n", SiteSample.whole] {
            let tables = try #require(SiteSample.reading(text).value).tables
            #expect(tables.map(\.schema) == SiteFile.schemas)
            #expect(tables.allSatisfy { $0.state == .complete && $0.gaps.isEmpty })
        }
        #expect(
            SiteFile.schemas.map(\.name) == [
                "site", "site_config_files", "site_credential_stores", "site_databases",
                "site_egress", "site_environments", "site_firewall", "site_forward", "site_idle",
                "site_ingress", "site_interfaces", "site_networks", "site_no_credentials",
                "site_releases", "site_updates",
            ])
    }

    @Test func `what is declared stands in rows whose columns are the keys`() throws {
        #expect(
            try rows("site", of: "schema: 1\nrole: image\n") == [
                [.text("site"), .text("image"), .null, .null, .text("role")]
            ])
        #expect(
            try rows("site_ingress", of: SiteSample.whole).first == [
                .text("tcp 80,443 from any"), .text("tcp"), .text("80,443"), .text("any"),
                .text("any"), .text("any"), .null, .null, .text("public site"),
            ])
        #expect(
            try rows("site_idle", of: "schema: 1\n") == [
                [.text("idle"), .integer(0), .integer(300), .integer(30), .integer(0), .integer(0)]
            ])
        #expect(
            try rows("site_updates", of: SiteSample.whole).map { $0[1] } == [
                .integer(2), .integer(7), .integer(30), .integer(90),
            ])
    }

    @Test func `networks can be compared as texts`() throws {
        let rows = try rows("site_networks", of: SiteSample.whole)
        #expect(
            rows.first == [
                .text("10.10.0.0/16"), .text("production"), .integer(4),
                .text("0000000000000000000000000a0a0000"),
                .text("0000000000000000000000000a0affff"),
            ])
        #expect(rows.count == 3)
    }

    @Test func `an undeclared section and an empty one differ`() throws {
        #expect(
            try rows("site_firewall", of: "schema: 1\n").first?[1...2] == [
                .integer(0), .integer(0),
            ])
        #expect(
            try rows("site_firewall", of: "schema: 1\nfirewall: { ingress: [] }\n").first?[1...2]
                == [.integer(1), .integer(1)])
    }
}
