import Facts
import PacketFilter

/// What firewalld(1) loads when it starts, as far as its files say.
struct FirewalldRules: Hashable {
    /// The table that it makes; more than one where it is not known which of them.
    private(set) var alternatives: [FirewalldTable] = []
    /// Every file and directory that it looks at.
    private(set) var files: [HostPath] = []
    /// Families whose packets the kernel forwards afterwards.
    private(set) var forwardedFamilies: Set<Address.Family> = []

    // Without one of these it does not start.
    private static let modules: [HostPath] = [
        "/usr/bin/python3", "/usr/lib/python3/dist-packages/dbus",
        "/usr/lib/python3/dist-packages/gi", "/usr/lib/python3/dist-packages/nftables",
    ]

    /// Nil where what it makes of its files is not followed.
    init?(on host: some HostView, _ units: BootUnits) {
        guard Self.modules.allSatisfy({ (try? host.exists($0)) == true }),
            let version = FirewalldVersion(on: host)
        else { return nil }
        do throws(FirewalldProblem) {
            let configuration = try FirewalldConfiguration(of: host, version, .all)
            let manager = NetworkManagerZones(of: host, units)
            guard manager.isFollowed(configuration) else { return nil }
            add(configuration, mayBindMore: manager.isRunning)
            if configuration.isSurelyTaken { return }
        } catch {
            guard error.code == .refused else { return nil }
        }
        // Refused, or possibly so: it starts all the same, as it was shipped.
        do throws(FirewalldProblem) {
            let configuration = try FirewalldConfiguration(of: host, version, .shipped)
            let manager = NetworkManagerZones(of: host, units)
            guard manager.isFollowed(configuration) else { return nil }
            add(configuration, mayBindMore: manager.isRunning)
        } catch {
            return nil
        }
    }

    private mutating func add(_ configuration: FirewalldConfiguration, mayBindMore: Bool) {
        alternatives.append(FirewalldTable(configuration, mayBindMore: mayBindMore))
        files += configuration.files.filter { !files.contains($0) }
        forwardedFamilies.formUnion(configuration.forwardedFamilies)
    }
}
