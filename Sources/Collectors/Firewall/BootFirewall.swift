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
            return persisted(by: unit)
        }
        let network: BootNetwork
        do throws(HostError) {
            network = try BootNetwork(of: host, loading)
        } catch {
            return FirewallLayer(.configured, unknown: Gap(error, in: ""))
        }
        let files = LoadedFiles(host: host)
        let presence = InterfacesAtBoot(host: host, network: network, units: loading.units)
        var rulesets: [Ruleset] = []
        for order in loading.orders {
            var possible: Set<Ruleset> = [Ruleset()]
            for loader in order {
                possible = RuleLoading(files: files, presence: presence.presence)
                    .rulesets(after: loader, possible)
                if possible.count > Self.largestCount { break }
            }
            rulesets += possible
        }
        if let error = files.errors.first {
            return FirewallLayer(.configured, unknown: Gap(error, in: ""))
        }
        rulesets = Array(Set(rulesets))
        guard rulesets.count <= Self.largestCount else {
            let gap = Gap(.tooLarge, in: "", "too many loaders may or may not load their files")
            return FirewallLayer(.configured, unknown: gap)
        }
        var layer = FirewallLayer(.configured, rulesets: rulesets, network: network.network)
        layer.outward = network.outward
        return layer
    }

    // The operator says that this unit brings what runs now; it must have done so in this boot.
    private func persisted(by unit: String) -> FirewallLayer {
        let gap = Gap(
            .notRunning, in: "", of: unit, privacy: .plain,
            "the unit that is declared to load the rules did not load them in this boot")
        guard host.kind == .live,
            let answer = try? host.run(
                HostCommand("/usr/bin/systemctl", ["is-active", "--quiet", unit])),
            answer.status == 0
        else { return FirewallLayer(.configured, unknown: gap) }
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
