import Documents
import Site
import Testing

@Suite struct FirewallSectionTests {
    private func text(ingress: [String]) -> String {
        "schema: 1\nfirewall:\n  ingress:\n"
            + ingress.map { "    - { \($0), purpose: test }\n" }.joined()
    }

    @Test(arguments: [
        ("proto: tpc", "4:16: error: 'tpc' is not a value of 'proto'\n  hint: did you mean 'tcp'?"),
        ("dport: 22", "4:7: error: missing key 'proto'"),
        ("proto: tcp, dport: 65536", "4:28: error: 'dport' must be between 0 and 65535"),
        (
            "proto: tcp, dport: \"22\"",
            "4:28: error: 'dport' must be a number, a range 'a-b', a list of them, or any\n  hint: write it without quotes"
        ),
        ("proto: tcp, dport: 90-80", "4:28: error: the range begins after its end"),
        (
            "proto: tcp, dport: 80-",
            "4:28: error: 'dport' must be a number, a range 'a-b', a list of them, or any"
        ),
        (
            "proto: tcp, dport: 1-2-3",
            "4:28: error: 'dport' must be a number, a range 'a-b', a list of them, or any"
        ),
        ("proto: tcp, dport: []", "4:28: error: 'dport' is empty\n  hint: write any, or omit it"),
        (
            "proto: tcp, dport: 080",
            "4:28: error: 'dport' must be a whole decimal number without leading zeros"
        ),
        ("proto: tcp, dport: [80, [81]]", "4:33: error: 'dport' must be a number, not a list"),
        (
            "proto: icmp, dport: 22",
            "4:29: error: 'dport' needs protocols that have ports\n  hint: name them in 'proto', such as [tcp, udp]"
        ),
        (
            "proto: any, sport: 22",
            "4:28: error: 'sport' needs protocols that have ports\n  hint: name them in 'proto', such as [tcp, udp]"
        ),
        (
            "proto: tcp, from: 10.0.0.0/33",
            "4:27: error: '10.0.0.0/33' is no address and no network\n  hint: write such as 10.10.0.0/16 or fd00:10::/48"
        ),
        (
            "proto: tcp, from: [10.0.0.300]",
            "4:28: error: '10.0.0.300' is no address and no network\n  hint: write such as 10.10.0.0/16 or fd00:10::/48"
        ),
        (
            "proto: tcp, from: 10.0.0.0/8, to: \"fd00::/8\"",
            "4:7: error: its addresses are of different families"
        ),
        (
            "proto: tcp, from: 10.0.0.0/8, family: 6",
            "4:7: error: its addresses are of different families"
        ),
        ("proto: tcp, family: 5", "4:29: error: 'family' must be 4 or 6"),
        ("proto: tcp, interface: \"a b\"", "4:32: error: 'a b' is no name of an interface"),
        ("proto: tcp, form: any", "4:21: error: unknown key 'form'\n  hint: did you mean 'from'?"),
    ])
    func `a flow that is not understood is an error at its place`(flow: String, message: String) {
        #expect(SiteSample.messages(text(ingress: [flow])) == ["site.yaml:" + message])
    }

    @Test(arguments: [
        ("firewall: { ingress: [{ proto: tcp }] }", "2:23: error: missing key 'purpose'"),
        ("firewall: { forward: [{ proto: tcp }] }", "2:23: error: missing key 'purpose'"),
        (
            "firewall: { egress: [{ proto: tcp, from: any }] }",
            "2:36: error: unknown key 'from'\n  hint: known here: dport, sport, to, family, interface, purpose"
        ),
        (
            "firewall: { egress: unrestrictd }",
            "2:21: error: 'egress' must be unrestricted or a list"
        ),
        ("firewall: { egress: { a: b } }", "2:21: error: 'egress' must be a list, not a mapping"),
        ("firewall: { egress_reason: why }", "2:28: error: a reason of no 'egress'"),
        (
            "firewall: { icmp: some }",
            "2:19: error: 'some' is not a value of 'icmp'\n  hint: known here: essential, any, none"
        ),
        (
            "firewall: { persistence: { unit: \"a b\" } }",
            "2:26: error: 'unit' is no name of a unit"
        ),
        ("firewall: { persistence: {} }", "2:26: error: missing key 'unit'"),
        ("firewall: { ingress: }", "2:22: error: 'ingress' must be a list, not nothing"),
        ("firewall: []", "2:11: error: 'firewall' must be a mapping, not a list"),
    ])
    func `a section that is not understood is an error at its place`(line: String, message: String)
    {
        #expect(SiteSample.reading("schema: 1\n\(line)\n").value == nil)
        #expect(SiteSample.messages("schema: 1\n\(line)\n") == ["site.yaml:" + message])
    }

    @Test func `absent, empty and listed flows are three things`() throws {
        let absent = try #require(SiteSample.reading("schema: 1\nfirewall: {}\n").value?.firewall)
        #expect(absent.ingress == nil)
        #expect(absent.egress == nil)
        let empty = try #require(
            SiteSample.reading("schema: 1\nfirewall: { ingress: [], egress: [] }\n").value?.firewall
        )
        #expect(empty.ingress == [])
        #expect(empty.egress == .listed([]))
    }

    @Test func `the same flow twice is a warning, and counts once`() {
        let text = text(ingress: ["proto: tcp, dport: 22", "proto: tcp, dport: 22, from: any"])
        let reading = SiteSample.reading(text)
        #expect(reading.value?.firewall?.ingress?.count == 1)
        #expect(
            reading.diagnostics.map(\.description) == [
                "site.yaml:5:7: warning: the same flow is declared twice\n"
                    + "  hint: it stands in site.yaml line 4 already"
            ])
    }

    @Test func `unrestricted egress without a reason is a warning`() {
        let text = "schema: 1\nfirewall: { egress: unrestricted }\n"
        #expect(SiteSample.reading(text).value?.firewall?.egress == .unrestricted(reason: nil))
        #expect(SiteSample.messages(text).first?.hasPrefix("site.yaml:2:21: warning") == true)
    }

    @Test(arguments: [
        ["proto: tcp"], ["proto: any"], ["proto: tcp, dport: any, from: any"],
        ["proto: tcp, dport: 0-65535"], ["proto: tcp, dport: 1-65535"],
        ["proto: tcp, from: 0.0.0.0/0"], ["proto: tcp, from: \"::/0\""],
        ["proto: udp, from: [0.0.0.0/1, 128.0.0.0/1]"],
        ["proto: tcp, dport: 1-1000", "proto: tcp, dport: 1001-65535"],
        ["proto: tcp, dport: [1-21, 22, 23-65535]"],
        [
            "proto: tcp, dport: 1-1000, from: 0.0.0.0/1",
            "proto: tcp, dport: 500-65535, from: 128.0.0.0/1",
            "proto: [tcp, udp], dport: 1-499, from: 128.0.0.0/2",
            "proto: tcp, dport: 1-499, from: 192.0.0.0/2",
            "proto: tcp, dport: 1001-65535, from: 0.0.0.0/1",
        ],
        ["proto: udp, sport: 53"], ["proto: tcp, to: 192.0.2.1"],
        ["proto: tcp, family: 4", "proto: udp, dport: 53"],
        ["proto: tcp, interface: eth0, dport: 1-80", "proto: tcp, dport: 81-65535"],
    ])
    func `what lets everything in is found, whatever its words`(flows: [String]) {
        let reading = SiteSample.reading(text(ingress: flows))
        #expect(reading.value != nil)
        #expect(reading.diagnostics.contains { $0.message.contains("vacuous") })
    }

    @Test(arguments: [
        ["proto: tcp, dport: 22"], ["proto: tcp, dport: 2-65535"], ["proto: tcp, dport: 1-65534"],
        ["proto: icmp"], ["proto: [esp, ah]"], ["proto: tcp, from: 0.0.0.0/1"],
        ["proto: tcp, from: [0.0.0.0/1, 128.0.0.0/2, 192.0.0.0/3, 224.0.0.0/4]"],
        ["proto: tcp, dport: 1-1000", "proto: tcp, dport: 1002-65535"],
        ["proto: tcp, dport: 1-1000", "proto: udp, dport: 1001-65535"],
        ["proto: tcp, dport: 1-1000, family: 4", "proto: tcp, dport: 1001-65535, family: 6"],
        ["proto: udp, to: 224.0.0.251"], ["proto: udp, to: \"ff02::fb\", family: 6"],
        [
            "proto: tcp, interface: eth0, dport: 1-80",
            "proto: tcp, interface: eth1, dport: 81-65535",
        ],
    ])
    func `what leaves something out is not called vacuous`(flows: [String]) {
        #expect(SiteSample.messages(text(ingress: flows)) == [])
    }

    @Test func `a vacuous list says its protocol, family and interface once`() {
        let text = text(ingress: ["proto: tcp, interface: eth0", "proto: udp"])
        #expect(
            SiteSample.messages(text).map { $0.split(separator: "\n")[0] } == [
                "site.yaml:4:7: warning: 'ingress' allows every tcp port from every address of IPv4 "
                    + "on eth0, which is vacuous where that leads outside",
                "site.yaml:5:7: warning: 'ingress' allows every udp port from every address of "
                    + "IPv4, which is vacuous",
            ])
    }
}
