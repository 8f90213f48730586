import Facts
import Linux
import Netlink
import PacketFilter

/// Why the rules of a running host are not known.
private enum RunningFailure: Error {
    case host(HostError)
    /// A program printed rules that are not understood.
    case notParsed(HostPath)
    /// There are rules, and the program that shows them is not there.
    case noProgram(HostPath)
}

/// Reads what a program printed.
private func parsed(
    _ path: HostPath, _ parse: () throws(PacketFilterError) -> Void
) throws(RunningFailure) {
    do throws(PacketFilterError) {
        try parse()
    } catch {
        throw .notParsed(path)
    }
}

/// Reads what the kernel filters now.
struct RunningFirewall<View: HostView> {
    let host: View

    /// The running layer; where something was not seen, all of it is unknown.
    func layer() -> FirewallLayer {
        for kind in [NamespaceKind.network, .user] {
            if let gap = host.gap(kind, in: "") { return FirewallLayer(.running, unknown: gap) }
        }
        do throws(RunningFailure) {
            let network = try asked { () throws(HostError) in try RunningNetwork(of: host) }
            var ruleset = try rules()
            ruleset.programs = try asked { () throws(HostError) in
                try AttachedPrograms(host: host).all(on: network.state)
            }
            var layer = FirewallLayer(.running, rulesets: [ruleset], network: network.network)
            layer.defaultWays = network.state.defaultWays
            return layer
        } catch {
            return FirewallLayer(.running, unknown: Self.gap(error))
        }
    }

    private func rules() throws(RunningFailure) -> Ruleset {
        let kernel = KernelSubsystems(host: host)
        var native: [UInt8] = []
        let hasTables = try asked { () throws(HostError) in
            guard try kernel.hasNfTables() else { return false }
            return try !host.answer(to: .filterTables).isEmpty
        }
        if hasTables { native = try output("/usr/sbin/nft", ["list", "ruleset"]) }
        let legacy = try asked { () throws(HostError) in
            [try kernel.legacyTables("ip_tables"), try kernel.legacyTables("ip6_tables")]
        }
        var compatible: [[UInt8]] = [[], []]
        if Self.isCompatible(native) {
            compatible = [
                try output("/usr/sbin/iptables-nft-save"),
                try output("/usr/sbin/ip6tables-nft-save"),
            ]
        }
        var old: [[UInt8]] = [[], []]
        if !legacy[0].isEmpty { old[0] = try output("/usr/sbin/iptables-legacy-save") }
        if !legacy[1].isEmpty { old[1] = try output("/usr/sbin/ip6tables-legacy-save") }
        var ruleset = Ruleset()
        if (compatible + old).contains(where: { $0.contains("--match-set ") }) {
            let sets = try output("/usr/sbin/ipset", ["save"])
            try parsed("/usr/sbin/ipset") { () throws(PacketFilterError) in
                try ruleset.read(ipsetListing: sets)
            }
        }
        try parsed("/usr/sbin/nft") { () throws(PacketFilterError) in
            try ruleset.read(nftListing: native)
        }
        for (family, listing) in zip([Address.Family.v4, .v6], compatible) {
            try parsed("/usr/sbin/iptables-nft-save") { () throws(PacketFilterError) in
                try ruleset.read(xtablesListing: listing, family: family, engine: .nftables)
            }
        }
        for (family, listing) in zip([Address.Family.v4, .v6], old) {
            try parsed("/usr/sbin/iptables-legacy-save") { () throws(PacketFilterError) in
                try ruleset.read(xtablesListing: listing, family: family, engine: .legacy)
            }
        }
        return ruleset
    }

    // What nft says of the extensions of iptables leaves out their parameters.
    private static func isCompatible(_ listing: [UInt8]) -> Bool {
        listing.contains(" xt match ") || listing.contains(" xt target ")
            || listing.contains("managed by iptables-nft")
    }

    private func output(_ path: HostPath, _ arguments: [String] = []) throws(RunningFailure)
        -> [UInt8]
    {
        do throws(HostError) {
            let answer = try host.run(HostCommand(path, arguments))
            guard answer.status == 0 else { throw HostError(.programFailed, path) }
            return answer.output
        } catch {
            throw error.code == .notFound ? .noProgram(path) : .host(error)
        }
    }

    private func asked<Answer>(
        _ question: () throws(HostError) -> Answer
    ) throws(RunningFailure) -> Answer {
        do throws(HostError) {
            return try question()
        } catch {
            throw .host(error)
        }
    }

    private static func gap(_ failure: RunningFailure) -> Gap {
        switch failure {
        case .host(let error): Gap(error, in: "")
        case .notParsed(let path):
            Gap(.notParsed, in: "", of: path.description, "the rules are not understood")
        case .noProgram(let path):
            Gap(
                .notAvailable, in: "", of: path.description,
                "the kernel has rules, and the program that shows them is not installed")
        }
    }
}

extension NetlinkQuestion {
    /// The tables of nf_tables, of all families (`NFT_MSG_GETTABLE`).
    static let filterTables = NetlinkQuestion(.netfilter, type: 0x0A01, body: [0, 0, 0, 0])
}

extension [UInt8] {
    /// Whether a text stands in it.
    fileprivate func contains(_ text: String) -> Bool {
        ByteSearch.contains(Array(text.utf8), in: self)
    }
}
