import Facts
import PacketFilter

extension FirewalldTable {
    /// The packets of one zone.
    private struct Binding {
        /// Nothing where they are all that are left.
        var match: String
        var zone: FirewalldZone
        var place: SourcePlace?
    }

    /// One of the chains that ask every zone.
    private struct Station {
        var table: String
        var hook: String
        /// What its zones' chains are called.
        var prefix: String

        static let input = Station(table: "filter", hook: "INPUT", prefix: "IN")
        static let forward = Station(table: "filter", hook: "FORWARD", prefix: "FWD")
        static let translation = Station(table: "nat", hook: "PREROUTING", prefix: "PRE")
        static let marks = Station(table: "mangle", hook: "PREROUTING", prefix: "PRE")
        static let all = [input, forward, translation, marks]

        /// The chain that the hook's own chain jumps to.
        func dispatch(_ version: FirewalldVersion) -> String {
            switch version {
            case .zones: "\(table)_\(hook)_ZONES"
            case .policies: "\(table)_\(hook)_POLICIES"
            }
        }

        func chain(_ owner: String) -> String { "\(table)_\(prefix)_\(owner)" }
    }

    /// The table `firewalld`; with `mayBindMore` other programs may give interfaces to the zone of
    /// the rest.
    init(_ configuration: FirewalldConfiguration, mayBindMore: Bool) {
        self.init("firewalld")
        sets = configuration.sets.values.sorted { $0.name < $1.name }.flatMap(\.lines)
        addBase(configuration)
        guard let rest = configuration.defaultZone else { return }
        let bindings = Self.bindings(configuration, rest)
        var names: Set<String> = []
        let zones = bindings.map(\.zone).filter { names.insert($0.name).inserted }
        let policies = configuration.inputPolicies
        for station in Station.all {
            for zone in zones {
                addZone(
                    zone, station, configuration,
                    mayBindMore: mayBindMore && zone.name == rest.name)
            }
            addDispatch(bindings, station, configuration, policies)
        }
        for policy in policies { addPolicy(policy, configuration) }
        if configuration.version == .zones { addPolicyDispatch(policies, configuration) }
        if configuration.settings.isStrictAboutForwardPorts { addForwardPorts(of: zones) }
    }

    private static func bindings(
        _ configuration: FirewalldConfiguration, _ rest: FirewalldZone
    ) -> [Binding] {
        let zones = configuration.zones.values.sorted { $0.name < $1.name }
        let place = configuration.settings.defaultZoneLine.map {
            SourcePlace(file: FirewalldSettings.file.description, line: $0)
        }
        return ordered(zones, configuration)
            + [Binding(match: "", zone: rest, place: place ?? rest.place)]
    }

    // Sources come before interfaces; in 1.3 the interface that was bound last comes first, in 2.3
    // zones have priorities.
    private static func ordered(
        _ zones: [FirewalldZone], _ configuration: FirewalldConfiguration
    ) -> [Binding] {
        switch configuration.version {
        case .zones:
            return zones.flatMap { sources($0, configuration) }
                + zones.flatMap { interfaces($0) }.reversed()
        case .policies:
            let priorities = Set(zones.map(\.ingressPriority)).sorted()
            return priorities.flatMap { priority in
                let zones = zones.filter { $0.ingressPriority == priority }
                return zones.flatMap { sources($0, configuration) }
                    + zones.flatMap { zone in interfaces(zone).sorted { $0.match < $1.match } }
            }
        }
    }

    private static func sources(
        _ zone: FirewalldZone, _ configuration: FirewalldConfiguration
    ) -> [Binding] {
        zone.sources.compactMap { source in
            configuration.peer(source.value).map {
                Binding(match: $0.match("saddr").text + " ", zone: zone, place: source.place)
            }
        }
    }

    private static func interfaces(_ zone: FirewalldZone) -> [Binding] {
        zone.interfaces.map { item in
            Binding(
                match: "iifname \(quoted(item.value)) ", zone: zone, place: item.place)
        }
    }

    // A plus sign at the end stands for whatever follows.
    private static func quoted(_ interface: String) -> String {
        interface.hasSuffix("+") ? "\"\(interface.dropLast())*\"" : "\"\(interface)\""
    }

    private mutating func addDispatch(
        _ bindings: [Binding], _ station: Station, _ configuration: FirewalldConfiguration,
        _ policies: [FirewalldPolicy]
    ) {
        let chain = station.dispatch(configuration.version)
        for binding in bindings {
            let target = station.chain(binding.zone.name)
            switch configuration.version {
            case .zones:
                add([Rule("\(binding.match)goto \(target)", binding.place)], to: chain)
            case .policies:
                // Whoever asks no policy has none.
                let asked = policies.filter {
                    station.prefix == "IN" && $0.isAsked(of: binding.zone.name)
                }
                func jumps(_ policies: [FirewalldPolicy]) -> [Rule] {
                    policies.map { policy in
                        Rule("\(binding.match)jump filter_IN_policy_\(policy.name)", policy.place)
                    }
                }
                let end =
                    station.table == "filter"
                    ? binding.zone.verdict(.policies) : "return"
                var rules = jumps(asked.filter { $0.priority < 0 })
                rules.append(Rule("\(binding.match)jump \(target)", binding.place))
                rules += jumps(asked.filter { $0.priority > 0 })
                if let end { rules.append(Rule("\(binding.match)\(end)", binding.zone.place)) }
                add(rules, to: chain)
            }
        }
    }

    private mutating func addZone(
        _ zone: FirewalldZone, _ station: Station, _ configuration: FirewalldConfiguration,
        mayBindMore: Bool
    ) {
        var writer = FirewalldRuleWriter(configuration)
        switch (station.table, station.hook) {
        case ("filter", "INPUT"):
            writer.addInput(zone.content, invertsBlocks: zone.invertsBlocks)
        case ("filter", _):
            if zone.forwards { addForward(within: zone, configuration, mayBindMore, &writer) }
        case ("nat", _): writer.addTranslations(zone.content)
        default: writer.addMarks(zone.content)
        }
        let name = station.chain(zone.name)
        let isOld = configuration.version == .zones
        let asksPolicies = isOld && station.prefix == "IN"
        add(asksPolicies ? ["jump filter_INPUT_POLICIES_pre"] : [], to: name)
        addParts(writer, to: name)
        if asksPolicies { add(["jump filter_INPUT_POLICIES_post"], to: name) }
        if station.prefix == "IN", let rule = zone.icmpRule {
            add([Rule(rule, zone.place)], to: name)
        }
        if isOld, station.table == "filter", let verdict = zone.verdict(.zones) {
            add([Rule(verdict, zone.place)], to: name)
        }
    }

    private func addForward(
        within zone: FirewalldZone, _ configuration: FirewalldConfiguration, _ mayBindMore: Bool,
        _ writer: inout FirewalldRuleWriter
    ) {
        for item in zone.interfaces {
            writer.add("oifname \(Self.quoted(item.value)) accept", to: "allow", item.place)
        }
        for item in zone.sources {
            guard let peer = configuration.peer(item.value) else { continue }
            writer.add("\(peer.match("daddr").text) accept", to: "allow", item.place)
        }
        if mayBindMore {
            writer.add(
                "firewalld zone \(zone.name) gets interfaces of NetworkManager", to: "allow",
                zone.place)
        }
    }

    // A chain asks its parts one after the other.
    private mutating func addParts(_ writer: FirewalldRuleWriter, to name: String) {
        for part in FirewalldRuleWriter.chains {
            guard let rules = writer.rules[part] else { continue }
            add(["jump \(name)_\(part)"], to: name)
            add(rules, to: "\(name)_\(part)")
        }
    }

    private mutating func addPolicy(
        _ policy: FirewalldPolicy, _ configuration: FirewalldConfiguration
    ) {
        var writer = FirewalldRuleWriter(configuration)
        writer.addInput(policy.content)
        let name = "filter_IN_policy_\(policy.name)"
        add([Rule](), to: name)
        addParts(writer, to: name)
        if let target = policy.target { add([Rule(target, policy.place)], to: name) }
    }

    // In 1.3 a policy of zones knows their interfaces and sources alone, not the rest.
    private mutating func addPolicyDispatch(
        _ policies: [FirewalldPolicy], _ configuration: FirewalldConfiguration
    ) {
        for part in ["pre", "post"] {
            let chain = "filter_INPUT_POLICIES_\(part)"
            add([Rule](), to: chain)
            for policy in policies where (policy.priority < 0) == (part == "pre") {
                let zones = policy.ingress.compactMap { configuration.zones[$0] }
                let matches =
                    policy.ingress == ["ANY"]
                    ? [""]
                    : zones.flatMap { Self.interfaces($0) + Self.sources($0, configuration) }
                        .map(\.match)
                add(
                    matches.map {
                        Rule("\($0)jump filter_IN_policy_\(policy.name)", policy.place)
                    }, to: chain)
            }
        }
    }

    private mutating func addForwardPorts(of zones: [FirewalldZone]) {
        for zone in zones {
            for (port, place) in zone.content.allForwardPorts {
                let hook = port.address == nil ? "INPUT" : "FORWARD"
                insert(
                    Rule("ct original proto-dst \(port.ports) accept", place),
                    into: "filter_\(hook)_dnat")
            }
        }
    }
}
