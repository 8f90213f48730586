import Facts
import PacketFilter

/// Everything that firewalld(1) reads before it makes its rules.
struct FirewalldConfiguration {
    /// Which directories count.
    enum Scope {
        /// What it was shipped with, and what stands over that in `/etc`.
        case all
        /// What it falls back to where it refuses the rest.
        case shipped
    }

    let version: FirewalldVersion
    private(set) var settings = FirewalldSettings()
    private(set) var zones: [String: FirewalldZone] = [:]
    private(set) var services: [String: FirewalldService] = [:]
    private(set) var sets: [String: FirewalldIPSet] = [:]
    private(set) var policies: [String: FirewalldPolicy] = [:]
    private(set) var icmpTypes = FirewalldICMPTypes()
    private(set) var hasDirectRules = false
    /// Every file and directory that is looked at.
    private(set) var files: [HostPath] = []
    private var helpers: Set<String> = []

    static let directRules: HostPath = "/etc/firewalld/direct.xml"

    /// Reads the files of a host.
    init(
        of host: some HostView, _ version: FirewalldVersion, _ scope: Scope
    ) throws(FirewalldProblem) {
        self.version = version
        let protocols: FirewalldProtocols
        do throws(HostError) {
            protocols = try FirewalldProtocols(of: host)
        } catch {
            throw FirewalldProblem(.unclear, SourcePlace(file: "/etc/protocols", line: 1))
        }
        var reader = FirewalldFiles(host: host)
        let directories: [HostPath] =
            scope == .all ? ["/usr/lib/firewalld", "/etc/firewalld"] : ["/usr/lib/firewalld"]
        // In firewalld's own order: the first problem decides.
        for kind: HostPath in ["ipsets", "icmptypes", "helpers", "services", "zones", "policies"] {
            for file in try reader.find(kind, in: directories) {
                try take(kind, file.name, file.path, try reader.read(file.path), protocols)
            }
        }
        if scope == .all {
            if let bytes = try reader.readIfThere(FirewalldSettings.file) {
                let lines = bytes.split(
                    separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
                settings = FirewalldSettings(lines.map(Array.init), version)
            }
            try takeDirectRules(&reader)
        }
        files = reader.paths
        try check()
    }

    private mutating func take(
        _ kind: HostPath, _ name: String, _ path: HostPath, _ bytes: [UInt8],
        _ protocols: FirewalldProtocols
    ) throws(FirewalldProblem) {
        func read(_ grammar: FirewalldGrammar) throws(FirewalldProblem) -> FirewalldDocument {
            try FirewalldDocument(bytes, path: path, grammar)
        }
        switch kind {
        case "ipsets": sets[name] = try FirewalldIPSet(named: name, try read(.ipset))
        case "icmptypes": try icmpTypes.add(name, try read(.icmpType), version)
        case "helpers":
            _ = try read(.helper)
            helpers.insert(name)
        case "services": services[name] = try FirewalldService(try read(.service), protocols)
        case "zones":
            zones[name] = try FirewalldZone(named: name, try read(.zone(version)), protocols)
        default:
            policies[name] = try FirewalldPolicy(named: name, try read(.policy(version)), protocols)
        }
    }

    // An error in this file is only logged, and what stands before it counts.
    private mutating func takeDirectRules(
        _ reader: inout FirewalldFiles<some HostView>
    ) throws(FirewalldProblem) {
        let path = Self.directRules
        guard let bytes = try reader.readIfThere(path) else { return }
        do throws(FirewalldProblem) {
            _ = try FirewalldDocument(bytes, path: path, .noDirectRules)
        } catch {
            hasDirectRules = true
        }
    }

    private mutating func check() throws(FirewalldProblem) {
        guard settings.isFollowed else {
            throw FirewalldFiles<GivenHost>.unclear(FirewalldSettings.file)
        }
        for needed in ["block", "drop", "trusted"] where zones[needed] == nil {
            throw FirewalldFiles<GivenHost>.unclear("/usr/lib/firewalld/zones")
        }
        for (name, service) in services {
            for other in service.includes where services[other] == nil {
                throw FirewalldFiles<GivenHost>.unclear(HostPath("/etc/firewalld/\(name).xml"))
            }
            for helper in service.helpers where !helpers.contains(helper) {
                throw FirewalldFiles<GivenHost>.unclear(HostPath("/etc/firewalld/\(name).xml"))
            }
        }
        // A rule without anything in it may be one that nft does not take.
        if version == .policies, let rest = defaultZone, rest.target == .unstated {
            throw FirewalldProblem(.unclear, rest.place)
        }
        try checkBindings()
        for zone in zones.values { try check(zone.content) }
        for policy in policies.values {
            guard zones[policy.name] == nil,
                (policy.ingress + policy.egress).allSatisfy({
                    ["ANY", "HOST"].contains($0) || zones[$0] != nil
                })
            else { throw FirewalldProblem(.unclear, policy.place) }
            try check(policy.content)
        }
    }

    // Nothing may belong to two zones.
    private func checkBindings() throws(FirewalldProblem) {
        var seen: Set<String> = []
        for zone in zones.values.sorted(by: { $0.name < $1.name }) {
            for item in zone.interfaces + zone.sources
            where !seen.insert(item.value).inserted {
                throw FirewalldProblem(.refused, item.place)
            }
            for source in zone.sources where peer(source.value) == nil {
                throw FirewalldProblem(.unclear, source.place)
            }
        }
    }

    private func check(_ content: FirewalldContent) throws(FirewalldProblem) {
        for service in content.services where services[service.value] == nil {
            throw FirewalldProblem(.refused, service.place)
        }
        for block in content.blocks where icmpTypes.matches(block.value) == nil {
            throw FirewalldProblem(.unclear, block.place)
        }
        for rule in content.rules {
            for side in [rule.source, rule.destination] {
                if let name = side?.set, sets[name] == nil { throw problem(rule) }
                if let family = rule.family, let set = side?.set, sets[set]?.family != family {
                    throw problem(rule)
                }
            }
            switch rule.element {
            case .service(let name): if services[name] == nil { throw problem(rule) }
            case .icmpType(let name), .icmpBlock(let name):
                guard let matches = icmpTypes.matches(name),
                    rule.family.map({ family in matches.contains { $0.family == family } })
                        ?? true
                else { throw problem(rule) }
            case .match, .masquerade, .forwardPort, .clamp, nil: break
            }
        }
    }

    private func problem(_ rule: FirewalldRichRule) -> FirewalldProblem {
        FirewalldProblem(.unclear, rule.place)
    }

    /// The addresses of a source as a zone names it.
    func peer(_ source: String) -> FirewalldPeer? {
        if source.hasPrefix("ipset:") {
            return sets[String(source.dropFirst(6))].map { FirewalldPeer($0) }
        }
        return FirewalldPeer(address: source) ?? FirewalldPeer(hardware: source)
    }

    /// The zone of packets that no other zone has.
    var defaultZone: FirewalldZone? {
        [settings.defaultZone, "public", "external", "block"].lazy.compactMap { zones[$0] }.first
    }
}
