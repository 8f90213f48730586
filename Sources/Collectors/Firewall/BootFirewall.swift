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
        if let gap = loading.gaps.first, !isPersisted(by: unit, loading) {
            return FirewallLayer(.configured, unknown: gap)
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
        if let gap = gap(of: network, loading) {
            return FirewallLayer(.configured, unknown: gap)
        }
        if let unit, isPersisted(by: unit, loading) { return persisted(by: unit, loading, network) }
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

    // Why the network of the next boot is not known.
    private func gap(of network: BootNetwork, _ loading: BootLoading<View>) -> Gap? {
        if network.hangsOnVersion {
            return Gap(
                .notParsed, in: "",
                "whether files of systemd-networkd let packets through hangs on its version, which is not known"
            )
        }
        if network.forwardsSingly {
            return Gap(
                .notParsed, in: "",
                "files let single interfaces forward, and an image has no interfaces")
        }
        // On a running host it has done so already.
        guard host.kind == .offline, let name = loading.forwarding.first else { return nil }
        return Gap(
            .notParsed, in: "", of: name, privacy: .plain,
            "it names settings of forwarding, and what it does is not followed")
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

    // One unit alone is not followed, and the operator says that it brings what runs now.
    private func isPersisted(by unit: String?, _ loading: BootLoading<View>) -> Bool {
        !loading.gaps.isEmpty && unit.map(loading.isOpaque(only:)) == true
    }

    // A unit that is said to load the rules, and in which nothing that loads them is seen.
    private func declaredGap(_ name: String, _ loading: BootLoading<View>) -> Gap? {
        guard let unit = loading.units.all.first(where: { $0.name.text == name }) else {
            return nil
        }
        let isSeen =
            isPersisted(by: name, loading) ? loading.loadsRules(unit) : !loading.loaders.isEmpty
        return isSeen ? nil : Self.idle(name)
    }

    private static func idle(_ name: String) -> Gap {
        Gap(
            .notParsed, in: "", of: name, privacy: .plain,
            "the unit that is declared to load the rules has no command that is seen to load any")
    }

    // What the unit brought is what runs now, if it did so in this boot and would do so again; on the
    // network that the files bring.
    private func persisted(
        by name: String, _ loading: BootLoading<View>, _ network: BootNetwork
    ) -> FirewallLayer {
        guard let unit = loading.units.all.first(where: { $0.name.text == name }),
            UnitCertainty(host: host, units: loading.units).startsAgain(unit),
            let files = loading.files(ledToBy: unit),
            PersistedLoader(unit, leadingTo: files, on: host).hasRun
        else {
            let gap = Gap(
                .notRunning, in: "", of: name, privacy: .plain,
                "the unit that is declared to load the rules did not load them in this boot, or not as it would now"
            )
            return FirewallLayer(.configured, unknown: gap)
        }
        var layer = RunningFirewall(host: host).layer()
        layer.layer = .configured
        layer.network = network.network
        layer.outward = network.outward
        layer.otherNetworks = network.others
        layer.gaps = layer.gaps.map { gap in
            var gap = gap
            gap.layer = .configured
            return gap
        }
        return layer
    }
}
