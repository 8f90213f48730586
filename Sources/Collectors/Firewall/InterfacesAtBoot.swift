import Facts
import PacketFilter

/// Which interfaces are there when the rules are loaded, before anything sets up the network.
struct InterfacesAtBoot<View: HostView> {
    let host: View
    let network: BootNetwork
    let units: BootUnits

    /// Whether an interface of this name is there then.
    func presence(_ name: String) -> InterfacePresence {
        if name == "lo" { return .present }
        guard host.kind == .live, let links = network.links else { return .unknown }
        // A unit that names it may make it before the rules are loaded.
        let isNamed = units.all.contains { unit in
            UnitCommands(unit).starting.compactMap { ExecLine($0) }.contains {
                $0.words.contains(name)
            }
        }
        guard let link = links.first(where: { $0.name == name }) else {
            return isNamed ? .unknown : .absent
        }
        let hasDevice = try? host.exists(
            HostPath("/sys/class/net/\(name)/device"))
        if hasDevice == true { return .present }
        if isNamed || hasDevice == nil { return .unknown }
        // The other end of what a container is started with lies outside of it.
        if link.isLinkedElsewhere { return isContainer ? .present : .unknown }
        return .absent
    }

    // systemd writes down what kind of container it found itself in.
    private var isContainer: Bool { (try? host.exists("/run/systemd/container")) == true }
}
