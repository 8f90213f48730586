import Facts
import PacketFilter

/// Which units load rules at boot, and in which order.
struct BootLoading<View: HostView> {
    let host: View
    let units: BootUnits
    private(set) var loaders: [RuleLoader] = []
    /// What may change the rules in a way that we do not follow, and why.
    private(set) var opaque: [(name: String, suspicion: Suspicion)] = []
    /// What changes how packets are forwarded in a way that we do not follow.
    private(set) var forwarding: [String] = []
    /// The words that the kernel is started with.
    let commandLine: KernelCommandLine
    private let commands: CommandSearch<View>
    private var errors: [HostError] = []

    init(host: View) {
        self.host = host
        units = BootUnits(of: host)
        commandLine = KernelCommandLine(of: host)
        let named = units.all.filter { unit in
            UnitCommands(unit).starting.contains { FilterPrograms.areNamed(in: $0.utf8) }
        }
        commands = CommandSearch(
            host: host, loaders: Set(named.map(\.name.text)),
            booted: Set(units.all.map(\.name.text)))
        let search = LoaderSearch(host: host, units: units, commands: commands)
        for unit in units.all {
            switch search.finding(unit) {
            case .silent: break
            case .loads(let loader): loaders.append(loader)
            case .opaque(let suspicion): opaque.append((unit.name.text, suspicion))
            }
            if commands.mayChangeForwarding(UnitCommands(unit).text.utf8) {
                forwarding.append(unit.name.text)
            }
        }
        let hooks = BootHooks(host: host, units: units, commands: commands)
        loaders += hooks.loaders
        let sources = RuleSources(of: loaders, on: host)
        if !sources.files.isEmpty {
            // Whatever changes what is loaded decides as well.
            commands.loadedFiles = sources.files
            let known = Set(loaders.map(\.name) + opaque.map(\.name))
            for (place, text, isFile) in hooks.looked where !known.contains(place.description) {
                let suspicion = commands.suspicion(of: text, in: isFile ? place : nil)
                guard let suspicion, suspicion.reason == .changesLoaded else { continue }
                opaque.append((place.description, suspicion))
            }
            for unit in units.all where !known.contains(unit.name.text) {
                guard case .opaque(let suspicion) = search.finding(unit) else { continue }
                opaque.append((unit.name.text, suspicion))
            }
            opaque += sources.changers.sorted().map {
                ($0.description, Suspicion(reason: .changesLoaded, file: $0))
            }
        }
        opaque += hooks.opaque.sorted { $0.key < $1.key }.map { ($0.key.description, $0.value) }
        takeFirstProcess()
        opaque += commandLine.changers(of: units).sorted().map {
            ($0.description, Suspicion(reason: .changesUnits, file: $0))
        }
        forwarding += commandLine.forwardingFiles.union(hooks.forwarding).sorted()
            .map(\.description)
        let modules = ForbiddenModules(of: host, commandLine)
        if modules.mayBeMissing {
            for index in loaders.indices { loaders[index].isCertain = false }
        }
        errors +=
            units.gaps + commands.errors + hooks.errors + modules.errors + sources.errors
            + commandLine.errors
    }

    // Units start nothing where something else than systemd is started first.
    private mutating func takeFirstProcess() {
        let path: HostPath = "/sbin/init"
        do throws(HostError) {
            let real = try host.resolve(path)
            if try host.exists(real), real.name != "systemd" {
                opaque.append((path.description, Suspicion(reason: .isOtherInit, file: path)))
            }
        } catch {
            // Without one, it is started by something that is not in the tree.
            if error.code != .notFound { errors.append(error) }
        }
    }

    /// Why what is loaded is not known.
    var gaps: [Gap] {
        errors.map { Gap($0, in: "") }
            + opaque.map { name, suspicion in
                let reason = suspicion.reason
                guard let file = suspicion.file else {
                    return Gap(reason.code, in: "", of: name, privacy: .plain, reason.sentence)
                }
                return Gap(reason.code, in: "", of: file.description, reason.sentence)
            }
            + (loaders.count > 3
                ? [Gap(.tooLarge, in: "", "more units load rules than are followed")] : [])
    }

    /// Families whose packets a loader makes the kernel forward.
    var forwardedFamilies: Set<Address.Family> {
        loaders.flatMap(\.steps).reduce(into: []) { families, step in
            guard case .firewalld(let rules) = step.source else { return }
            families.formUnion(rules.forwardedFamilies)
        }
    }

    /// Whether one unit alone keeps what is loaded from being known.
    func isOpaque(only unit: String) -> Bool {
        errors.isEmpty && opaque.map(\.name) == [unit] && loaders.isEmpty
            && opaque.allSatisfy { [.namesProgram, .isProgram].contains($0.suspicion.reason) }
    }

    /// Whether a command of a unit puts rules into the kernel, as far as that is seen.
    func loadsRules(_ unit: BootUnits.Unit) -> Bool {
        commands.loadsRules(UnitCommands(unit).text.utf8)
    }

    /// The files that a unit leads to; nil where that is not known.
    func files(ledToBy unit: BootUnits.Unit) -> [HostPath]? {
        commands.files(ledToBy: UnitCommands(unit).text.utf8)
    }

    /// Every order in which the loaders may run.
    var orders: [[RuleLoader]] {
        permutations(of: loaders).filter { order in
            order.indices.allSatisfy { index in
                order[..<index].allSatisfy { earlier in
                    let later = order[index]
                    return !earlier.after.contains(later.name)
                        && !later.before.contains(earlier.name)
                }
            }
        }
    }

    private func permutations(of rest: [RuleLoader]) -> [[RuleLoader]] {
        guard !rest.isEmpty else { return [[]] }
        return rest.indices.flatMap { index in
            var others = rest
            let first = others.remove(at: index)
            return permutations(of: others).map { [first] + $0 }
        }
    }
}
