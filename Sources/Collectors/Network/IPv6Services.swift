import Facts

/// Services that turn IPv6 on for interfaces that they set up, whatever sysctl.d(5) says.
struct IPv6Services<View: HostView> {
    let units: BootUnits
    let host: View

    init(of units: BootUnits, on host: View) {
        self.units = units
        self.host = host
    }

    /// Whether one of them runs and may do so.
    func mayTurnOn() throws(HostError) -> Bool {
        let names = Set(units.all.map(\.name.text))
        if names.contains("NetworkManager.service") { return true }
        guard names.contains("systemd-networkd.service") else { return false }
        // Files of packages are about interfaces of containers.
        for file in try NetworkFiles(of: host).files where !file.isOfPackage {
            if Self.turnsOn(file.settings) { return true }
        }
        return false
    }

    // `ipv6` is what LinkLocalAddressing= says where it says nothing; see systemd.network(5).
    private static func turnsOn(_ file: UnitFile) -> Bool {
        let off = ["no", "false", "0", "off", "ipv4"]
        let linkLocal = file.value("LinkLocalAddressing", in: "Network")?.lowercased() ?? "ipv6"
        let addresses =
            file.values("Address", in: "Network") + file.values("Address", in: "Address")
        return !off.contains(linkLocal) || addresses.contains { $0.contains(":") }
    }
}
