import Facts

/// What changes the rules at boot without being a unit: scripts of ifupdown, rc.local, cron and
/// their like.
struct BootHooks<View: HostView> {
    let host: View
    let units: BootUnits
    private(set) var loaders: [RuleLoader] = []
    /// Hooks that name a program that changes the rules, and are not followed.
    private(set) var opaque: [HostPath] = []
    /// Hooks that could not be seen.
    private(set) var errors: [HostError] = []

    private static var largestScript: Int { 1 << 20 }

    // Directories of scripts, and the program without which nobody runs them.
    private static var directories: [(place: HostPath, program: HostPath, isFollowed: Bool)] {
        [
            ("/etc/network/if-pre-up.d", "/usr/sbin/ifup", true),
            ("/etc/network/if-up.d", "/usr/sbin/ifup", true),
            ("/etc/NetworkManager/dispatcher.d", "/usr/sbin/NetworkManager", false),
            ("/etc/NetworkManager/dispatcher.d/pre-up.d", "/usr/sbin/NetworkManager", false),
            ("/etc/networkd-dispatcher/routable.d", "/usr/bin/networkd-dispatcher", false),
            ("/etc/networkd-dispatcher/configured.d", "/usr/bin/networkd-dispatcher", false),
            ("/etc/dhcp/dhclient-enter-hooks.d", "/usr/sbin/dhclient", false),
            ("/etc/dhcp/dhclient-exit-hooks.d", "/usr/sbin/dhclient", false),
            ("/etc/ppp/ip-up.d", "/usr/sbin/pppd", false),
        ]
    }

    /// Looks at every place where such hooks are kept.
    init(host: View, units: BootUnits) {
        self.host = host
        self.units = units
        for directory in Self.directories where exists(directory.program) {
            for script in scripts(in: directory.place) {
                take(script, isFollowed: directory.isFollowed)
            }
        }
        takeInterfaces()
        if isExecutable("/etc/rc.local") { take("/etc/rc.local", isFollowed: true) }
        for runlevel in ["S", "2", "3", "4", "5"] { takeServices(of: runlevel) }
        takeTables()
    }

    private mutating func take(_ path: HostPath, isFollowed: Bool) {
        guard let bytes = read(path), FilterPrograms.areNamed(in: bytes) else { return }
        guard isFollowed, let steps = ShellLoader.steps(of: bytes) else {
            opaque.append(path)
            return
        }
        add(steps, named: path.description)
    }

    private mutating func add(_ steps: [LoaderStep], named name: String) {
        // The scripts of ifupdown run for every interface that networking.service brings up.
        let isCertain = units.all.contains { $0.name.text == "networking.service" }
        guard !steps.isEmpty else { return }
        loaders.append(
            RuleLoader(name: name, steps: steps, isCertain: isCertain, after: [], before: []))
    }

    // interfaces(5): `pre-up`, `up` and `post-up` are commands of the shell.
    private mutating func takeInterfaces() {
        guard exists("/usr/sbin/ifup") else { return }
        var files: [HostPath] = ["/etc/network/interfaces"]
        files += entries(of: "/etc/network/interfaces.d").map {
            HostPath("/etc/network/interfaces.d").appending($0.name)
        }
        for path in files {
            guard let bytes = read(path) else { continue }
            for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
                let words = line.split { $0 == " " || $0 == "\t" }
                guard let key = words.first, ["pre-up", "up", "post-up"].contains(key) else {
                    continue
                }
                let command = words.dropFirst().joined(separator: " ")
                if let step = ShellLoader.step(command) {
                    add([step], named: path.description)
                } else if FilterPrograms.areNamed(in: command.utf8) || isScriptNaming(command) {
                    opaque.append(path)
                }
            }
        }
    }

    private func isScriptNaming(_ command: String) -> Bool {
        command.split(separator: " ").filter { $0.hasPrefix("/") }.contains { word in
            ProgramText(of: HostPath(String(word)), on: host).mayChangeRules
        }
    }

    // Scripts of /etc/init.d that no unit of their name replaces; see systemd-sysv-generator(8).
    private mutating func takeServices(of runlevel: String) {
        let directory = HostPath("/etc/rc\(runlevel).d")
        for entry in entries(of: directory) where entry.name.hasPrefix("S") {
            guard
                let script = seen({ (host) throws(HostError) in
                    try host.resolve(directory.appending(entry.name))
                }), !opaque.contains(script), !isReplaced(script)
            else { continue }
            take(script, isFollowed: false)
        }
    }

    private mutating func isReplaced(_ script: HostPath) -> Bool {
        guard let unit = UnitName(script.name.description + ".service") else { return false }
        let found = seen { (host) throws(HostError) in try UnitLookup(host: host).find(unit) }
        if case .missing? = found { return false }
        return found != nil
    }

    // `@reboot` of crontab(5), and what udev(7) runs.
    private mutating func takeTables() {
        var tables: [HostPath] = ["/etc/crontab"]
        for directory: HostPath in ["/etc/cron.d", "/var/spool/cron/crontabs"] {
            tables += entries(of: directory).map { directory.appending($0.name) }
        }
        for path in tables {
            let lines = (read(path) ?? []).split(separator: 0x0A)
            for line in lines where line.starts(with: "@reboot".utf8) {
                if FilterPrograms.areNamed(in: line)
                    || isScriptNaming(String(decoding: line, as: UTF8.self))
                {
                    opaque.append(path)
                }
            }
        }
        let rules: HostPath = "/etc/udev/rules.d"
        for entry in entries(of: rules) where entry.name.hasSuffix(".rules") {
            take(rules.appending(entry.name), isFollowed: false)
        }
    }
}

extension BootHooks {
    // run-parts(8): executable files whose names have no dot.
    private mutating func scripts(in directory: HostPath) -> [HostPath] {
        entries(of: directory).map { directory.appending($0.name) }.filter {
            !$0.name.bytes.contains(UInt8(ascii: ".")) && isExecutable($0)
        }
    }

    private mutating func exists(_ path: HostPath) -> Bool {
        seen { (host) throws(HostError) in try host.exists(path) } ?? false
    }

    private mutating func isExecutable(_ path: HostPath) -> Bool {
        let status = seen { (host) throws(HostError) in
            try host.status(of: try host.resolve(path))
        }
        return status.map { $0.kind == .regular && $0.mode & 0o111 != 0 } ?? false
    }

    private mutating func read(_ path: HostPath) -> [UInt8]? {
        seen { (host) throws(HostError) in try host.read(path, limit: Self.largestScript) }
    }

    // Nil of what is not there; what could not be seen is noted, and is no absence.
    private mutating func seen<Seen>(_ look: (View) throws(HostError) -> Seen) -> Seen? {
        do throws(HostError) {
            return try look(host)
        } catch {
            if error.code != .notFound, error.code != .notRegular { errors.append(error) }
            return nil
        }
    }

    private mutating func entries(of directory: HostPath) -> [DirectoryEntry] {
        seen { (host) throws(HostError) in try host.list(directory) } ?? []
    }
}
