import Facts

/// Where installers, provisioning and people leave passwords.
struct LeftoverFiles: Sendable {
    /// The files that may be there, and what they are.
    private(set) var files: [(path: HostPath, kind: LeftoverText.Kind)] = []
    /// What could not be seen, for no table yet.
    private(set) var gaps: [Gap] = []

    /// Homes beyond so many are not searched for histories.
    private static let homes = 4096

    /// Looks for them.
    init(on host: some HostView) {
        addCloud(host)
        addInstallers()
        addConfiguration(host)
        addHistories(host)
    }

    private mutating func add(_ paths: [HostPath], _ kind: LeftoverText.Kind) {
        files += paths.map { ($0, kind) }
    }

    // An instance's directory keeps what the cloud gave, and what was made of it.
    private mutating func addCloud(_ host: some HostView) {
        let root: HostPath = "/var/lib/cloud"
        var instances = entries(of: root.appending("instances"), [.directory], host)
        let current = root.appending("instance")
        if isDirectory(current, host) { instances.append(current) }
        for instance in instances {
            add(
                [
                    "user-data.txt", "user-data.txt.i", "cloud-config.txt", "vendor-data.txt",
                    "vendor-data.txt.i", "vendor-data2.txt", "vendor-data2.txt.i",
                    "vendor-cloud-config.txt", "vendor2-cloud-config.txt",
                    "combined-cloud-config.json",
                ].map { instance.appending(HostPath($0)) }, .configuration)
            for directory: HostPath in ["scripts", "handlers"] {
                add(entries(of: instance.appending(directory), [.regular], host), .commands)
            }
        }
        for seed in entries(of: root.appending("seed"), [.directory], host) {
            add([seed.appending("user-data"), seed.appending("vendor-data")], .configuration)
        }
        for directory in entries(of: root.appending("scripts"), [.directory], host) {
            add(entries(of: directory, [.regular], host), .commands)
        }
        add(
            [
                "/etc/cloud/cloud.cfg", "/boot/firmware/user-data", "/boot/user-data",
                "/var/log/cloud-init-output.log",
            ], .configuration)
        add(entries(of: "/etc/cloud/cloud.cfg.d", [.regular], host), .configuration)
        // What an offline root has below /run is of no next boot.
        if host.kind == .live {
            add(["/run/cloud-init/combined-cloud-config.json"], .configuration)
        }
    }

    private mutating func addInstallers() {
        add(
            [
                "/root/anaconda-ks.cfg", "/root/original-ks.cfg", "/root/initial-setup-ks.cfg",
                "/root/ks.cfg", "/ks.cfg", "/run/install/ks.cfg",
            ], .kickstart)
        add(
            [
                "/preseed.cfg", "/root/preseed.cfg", "/var/cache/debconf/passwords.dat",
                "/var/log/installer/cdebconf/questions.dat",
                "/var/log/installer/preseed.cfg",
            ], .preseed)
        add(
            [
                "/autoinstall.yaml", "/var/log/installer/autoinstall-user-data",
                "/root/cloud-config.yaml",
            ], .configuration)
    }

    private mutating func addConfiguration(_ host: some HostView) {
        add(["/etc/ansible/hosts"], .configuration)
        for directory: HostPath in ["/etc/ansible/group_vars", "/etc/ansible/host_vars"] {
            add(entries(of: directory, [.regular], host), .configuration)
            for below in entries(of: directory, [.directory], host) {
                add(entries(of: below, [.regular], host), .configuration)
            }
        }
        add(
            entries(of: "/etc/vsftpd", [.regular], host).filter { $0.hasSuffix(".txt") }, .pairs)
    }

    private mutating func addHistories(_ host: some HostView) {
        var homes: Set<HostPath> = ["/root"]
        for user in Self.people(host) where homes.count < Self.homes { homes.insert(user) }
        for home in homes.sorted() {
            for name in [".bash_history", ".zsh_history", ".ash_history", ".sh_history"] {
                let path = home.appending(HostPath(name))
                // Who wants no history makes it a link to /dev/null.
                if isRegular(path, host) { add([path], .commands) }
            }
        }
    }

    private static func people(_ host: some HostView) -> [HostPath] {
        do throws(HostError) {
            let bytes = try host.read("/etc/passwd", limit: StoredPasswords.limit)
            return ColonFile(bytes).lines.filter { (Users.number($0[2]) ?? 0) >= 1000 }
                .map { HostPath(bytes: $0[5]) }
                .filter { $0.components.count > 1 && $0.hasPrefix("/") }
        } catch {
            // The table of the verifiers says so.
            return []
        }
    }

    private mutating func isRegular(_ path: HostPath, _ host: some HostView) -> Bool {
        status(path, host)?.kind == .regular
    }

    private mutating func isDirectory(_ path: HostPath, _ host: some HostView) -> Bool {
        status(path, host)?.kind == .directory
    }

    private mutating func status(_ path: HostPath, _ host: some HostView) -> FileStatus? {
        do throws(HostError) {
            return try host.status(of: path)
        } catch {
            // A home that is no directory, or is not there, holds nothing.
            if error.code != .notFound, error.code != .notRegular {
                gaps.append(Gap(error, in: ""))
            }
            return nil
        }
    }

    private mutating func entries(
        of directory: HostPath, _ kinds: [FileKind], _ host: some HostView
    ) -> [HostPath] {
        do throws(HostError) {
            return try host.list(directory).filter { kinds.contains($0.kind) }.map {
                directory.appending($0.name)
            }
        } catch {
            if error.code != .notFound { gaps.append(Gap(error, in: "")) }
            return []
        }
    }
}
