import Facts

/// Units that a script starts by systemctl(1) or service(8), though the boot does not.
struct StartedUnits {
    /// What they run, and the file that says so.
    private(set) var commands: [(text: String, file: HostPath)] = []
    /// Scripts of `/etc/init.d` in the place of units that are not there.
    private(set) var scripts: [HostPath] = []

    private static let directory: HostPath = "/etc/init.d"

    /// Follows names of units, with what those ask for.
    init(
        _ names: Set<String>, apartFrom booted: Set<String>, on host: some HostView
    ) throws(HostError) {
        let lookup = try UnitLookup(host: host)
        var waiting = names.sorted()
        var seen = Set(names)
        while let text = waiting.popLast() {
            guard !booted.contains(text), let name = UnitName(text) else { continue }
            switch try lookup.find(name) {
            case .masked: break
            case .missing:
                let script = Self.directory.appending(HostPath(name.stem))
                if name.type == "service", try host.exists(script) { scripts.append(script) }
            case .unit(let own, let file):
                guard !booted.contains(own.text), let source = file.sources.first else { continue }
                let unit = BootUnits.Unit(name: own, file: file, isTriggered: true)
                commands.append((UnitCommands(unit).text, source))
                for next in BootUnits.namedBy(own, file) where seen.insert(next.text).inserted {
                    waiting.append(next.text)
                }
            }
        }
    }
}
