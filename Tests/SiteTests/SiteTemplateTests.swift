import Documents
import Facts
import Site
import Testing

@Suite struct SiteTemplateTests {
    @Test func `an empty template is understood, and declares almost nothing`() throws {
        let reading = SiteSample.reading(SiteTemplate().text)
        #expect(reading.diagnostics.map(\.description) == [])
        let site = try #require(reading.value)
        #expect(site.role == nil)
        #expect(site.firewall?.ingress == nil)
        #expect(site.firewall?.egress == nil)
    }

    @Test func `what was seen is proposed, and no name can leave its comment`() throws {
        let template = SiteTemplate(
            role: .server,
            ingress: [
                .init(transport: .tcp, port: 22, listener: "sshd"),
                .init(transport: .udp, port: 53, listener: "evil\nrole: image\u{2028}x"),
            ], inside: ["wg0", "a], b: [c"])
        let reading = SiteSample.reading(template.text)
        #expect(reading.diagnostics.map(\.description) == [])
        let site = try #require(reading.value)
        #expect(site.role == .server)
        #expect(site.interfaces?.inside == ["wg0"])
        #expect(site.firewall?.ingress?.map(\.text) == ["tcp 22 from any", "udp 53 from any"])
    }
}
