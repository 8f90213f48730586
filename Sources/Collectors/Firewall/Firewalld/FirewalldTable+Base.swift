import Facts
import PacketFilter

extension FirewalldTable {
    // Addresses of IPv6 that stand for ones of IPv4 which never leave a site; see RFC 3964.
    private static let tunnelled = """
        ip6 daddr { ::/96, ::ffff:0.0.0.0/96, 2002::/24, 2002:a00::/24, 2002:7f00::/24, \
        2002:a9fe::/32, 2002:ac10::/28, 2002:c0a8::/32, 2002:e000::/19 } \
        reject with icmpv6 addr-unreachable
        """

    /// The chains at the hooks, which are the same whatever the zones are.
    mutating func addBase(_ configuration: FirewalldConfiguration) {
        addReversePath(configuration.settings.reversePath)
        addInput(configuration)
        addForward(configuration)
        addOutput(configuration)
        for (name, hook) in [
            ("nat", "nat hook prerouting priority -90"),
            ("mangle", "filter hook prerouting priority -140"),
        ] {
            let dispatch = configuration.version == .zones ? "ZONES" : "POLICIES"
            add(
                Self.unfollowed(configuration)
                    + [Rule("jump \(name)_PREROUTING_\(dispatch)")], to: "\(name)_PREROUTING",
                hook: hook)
        }
    }

    // Whatever is not followed may do anything here, before all else: translated packets are let in
    // without another question.
    private static func unfollowed(_ configuration: FirewalldConfiguration) -> [Rule] {
        let direct = SourcePlace(file: FirewalldConfiguration.directRules.description, line: 1)
        return configuration.unfollowedPolicies.map { policy in
            Rule("firewalld policy \(policy.name) decides", policy.place)
        }
            + (configuration.hasDirectRules
                ? [Rule("firewalld rules of direct.xml decide", direct)] : [])
    }

    private mutating func addReversePath(_ path: FirewalldSettings.ReversePath) {
        add(
            {
                switch path {
                case .strict, .loose:
                    [
                        "icmpv6 type { nd-router-advert, nd-neighbor-solicit } accept",
                        Self.check(path == .strict),
                    ]
                case .no, .looseForward, .strictForward: []
                }
            }(), to: "filter_PREROUTING", hook: "filter hook prerouting priority 10")
    }

    private static func check(_ isStrict: Bool) -> String {
        "meta nfproto ipv6 fib saddr . mark \(isStrict ? ". iif " : "")oif missing drop"
    }

    private mutating func addInput(_ configuration: FirewalldConfiguration) {
        let hook = "filter hook input priority 10"
        add(Self.unfollowed(configuration), to: "filter_INPUT", hook: hook)
        add(["ct state { established, related } accept"], to: "filter_INPUT")
        addTranslated("INPUT", configuration)
        add(["iifname \"lo\" accept", "ct state invalid drop"], to: "filter_INPUT")
        addDispatch("INPUT", configuration)
    }

    private mutating func addForward(_ configuration: FirewalldConfiguration) {
        let check: [String] =
            switch configuration.settings.reversePath {
            case .looseForward: [Self.check(false)]
            case .strictForward: [Self.check(true)]
            case .no, .strict, .loose: []
            }
        let hook = "filter hook forward priority 10"
        add(Self.unfollowed(configuration), to: "filter_FORWARD", hook: hook)
        add(check + ["ct state { established, related } accept"], to: "filter_FORWARD")
        addTranslated("FORWARD", configuration)
        add(["iifname \"lo\" accept", "ct state invalid drop"], to: "filter_FORWARD")
        if configuration.settings.refusesTunnels { add([Self.tunnelled], to: "filter_FORWARD") }
        addDispatch("FORWARD", configuration)
    }

    private mutating func addOutput(_ configuration: FirewalldConfiguration) {
        let hook = "filter hook output priority 10"
        add(Self.unfollowed(configuration), to: "filter_OUTPUT", hook: hook)
        add(["ct state { established, related } accept"], to: "filter_OUTPUT")
        if configuration.version == .policies { addTranslated("OUTPUT", configuration) }
        add(["oifname \"lo\" accept"], to: "filter_OUTPUT")
        if configuration.settings.refusesTunnels { add([Self.tunnelled], to: "filter_OUTPUT") }
    }

    // Packets that were sent elsewhere: all of them, or those of ports that are forwarded.
    private mutating func addTranslated(
        _ hook: String, _ configuration: FirewalldConfiguration
    ) {
        guard configuration.settings.isStrictAboutForwardPorts else {
            add(["ct status dnat accept"], to: "filter_\(hook)")
            return
        }
        add([FirewalldRuleWriter.refusal], to: "filter_\(hook)_dnat")
        add(["ct status dnat jump filter_\(hook)_dnat"], to: "filter_\(hook)")
    }

    private mutating func addDispatch(
        _ hook: String, _ configuration: FirewalldConfiguration
    ) {
        let dispatch = configuration.version == .zones ? "ZONES" : "POLICIES"
        add(["jump filter_\(hook)_\(dispatch)", FirewalldRuleWriter.refusal], to: "filter_\(hook)")
    }
}
