import PacketFilter

/// A ruleset whose analysis is measured.
struct FirewallCase {
    /// What it is, in words of a command line.
    var name: String
    /// Milliseconds; nothing: only shown.
    var budget: Int?
    /// What the judgement of its input must say, so that no case is measured that was not read.
    var holds: Bool?
    var network: HostNetwork
    private var documents: [Document]

    private enum Document {
        case nft(() -> String)
        case xtables(() -> String)
    }

    /// Puts the documents in that it is made of.
    func ruleset() throws -> Ruleset {
        var ruleset = Ruleset()
        for document in documents {
            switch document {
            case .nft(let text): try ruleset.read(nftListing: Array(text().utf8))
            case .xtables(let text):
                try ruleset.read(
                    xtablesListing: Array(text().utf8), family: .v4, engine: .nftables)
            }
        }
        return ruleset
    }

    /// All of them; the same ones in every run.
    static var all: [FirewallCase] {
        [
            nft("an-ordinary-host", 10, holds: true) { FirewallText.ordinary },
            FirewallCase(
                name: "docker-with-200-ports", budget: 50, holds: true, network: .containers,
                documents: [.xtables { FirewallText.docker(ports: 200) }]),
            nft("10000-linear-accepts", 200, holds: false) {
                FirewallText.linear(10_000, .accepting)
            },
            nft("10000-linear-drops", 200, holds: false) {
                FirewallText.linear(10_000, .dropping)
            },
            nft("10000-linear-of-both", 200, holds: false) {
                FirewallText.linear(10_000, .mixed)
            },
            nft("block-list-of-100000-v4", 200, holds: true) {
                FirewallText.blockList(100_000, family: .v4)
            },
            nft("block-list-of-100000-v6", 200, holds: true) {
                FirewallText.blockList(100_000, family: .v6)
            },
        ]
    }

    private static func nft(
        _ name: String, _ budget: Int, holds: Bool, _ text: @escaping () -> String
    ) -> FirewallCase {
        FirewallCase(
            name: name, budget: budget, holds: holds, network: .server, documents: [.nft(text)])
    }
}

extension HostNetwork {
    private static func addresses(_ texts: String...) -> [InterfaceAddress] {
        texts.compactMap { InterfaceAddress($0) }
    }

    private static func routes(_ pairs: (String, String)...) -> [Route] {
        pairs.compactMap { text, interface in
            Prefix(text).map { Route($0, interface: interface) }
        }
    }

    /// A server on the internet.
    static let server = HostNetwork(
        interfaces: [
            NetworkInterface("lo", isLoopback: true),
            NetworkInterface(
                "eth0", addresses: addresses("192.0.2.1/24", "2001:db8::1/64", "fe80::1/64")),
        ],
        routes: routes(
            ("192.0.2.0/24", "eth0"), ("0.0.0.0/0", "eth0"), ("2001:db8::/64", "eth0"),
            ("fe80::/64", "eth0"), ("::/0", "eth0")))

    /// A host with containers behind `docker0`.
    static let containers = HostNetwork(
        interfaces: [
            NetworkInterface("lo", isLoopback: true),
            NetworkInterface(
                "eth0", addresses: addresses("192.0.2.1/24"), hasIPv6: false, forwards4: true),
            NetworkInterface(
                "docker0", addresses: addresses("172.17.0.1/16"), hasIPv6: false,
                forwards4: true, isBridge: true),
        ],
        routes: routes(
            ("192.0.2.0/24", "eth0"), ("0.0.0.0/0", "eth0"), ("172.17.0.0/16", "docker0")),
        inside: ["docker0"], forwards4ByDefault: true, hasIPv6ByDefault: false)
}
