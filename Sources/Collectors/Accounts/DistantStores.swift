import Facts

/// Which of the services that can answer for accounts can really answer on a host, and where.
struct DistantStores: Sendable {
    private var hasSSSD = true
    private var hasDatabases = true
    private var strangers: [String] = []
    /// What could not be seen, for no table yet.
    private(set) var gaps: [Gap] = []

    /// Looks for the configuration and the files of those that are named on hosts that do not use them.
    init(on host: some HostView) {
        hasSSSD = isAny(
            ["/etc/sssd/sssd.conf", "/usr/lib/sssd/sssd.conf"], orBelow: "/etc/sssd/conf.d", host)
        hasDatabases = isAny(
            // Debian keeps them in /var/lib/misc.
            ["/var/db", "/var/lib/misc"].flatMap { (directory: HostPath) in
                ["passwd.db", "shadow.db", "group.db", "gshadow.db"].map(directory.appending)
            }, orBelow: nil, host)
        if host.kind == .live { strangers = providers(host) }
    }

    /// Whether all that the service can answer was looked at, and why.
    func inspection(of service: String) -> (Bool, String) {
        switch service {
        case "files", "extrausers", "altfiles", "tcb", "cache": return (true, "its files were read")
        // The lines that ask NIS are gaps of the files themselves.
        case "compat": return (true, "its files were read")
        case "systemd":
            guard strangers.isEmpty else { return (false, "another provider of records runs") }
            return (true, "the records of userdb and homed were read")
        case "sss", "pam_sss.so":
            guard !hasSSSD else { return (false, "its directory was not inspected") }
            return (true, "it has no configuration, and cannot answer")
        case "db":
            guard !hasDatabases else {
                return (false, "its database is of a form that is not read")
            }
            return (true, "it has no database, and cannot answer")
        // They make up accounts without a password, or none at all.
        case "mymachines", "myhostname", "role", "usrfiles":
            return (true, "it holds no password")
        default: return (false, "its directory was not inspected")
        }
    }

    private mutating func isAny(
        _ files: [HostPath], orBelow directory: HostPath?, _ host: some HostView
    ) -> Bool {
        do throws(HostError) {
            for file in files where try host.exists(file) { return true }
            guard let directory else { return false }
            return try host.list(directory).contains { $0.name.hasSuffix(".conf") }
        } catch {
            guard error.code != .notFound else { return false }
            gaps.append(Gap(error, in: ""))
            return true
        }
    }

    // Sockets of <https://systemd.io/USER_GROUP_API>: those of systemd itself give the records that are read, or none with a password.
    private mutating func providers(_ host: some HostView) -> [String] {
        do throws(HostError) {
            return try host.list("/run/systemd/userdb").map { Readable.text($0.name.bytes) }
                .filter { !$0.hasPrefix("io.systemd.") }
        } catch {
            if error.code != .notFound { gaps.append(Gap(error, in: "")) }
            return []
        }
    }
}
