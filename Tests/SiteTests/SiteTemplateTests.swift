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

    @Test func `a host that lets nothing in that listens proposes an empty list`() throws {
        let template = SiteTemplate(seen: .init(ingress: [], others: []))
        #expect(SiteSample.reading(template.text).value?.firewall?.ingress == [])
    }

    @Test func `what was seen is proposed, and no name can leave its comment`() throws {
        var narrow = SiteTemplate.Flow(transport: .udp, port: 5353, listener: "avahi-daemon")
        narrow.sources = ["10.0.0.0/8", "fd00::/8"]
        narrow.destinations = ["224.0.0.251"]
        narrow.interface = "eth0"
        var old = SiteTemplate.Flow(transport: .tcp, port: 23, listener: nil)
        old.family = 4
        old.interface = "a\", role: x"
        let template = SiteTemplate(
            role: .server,
            seen: .init(
                ingress: [
                    .init(transport: .tcp, port: 22, listener: "sshd"),
                    .init(transport: .udp, port: 53, listener: "evil\nrole: image\u{2028}x"),
                    narrow, old,
                ], others: ["tcp 5432 from any on eth0\nrole: image"]),
            inside: ["wg0", "a], b: [c"])
        let reading = SiteSample.reading(template.text)
        #expect(reading.diagnostics.map(\.description) == [])
        let site = try #require(reading.value)
        #expect(site.role == .server)
        #expect(site.interfaces?.inside == ["wg0"])
        #expect(
            site.firewall?.ingress?.map(\.text) == [
                "tcp 22 from any", "udp 53 from any",
                "udp 5353 from 10.0.0.0/8,fd00::/8 to 224.0.0.251 on eth0",
                "tcp 23 from any by IPv4",
            ])
        #expect(template.text.contains("#   tcp 5432 from any on eth0\\x0arole: image\n"))
    }
}
