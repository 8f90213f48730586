import Facts
import Foundation
import PacketFilter
import Testing

@testable import Collectors

@Suite struct NeededModulesTests {
    /// One line of `Tests/Hosts/modules.txt`, which says what the kernel does with it.
    struct Rules: CustomTestStringConvertible {
        var way: [String]
        var modules: Set<String>
        var text: String

        var testDescription: String { way.joined(separator: " ") + ": " + text }

        /// The modules that a replay of them waits for.
        var needed: Set<String> {
            var needed = NeededModules()
            switch way[0] {
            case "nft" where way.count > 1:
                needed.add("table \(way[1]) t { chain c { \(text) } }", for: .nft)
            case "nft": needed.add(text, for: .nft)
            case "ipset": needed.add(text, for: .ipset)
            case let name:
                needed.add(
                    "*filter\n\(text)\nCOMMIT\n",
                    for: .xtables(name == "iptables" ? .v4 : .v6, keepsRules: false))
            }
            return needed.names
        }
    }

    static let rules: [Rules] = {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let file = tests.appending(path: "Hosts/modules.txt")
        let text = try? String(contentsOf: file, encoding: .utf8)
        return (text ?? "").split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
            let parts = line.split(separator: "|", maxSplits: 2)
            return Rules(
                way: parts[0].split(separator: " ").map(String.init),
                modules: Set(parts[1].split(separator: " ").map(String.init)),
                text: parts[2].drop { $0 == " " }.description)
        }
    }()

    @Test func `there are rules whose needs the kernel has shown`() {
        #expect(Self.rules.count > 50)
    }

    @Test(arguments: rules)
    func `what the kernel would load for rules is waited for`(rules: Rules) {
        #expect(rules.modules.subtracting(rules.needed).isEmpty)
    }

    @Test func `a chain of its own is no extension, and takes none's name away`() {
        var needed = NeededModules()
        needed.add(
            "*filter\n:own - [0:0]\n:limit - [0:0]\n-A INPUT -m limit -j own\n-A own -j limit\n",
            for: .xtables(.v4, keepsRules: false))
        #expect(needed.names.contains("xt_limit"))
        #expect(!needed.names.contains("xt_own"))
    }

    @Test(arguments: ["-mconntrack", "-fj DROP", "-p 132 --dport 22", "--jump=OTHER"])
    func `what is not taken apart needs what no kernel has`(flags: String) {
        var needed = NeededModules()
        needed.add("*filter\n-A INPUT \(flags)\n", for: .xtables(.v4, keepsRules: false))
        #expect(!needed.names.isDisjoint(with: ["xt_-mconntrack", "xt_-fj", "xt_132", "xt_OTHER"]))
    }

    @Test func `rules that ask for the state of a connection need what follows connections`() {
        var needed = NeededModules()
        needed.add("table ip t { chain c { ct state new accept } }", for: .nft)
        #expect(needed.names == ["nf_tables", "nft_ct", "nf_conntrack"])
    }

    @Test func `a set of an old version's type needs what no kernel has`() {
        var needed = NeededModules()
        needed.add("-N a iphash\nadd a 192.0.2.1 timeout 3\n", for: .ipset)
        #expect(needed.names == ["ip_set", "ip_set_iphash"])
    }
}

extension NeededModules {
    fileprivate mutating func add(_ text: String, for reader: LoaderStep.Reader) {
        add(Array(text.utf8), for: reader)
    }
}

@Suite struct ListingModulesTests {
    private static func names(_ rules: String) throws -> Set<String> {
        var ruleset = Ruleset()
        try ruleset.read(
            xtablesListing: Array("*filter\n:INPUT DROP [0:0]\n\(rules)COMMIT\n".utf8),
            family: .v4, engine: .nftables)
        return ListingModules(for: .ip, in: ruleset).names
    }

    @Test func `listing asks for the extension that says what an expression says`() throws {
        #expect(try Self.names("-A INPUT -p tcp --dport 22 -j ACCEPT\n") == ["xt_tcpudp"])
        #expect(
            try Self.names("-A INPUT -m limit --limit 5/s -p icmp -j ACCEPT\n")
                == ["xt_tcpudp", "xt_limit", "ip_tables"])
        #expect(try Self.names("-A INPUT -m mark --mark 1 -j DROP\n").contains("xt_mark"))
    }
}

@Suite struct PresentModulesTests {
    private static let release: [HostPath: String] = [
        "/proc/modules": "nf_tables 12 1 nft_ct, Live 0x0\nnft_ct 3 0 - Live 0x0\n",
        "/proc/sys/kernel/osrelease": "6.1.0-50-amd64\n",
        "/lib/modules/6.1.0-50-amd64/modules.builtin":
            "kernel/net/bridge/bridge.ko\nkernel/drivers/net/x-y.ko.xz\n",
    ]

    private func modules(_ changes: [HostPath: String?] = [:]) -> PresentModules {
        let files = Self.release.merging(changes.compactMapValues(\.self)) { $1 }
            .filter { changes[$0.key] != .some(nil) }
        return PresentModules(of: GivenHost(files: files, kind: .live))
    }

    @Test(arguments: ["nf_tables", "nft_ct", "bridge", "x_y"])
    func `what is loaded and what is built in are there`(name: String) {
        #expect(modules().has(name))
    }

    @Test func `what is neither is not there`() {
        #expect(!modules().has("nft_log"))
        #expect(!modules(["/proc/modules": ""]).has("nft_ct"))
    }

    @Test func `without the directory of modules only what is loaded is there`() {
        let modules = modules(["/lib/modules/6.1.0-50-amd64/modules.builtin": nil])
        #expect(modules.has("nf_tables"))
        #expect(!modules.has("bridge"))
    }

    @Test func `a kernel that loads nothing has all it will ever have`() {
        #expect(modules(["/proc/modules": nil]).has("nft_log"))
        #expect(modules(["/proc/sys/kernel/modules_disabled": "1\n"]).has("nft_log"))
        #expect(!modules(["/proc/sys/kernel/modules_disabled": "0\n"]).has("nft_log"))
    }
}
