import Facts
import PacketFilter

/// Computes what will filter packets after the next boot, from the files that are loaded then.
struct BootFirewall<View: HostView> {
    let host: View

    // More rulesets than this are not tried; nor are more orders of loaders.
    private static var largestCount: Int { 16 }

    /// The configured layer; `unit` is the unit that the operator declares to load the rules.
    func layer(persistedBy unit: String?) -> FirewallLayer {
        if let gap = host.gap(.network, in: "") { return FirewallLayer(.configured, unknown: gap) }
        let loading = BootLoading(host: host)
        if let gap = loading.gaps.first {
            guard let unit, loading.isOpaque(only: unit) else {
                return FirewallLayer(.configured, unknown: gap)
            }
            return persisted(by: unit, loading)
        }
        if let unit, let gap = declaredGap(unit, loading) {
            return FirewallLayer(.configured, unknown: gap)
        }
        let network: BootNetwork
        do throws(HostError) {
            network = try BootNetwork(of: host, loading)
        } catch {
            return FirewallLayer(.configured, unknown: Gap(error, in: ""))
        }
        if network.forwardsSingly {
            let gap = Gap(
                .notParsed, in: "",
                "files let single interfaces forward, and an image has no interfaces")
            return FirewallLayer(.configured, unknown: gap)
        }
        // On a running host it has done so already.
        if host.kind == .offline, let name = loading.forwarding.first {
            let gap = Gap(
                .notParsed, in: "", of: name, privacy: .plain,
                "it names settings of forwarding, and what it does is not followed")
            return FirewallLayer(.configured, unknown: gap)
        }
        let files = LoadedFiles(host: host)
        let presence = InterfacesAtBoot(host: host, network: network, units: loading.units)
        var rulesets: [Ruleset] = []
        var refusal: ReplayRefusal?
        for order in loading.orders {
            let parsed = parsed(order, files, presence)
            do throws(ReplayRefusal) {
                rulesets += try replayed(order, files, presence) ?? parsed
            } catch {
                rulesets += parsed
                refusal = refusal ?? error
            }
        }
        let isReplayed = host.replay != nil && refusal == nil
        // The host's own programs followed what we did not.
        if let gap = files.gaps(in: "").first, !isReplayed || !files.errors.isEmpty {
            return FirewallLayer(.configured, unknown: gap)
        }
        rulesets = Array(Set(rulesets))
        guard rulesets.count <= Self.largestCount else {
            let gap = Gap(.tooLarge, in: "", "too many loaders may or may not load their files")
            return FirewallLayer(.configured, unknown: gap)
        }
        var layer = FirewallLayer(.configured, rulesets: rulesets, network: network.network)
        layer.outward = network.outward
        if host.replay != nil { layer.replay = refusal.map { "not done: \($0.text)" } ?? "done" }
        layer.otherNetworks = network.others
        layer.remarks = files.remarks + remarks(on: loading)
        return layer
    }

    // Why there may be no rules though no file is refused.
    private func remarks(on loading: BootLoading<View>) -> [String] {
        guard !loading.loaders.isEmpty else { return ["nothing that starts at boot loads rules"] }
        return loading.loaders.filter { !$0.isCertain }.map {
            "whether \($0.name) loads its rules hangs on what is not followed"
        }
    }

    // What our own reading of the files says.
    private func parsed(
        _ order: [RuleLoader], _ files: LoadedFiles<View>, _ presence: InterfacesAtBoot<View>
    ) -> Set<Ruleset> {
        var possible: Set<Ruleset> = [Ruleset()]
        for loader in order {
            possible = RuleLoading(files: files, presence: presence.presence)
                .rulesets(after: loader, possible)
            if possible.count > Self.largestCount { break }
        }
        return possible
    }

    // What the host's own programs make of them; nil where that is not asked for.
    private func replayed(
        _ order: [RuleLoader], _ files: LoadedFiles<View>, _ presence: InterfacesAtBoot<View>
    ) throws(ReplayRefusal) -> Set<Ruleset>? {
        guard let replay = host.replay else { return nil }
        guard let links = presence.network.links else { throw .noInterfaces }
        let interfaces = links.map { ($0.name, presence.presence($0.name)) }
        let loading = ReplayedLoading(files: files, replay: replay, interfaces: interfaces)
        return try loading.rulesets(after: order)
    }

    // A unit that is said to load the rules, and in which nothing that loads them is seen.
    private func declaredGap(_ name: String, _ loading: BootLoading<View>) -> Gap? {
        let isStarted = loading.units.all.contains { $0.name.text == name }
        return isStarted && loading.loaders.isEmpty ? Self.idle(name) : nil
    }

    private static func idle(_ name: String) -> Gap {
        Gap(
            .notParsed, in: "", of: name, privacy: .plain,
            "the unit that is declared to load the rules has no command that is seen to load any")
    }

    // The operator says that this unit brings what runs now; it must have done so in this boot.
    private func persisted(by name: String, _ loading: BootLoading<View>) -> FirewallLayer {
        let unit = loading.units.all.first { $0.name.text == name }
        if let unit, !loading.loadsRules(unit) {
            return FirewallLayer(.configured, unknown: Self.idle(name))
        }
        guard let unit, PersistedLoader(name, unit.file, on: host).hasRun else {
            let gap = Gap(
                .notRunning, in: "", of: name, privacy: .plain,
                "the unit that is declared to load the rules did not load them in this boot, or not as it would now"
            )
            return FirewallLayer(.configured, unknown: gap)
        }
        var layer = RunningFirewall(host: host).layer()
        layer.layer = .configured
        layer.gaps = layer.gaps.map { gap in
            var gap = gap
            gap.layer = .configured
            return gap
        }
        return layer
    }
}
