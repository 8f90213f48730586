import Facts

/// What changes the rules at boot without being a unit: scripts of ifupdown, rc.local, cron and
/// their like.
struct BootHooks<View: HostView> {
    let host: View
    let units: BootUnits
    let commands: CommandSearch<View>
    private(set) var loaders: [RuleLoader] = []
    /// Hooks that name a program that changes the rules, and are not followed.
    private(set) var opaque: [HostPath: Suspicion] = [:]
    /// Hooks that change how packets are forwarded.
    private(set) var forwarding: [HostPath] = []
    /// What was looked at: the place, and its text.
    private(set) var looked: [(place: HostPath, text: [UInt8], isFile: Bool)] = []
    /// Hooks that could not be seen.
    private(set) var errors: [HostError] = []

    // Made where somebody asks.
    private var lookup: UnitLookup<View>?

    private static var largestScript: Int { 1 << 20 }

    // Directories of scripts of ifupdown, which run-parts(8) runs.
    private static var followed: [HostPath] {
        ["/etc/network/if-pre-up.d", "/etc/network/if-up.d"]
    }

    /// Looks at every place where such hooks are kept.
    init(host: View, units: BootUnits, commands: CommandSearch<View>) {
        self.host = host
        self.units = units
        self.commands = commands
        if exists("/usr/sbin/ifup") || exists("/sbin/ifup") {
            for directory in Self.followed {
                for script in scripts(in: directory) {
                    take(script, isStarted: isStarted("networking.service"))
                }
            }
            takeInterfaces()
        }
        if isExecutable("/etc/rc.local") { takeLocal() }
        for directory in HookPlaces.directories where exists(directory.program) {
            lookInside(directory.place)
        }
        for directory in HookPlaces.parts where exists(directory.program) {
            for entry in entries(of: directory.place) where entry.kind != .directory {
                look(at: directory.place.appending(entry.name), directory.part)
            }
        }
        for file in HookPlaces.files { look(at: file) }
        for directory in HookPlaces.ofPackages { takeForeign(in: directory) }
        takeConnections()
        takeSets()
        takeCloud()
        takeUserUnits()
        takeExtensions()
        takeContainers()
        for runlevel in ["S", "2", "3", "4", "5"] { takeServices(of: runlevel) }
    }

    // A hook that is followed where it does nothing but load files.
    private mutating func take(_ path: HostPath, isStarted: Bool) {
        guard let bytes = read(path) else { return }
        note(bytes, of: path)
        guard let suspicion = commands.suspicion(of: bytes, in: path) else { return }
        guard let steps = ShellLoader.steps(of: bytes), !steps.contains(where: isReplaced) else {
            opaque[path] = suspicion
            return
        }
        add(steps, named: path, isStarted: isStarted)
    }

    // A name without a directory is looked for where the administrator keeps programs first.
    private func isReplaced(_ step: LoaderStep) -> Bool {
        commands.ownPrograms[step.program.name.description] != nil
    }

    private mutating func look(at path: HostPath, _ part: HookText = .whole) {
        guard let bytes = read(path).map(part.part), !bytes.isEmpty else { return }
        note(bytes, of: path)
        if let suspicion = commands.suspicion(of: bytes, in: path) { opaque[path] = suspicion }
    }

    private mutating func note(_ bytes: [UInt8], of path: HostPath) {
        looked.append((path, bytes, true))
        if commands.mayChangeForwarding(bytes, in: path) { forwarding.append(path) }
    }

    private mutating func add(_ steps: [LoaderStep], named path: HostPath, isStarted: Bool) {
        guard !steps.isEmpty else { return }
        loaders.append(
            RuleLoader(
                name: path.description, steps: steps, isCertain: isStarted, after: [], before: [],
                files: [path]))
    }

    private func isStarted(_ unit: String) -> Bool {
        units.all.contains { $0.name.text == unit && !$0.isTriggered }
    }

    // systemd-rc-local-generator(8) starts the unit where the script can be run.
    private mutating func takeLocal() {
        guard let unit = UnitName("rc-local.service") else { return }
        if case .unit? = find(unit) {
            take("/etc/rc.local", isStarted: true)
        } else {
            look(at: "/etc/rc.local")
        }
    }

    // What interfaces(5) runs when an interface comes up; those after `auto` do so at boot.
    private mutating func takeInterfaces() {
        let interfaces = InterfacesFile(on: host)
        errors += interfaces.errors
        for command in interfaces.commands {
            let text = Array(command.text.utf8)
            looked.append((command.file, text, false))
            if commands.mayChangeForwarding(text) { forwarding.append(command.file) }
            guard let suspicion = commands.suspicion(of: command.text.utf8) else { continue }
            if let step = ShellLoader.step(command.text), !isReplaced(step) {
                let isUp = interfaces.automatic.contains(command.interface)
                add(
                    [step], named: command.file,
                    isStarted: isUp && isStarted("networking.service"))
            } else {
                opaque[command.file] = suspicion
            }
        }
    }

    private mutating func lookInside(_ directory: HostPath) {
        for entry in entries(of: directory) where entry.kind != .directory {
            look(at: directory.appending(entry.name))
        }
    }

    // What the administrator put among what packages bring.
    private mutating func takeForeign(in directory: HostPath) {
        let names = entries(of: directory).filter { $0.kind != .directory }.map(\.name)
        guard !names.isEmpty else { return }
        for name in commands.foreign(names, in: directory) { look(at: directory.appending(name)) }
    }

    // NetworkManager makes rules for what it shares, and forwards its packets.
    private mutating func takeConnections() {
        guard isEnabled("NetworkManager.service") else { return }
        for directory in HookPlaces.connections {
            for entry in entries(of: directory) where entry.kind != .directory {
                let path = directory.appending(entry.name)
                let lines = (read(path) ?? []).split(separator: 0x0A).map { line in
                    String(decoding: line.filter { $0 > 0x20 }, as: UTF8.self)
                }
                if lines.contains("method=shared") {
                    opaque[path] = Suspicion(reason: .sharesNetwork)
                }
            }
        }
    }

    // `NFTSet=` of systemd.network(5) and systemd.resource-control(5).
    private mutating func takeSets() {
        for unit in units.all
        where !unit.file.keys(beginning: "NFTSet", in: "Service").isEmpty {
            if let file = unit.file.sources.first {
                opaque[file] = Suspicion(reason: .fillsSets)
            }
        }
        guard isEnabled("systemd-networkd.service") else { return }
        let networks = seen { (host) throws(HostError) in try NetworkFiles(of: host).files } ?? []
        for file in networks.map(\.settings)
        where file.settings.contains(where: { $0.key == "NFTSet" }) {
            opaque[file.sources.first ?? "/etc/systemd/network"] = Suspicion(reason: .fillsSets)
        }
    }

    // What cloud-init(1) was given for this machine, and runs or writes at boot.
    private mutating func takeCloud() {
        guard exists("/usr/bin/cloud-init"), !exists("/etc/cloud/cloud-init.disabled") else {
            return
        }
        let instances: HostPath = "/var/lib/cloud/instances"
        let all = entries(of: instances).map { instances.appending($0.name) }
        let parts = all.flatMap { instance in
            HookPlaces.ofInstance.map { instance.appending($0) }
        }
        for directory in HookPlaces.cloud + parts {
            lookInside(directory)
        }
        let seeds = HookPlaces.seeds + all
        for directory in seeds {
            for name: HostPath in [
                "user-data", "vendor-data", "user-data.txt", "vendor-data.txt", "vendor-data2.txt",
            ] {
                let path = directory.appending(name)
                guard let bytes = read(path) else { continue }
                // Packed or coded, it cannot be read.
                let text = String(decoding: bytes, as: UTF8.self).lowercased()
                let isCoded =
                    text.contains("encoding:")
                    && ["b64", "base64", "gz"].contains { text.contains($0) }
                if bytes.contains(0) || bytes.starts(with: [0x1F, 0x8B]) || isCoded {
                    opaque[path] = Suspicion(reason: .runsComputedText)
                }
                look(at: path)
            }
        }
    }

    // With loginctl(1)'s linger, root's own manager starts at boot; what it starts is not followed
    // unit by unit.
    private mutating func takeUserUnits() {
        guard exists("/var/lib/systemd/linger/root") else { return }
        for directory in HookPlaces.ofRoot { lookInside(directory) }
    }

    // systemd-sysext(8) lays them over `/usr` and `/etc` at boot.
    private mutating func takeExtensions() {
        for (unit, directories) in HookPlaces.extensions where isEnabled(unit) {
            for directory in directories where !entries(of: directory).isEmpty {
                opaque[directory] = Suspicion(reason: .changesLoaded)
            }
        }
    }

    private func isEnabled(_ unit: String) -> Bool { units.all.contains { $0.name.text == unit } }

    // podman-systemd.unit(5): a generator makes services of them, and podman publishes their ports.
    private mutating func takeContainers() {
        guard exists("/usr/lib/systemd/system-generators/podman-system-generator") else { return }
        for directory: HostPath in ["/etc/containers/systemd", "/usr/share/containers/systemd"] {
            for entry in entries(of: directory) {
                let isStarted = [".container", ".kube", ".pod", ".network"].contains {
                    entry.name.hasSuffix($0)
                }
                if isStarted {
                    opaque[directory.appending(entry.name)] = Suspicion(reason: .namesProgram)
                }
            }
        }
    }

    // Scripts of /etc/init.d that no unit of their name replaces; see systemd-sysv-generator(8).
    private mutating func takeServices(of runlevel: String) {
        let directory = HostPath("/etc/rc\(runlevel).d")
        for entry in entries(of: directory) where entry.name.hasPrefix("S") {
            guard
                let script = seen({ (host) throws(HostError) in
                    try host.resolve(directory.appending(entry.name))
                }), opaque[script] == nil, !isReplaced(script)
            else { continue }
            look(at: script)
        }
    }

    private mutating func isReplaced(_ script: HostPath) -> Bool {
        guard let unit = UnitName(script.name.description + ".service") else { return false }
        let found = find(unit)
        if case .missing? = found { return false }
        return found != nil
    }

    private mutating func find(_ unit: UnitName) -> UnitLookup<View>.Found? {
        if lookup == nil {
            lookup = seen { (host) throws(HostError) in try UnitLookup(host: host) }
        }
        let known = lookup
        return seen { (_) throws(HostError) in try known?.find(unit) } ?? nil
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
