import Facts
import Linux
import PacketFilter

/// Why the rules of a running host are not known.
private enum RunningFailure: Error {
    case host(HostError)
    /// The kernel told, or a program printed, rules that are not understood.
    case notParsed(HostPath)
    /// There are rules, and the program that shows them is not there.
    case noProgram(HostPath)
}

/// Reads what was told or printed.
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
            var ruleset = try rules(network.state.links)
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

    private func rules(_ links: [LinkRecord]) throws(RunningFailure) -> Ruleset {
        let kernel = KernelSubsystems(host: host)
        let legacy = try asked { () throws(HostError) in
            [try kernel.legacyTables("ip_tables"), try kernel.legacyTables("ip6_tables")]
        }
        var old: [[UInt8]] = [[], []]
        if !legacy[0].isEmpty { old[0] = try output("/usr/sbin/iptables-legacy-save") }
        if !legacy[1].isEmpty { old[1] = try output("/usr/sbin/ip6tables-legacy-save") }
        var ruleset = Ruleset()
        if old.contains(where: { $0.contains("--match-set ") }) { try readIpsets(into: &ruleset) }
        let opaque = try readKernel(links, into: &ruleset)
        try replace(opaque, by: try listings(of: opaque, in: ruleset), in: &ruleset)
        for (family, listing) in zip(Self.families, old) {
            try parsed("/usr/sbin/iptables-legacy-save") { () throws(PacketFilterError) in
                try ruleset.read(xtablesListing: listing, family: family, engine: .legacy)
            }
        }
        return ruleset
    }

    private func readIpsets(into ruleset: inout Ruleset) throws(RunningFailure) {
        let sets = try output("/usr/sbin/ipset", ["save"])
        try parsed("/usr/sbin/ipset") { () throws(PacketFilterError) in
            try ruleset.read(ipsetListing: sets)
        }
    }

    private static var families: [Address.Family] { [.v4, .v6] }

    // The extensions of iptables whose parameters the kernel's bytes do not tell.
    private func readKernel(
        _ links: [LinkRecord], into ruleset: inout Ruleset
    ) throws(RunningFailure) -> [OpaqueExtensions] {
        let rules = KernelRules(host: host)
        let dump = try asked { () throws(HostError) -> KernelDump? in
            guard try KernelSubsystems(host: host).hasNfTables() else { return nil }
            return try rules.dump()
        }
        guard let dump else { return [] }
        var names = KernelNames()
        for link in links {
            names.links[UInt32(bitPattern: link.index)] = KernelLink(link.name, type: link.type)
        }
        let opaque = try read(dump, names, into: &ruleset)
        guard opaque.contains(where: { !$0.names.isDisjoint(with: ["set", "SET"]) }) else {
            return opaque
        }
        // Rules have the numbers of ipsets.
        do throws(RunningFailure) {
            try readIpsets(into: &ruleset)
        } catch .noProgram {
            return opaque
        }
        names.ipsets = try asked { () throws(HostError) in try rules.ipsetNames() }
        return try read(dump, names, into: &ruleset)
    }

    private func read(
        _ dump: KernelDump, _ names: KernelNames, into ruleset: inout Ruleset
    ) throws(RunningFailure) -> [OpaqueExtensions] {
        do throws(PacketFilterError) {
            return try ruleset.read(kernelDump: dump, names: names)
        } catch {
            throw .notParsed("netlink")
        }
    }

    // What iptables says of such tables; where a program is not installed, or may load a module, they
    // stay as they are.
    private func listings(
        of opaque: [OpaqueExtensions], in ruleset: Ruleset
    ) throws(RunningFailure) -> [[UInt8]] {
        var listings: [[UInt8]] = [[], []]
        guard !opaque.isEmpty else { return listings }
        let modules = PresentModules(of: host)
        let programs: [HostPath] = ["/usr/sbin/iptables-nft-save", "/usr/sbin/ip6tables-nft-save"]
        for (place, family) in [FilterTable.Family.ip, .ip6].enumerated()
        where opaque.contains(where: { $0.family == family }) {
            let needed = ListingModules(for: family, in: ruleset).names
            guard needed.allSatisfy(modules.has) else { continue }
            do throws(RunningFailure) {
                listings[place] = try output(programs[place])
            } catch .noProgram {
                continue
            }
        }
        return listings
    }

    private func replace(
        _ opaque: [OpaqueExtensions], by listings: [[UInt8]], in ruleset: inout Ruleset
    ) throws(RunningFailure) {
        for (family, listing) in zip(Self.families, listings) {
            var listed = Ruleset()
            listed.ipsets = ruleset.ipsets
            try parsed("/usr/sbin/iptables-nft-save") { () throws(PacketFilterError) in
                try listed.read(xtablesListing: listing, family: family, engine: .nftables)
            }
            ruleset.replace(
                listed.tables.filter { table in
                    opaque.contains { $0.table == table.name && $0.family == table.family }
                })
            ruleset.ipsets = listed.ipsets
        }
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

extension [UInt8] {
    /// Whether a text stands in it.
    fileprivate func contains(_ text: String) -> Bool {
        ByteSearch.contains(Array(text.utf8), in: self)
    }
}
