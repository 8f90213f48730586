import Facts
import PacketFilter

/// The network after the next boot: on a running host as it is now, with the settings that files
/// bring; of an image nothing but those settings is known.
struct BootNetwork {
    let network: HostNetwork
    /// Interfaces that files show to lead outside.
    let outward: OutwardInterfaces
    /// The same with IPv6, where files turn it off and a service of the image turns it on again.
    private(set) var others: [HostNetwork] = []
    /// Files let single interfaces forward, of which an image has none.
    private(set) var forwardsSingly = false
    /// What networkd makes of its files hangs on its version, which is not known.
    private(set) var hangsOnVersion = false
    /// Nil on an image.
    let links: [LinkRecord]?

    init<View: HostView>(of host: View, _ loading: BootLoading<View>) throws(HostError) {
        let forwarded = loading.forwardedFamilies
        var settings = try BootSettings(of: host)
        if let ufw = UFWSettings(on: host), ufw.isEnabled, let file = ufw.settingsFile {
            try settings.add(file, on: host)
        }
        if loading.units.all.contains(where: { $0.name.text == "systemd-networkd.service" }) {
            let networks = try NetworkForwarding(of: host)
            settings.add(networks)
            hangsOnVersion = networks.isDoubtful
        }
        outward = try OutwardInterfaces(of: host)
        // Whoever writes the settings must run, or IPv6 stays on.
        let areWritten = loading.units.all.contains { $0.name.text == "systemd-sysctl.service" }
        switch host.kind {
        case .offline:
            var image = HostNetwork.image
            image.forwards4ByDefault =
                forwarded.contains(.v4) || settings.forwards("ipv4", "default")
            image.forwards6ByDefault =
                forwarded.contains(.v6) || settings.forwards("ipv6", "default")
            image.hasIPv6ByDefault =
                !areWritten || !settings.isOn("disable_ipv6", "ipv6", "default")
            network = image
            links = nil
            let services = IPv6Services(of: loading.units, on: host)
            if !image.hasIPv6ByDefault, try services.mayTurnOn() {
                image.hasIPv6ByDefault = true
                others = [image]
            }
            // Whether an image is booted with these words is not seen.
            if image.hasIPv6ByDefault, others.isEmpty, loading.commandLine.turnsOffIPv6 {
                image.hasIPv6ByDefault = false
                others = [image]
            }
            forwardsSingly =
                !image.forwards4ByDefault && settings.forwardsSingly("ipv4")
                || !image.forwards6ByDefault && settings.forwardsSingly("ipv6")
        case .live:
            let running = try RunningNetwork(of: host)
            var network = Self.network(
                running, settings, hasIPv6: try host.exists("/proc/sys/net/ipv6"),
                canTurnItOff: areWritten)
            // Turning it on for all interfaces turns it on for each.
            for index in network.interfaces.indices {
                if forwarded.contains(.v4) { network.interfaces[index].forwards4 = true }
                if forwarded.contains(.v6) { network.interfaces[index].forwards6 = true }
            }
            if forwarded.contains(.v4) { network.forwards4ByDefault = true }
            if forwarded.contains(.v6) { network.forwards6ByDefault = true }
            self.network = network
            links = running.state.links
            // A kernel without IPv6 is started so again only if a file says so; that of a container is
            // another host's.
            let isContainer = try host.exists("/run/systemd/container")
            if try !host.exists("/proc/sys/net/ipv6"), !isContainer,
                !loading.commandLine.turnsOffIPv6
            {
                for index in network.interfaces.indices {
                    network.interfaces[index].hasIPv6 = true
                }
                network.hasIPv6ByDefault = true
                others = [network]
            }
        }
    }

    private static func network(
        _ running: RunningNetwork, _ settings: BootSettings, hasIPv6: Bool, canTurnItOff: Bool
    ) -> HostNetwork {
        var network = running.network
        for index in network.interfaces.indices {
            let name = network.interfaces[index].name
            // What a file does not set, a service that is not followed may set again.
            network.interfaces[index].forwards4 =
                settings.forwards("ipv4", name) || network.interfaces[index].forwards4
            network.interfaces[index].forwards6 =
                settings.forwards("ipv6", name) || network.interfaces[index].forwards6
            network.interfaces[index].routesLocalnet =
                settings.isOn("route_localnet", "ipv4", name)
                || settings.isOn("route_localnet", "ipv4", "all")
                || network.interfaces[index].routesLocalnet
            // That IPv6 is off must be written down: it is on after a boot otherwise. Where it is on
            // though it is written down, something turns it on again.
            network.interfaces[index].hasIPv6 =
                network.interfaces[index].hasIPv6
                || hasIPv6 && !(canTurnItOff && settings.isOn("disable_ipv6", "ipv6", name))
        }
        network.forwards4ByDefault =
            settings.forwards("ipv4", "default") || network.forwards4ByDefault
        network.forwards6ByDefault =
            settings.forwards("ipv6", "default") || network.forwards6ByDefault
        network.hasIPv6ByDefault =
            hasIPv6 && !(canTurnItOff && settings.isOn("disable_ipv6", "ipv6", "default"))
        return network
    }
}
