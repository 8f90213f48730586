import PacketFilter

extension FirewalldConfiguration {
    // Zones that have packets: in 2.3 the one of the rest is always among them.
    private func used(withRest: Bool) -> Set<String> {
        var names = Set(zones.values.filter(\.isBound).map(\.name))
        if withRest, let rest = defaultZone { names.insert(rest.name) }
        return names
    }

    /// Policies for packets to the host itself, in their order.
    var inputPolicies: [FirewalldPolicy] {
        let used = used(withRest: version == .policies)
        return policies.values.filter { $0.isFollowed && $0.isActive(used) }
            .sorted { ($0.priority, $0.name) < ($1.priority, $1.name) }
    }

    /// Policies that may do anything to any packet.
    var unfollowedPolicies: [FirewalldPolicy] {
        let used = used(withRest: true)
        return policies.values.filter { !$0.isFollowed && $0.isActive(used) }
            .sorted { $0.name < $1.name }
    }

    /// Nothing in it may still make firewalld refuse all of it.
    var isSurelyTaken: Bool {
        !hasDirectRules
            && policies.values.allSatisfy { policy in
                policy.isFollowed || policy.ingress.isEmpty || policy.egress.isEmpty
            }
    }

    /// Families whose packets the kernel forwards because firewalld turns that on.
    var forwardedFamilies: Set<Address.Family> {
        let used = used(withRest: true)
        let contents =
            zones.values.filter { used.contains($0.name) }.map(\.content)
            + policies.values.filter { $0.isActive(used) }.map(\.content)
        return contents.reduce(into: []) { $0.formUnion($1.forwardedFamilies) }
    }
}
