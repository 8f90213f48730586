import Facts
import PacketFilter

/// The network that rules are judged on, as it is now.
struct RunningNetwork {
    let state: NetworkState
    /// Without what the site declares.
    let network: HostNetwork

    /// Asks the kernel for everything.
    init(of host: some HostView) throws(HostError) {
        state = try NetworkState(of: host)
        let settings = NetworkSettings(host: host)
        let hasIPv6 = try !settings.lacksIPv6()
        var interfaces: [NetworkInterface] = []
        for link in state.links {
            interfaces.append(try Self.interface(link, in: state, settings, hasIPv6: hasIPv6))
        }
        let isOffByDefault = try settings.isOn("disable_ipv6", "ipv6", "default")
        network = HostNetwork(
            interfaces: interfaces, routes: Self.routes(in: state),
            knowsRoutes: Self.knowsRoutes(in: state),
            forwards4ByDefault: try settings.isOn("forwarding", "ipv4", "default"),
            forwards6ByDefault: try settings.isOn("forwarding", "ipv6", "default"),
            hasIPv6ByDefault: hasIPv6 && !isOffByDefault)
    }

    private static func interface<View>(
        _ link: LinkRecord, in state: NetworkState, _ settings: NetworkSettings<View>, hasIPv6: Bool
    ) throws(HostError) -> NetworkInterface {
        let isOff = try settings.isOn("disable_ipv6", "ipv6", link.name)
        // What `all` says counts for these two, whatever the interface says (IN_DEV_ORCONF).
        let routesLocalnet = try anyOf(settings, "route_localnet", link.name)
        let acceptsLocal = try anyOf(settings, "accept_local", link.name)
        let ports = state.links.filter { $0.master == link.index && $0.index != link.index }
        let parent = link.isLinkedElsewhere ? nil : link.lower.flatMap(state.name)
        return NetworkInterface(
            link.name, isLoopback: link.isLoopback,
            addresses: state.addresses.filter { $0.index == link.index }.map {
                InterfaceAddress($0.address, length: $0.length, broadcast: $0.broadcast)
            },
            hasIPv6: hasIPv6 && !isOff, routesLocalnet: routesLocalnet,
            acceptsLocal: acceptsLocal,
            forwards4: try settings.isOn("forwarding", "ipv4", link.name),
            forwards6: try settings.isOn("forwarding", "ipv6", link.name),
            isBridge: link.kind == "bridge",
            lower: (ports.map(\.name) + [parent].compactMap(\.self)).filter { $0 != link.name })
    }

    private static func anyOf<View>(
        _ settings: NetworkSettings<View>, _ name: String, _ interface: String
    ) throws(HostError) -> Bool {
        if try settings.isOn(name, "ipv4", "all") { return true }
        return try settings.isOn(name, "ipv4", interface)
    }

    // The tables `main` and `default`; the table `local` is what the addresses say.
    private static func routes(in state: NetworkState) -> [Route] {
        state.routes.filter { [253, 254].contains($0.table) }.flatMap { route -> [Route] in
            switch route.kind {
            case .unicast:
                route.interfaces.compactMap(state.name).map {
                    Route(route.destination, interface: $0, metric: route.metric)
                }
            case .blackhole, .unreachable, .prohibit, .throwing:
                [Route(route.destination, interface: nil, metric: route.metric)]
            case .local, .broadcast, .anycast, .multicast, .translating: []
            }
        }
    }

    private static func knowsRoutes(in state: NetworkState) -> Bool {
        !state.hasOwnRules
            && state.routes.allSatisfy { route in
                !route.isSelective && Set(route.interfaces).count < 2
            }
    }
}
