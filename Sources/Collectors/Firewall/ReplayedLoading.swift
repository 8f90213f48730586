import Facts
import PacketFilter

/// Has the host's own programs load the files of the next boot where they change nothing, and the
/// kernel say what it would filter.
struct ReplayedLoading<View: HostView> {
    let files: LoadedFiles<View>
    let replay: any RuleReplay
    /// The interfaces that are there now, and whether they are when the rules are loaded.
    let interfaces: [(name: String, presence: InterfacePresence)]

    // Any of them will do: they only have names.
    private static var kinds: [String] { ["dummy", "veth", "bridge"] }

    /// What may be in force after loaders ran in this order; nothing is tried that could change the
    /// host.
    func rulesets(after loaders: [RuleLoader]) throws(ReplayRefusal) -> Set<Ruleset> {
        let modules = PresentModules(of: files.host)
        guard let loaded = steps(of: loaders) else { throw .moreThanFiles }
        let missing = needs(loaded).filter { !modules.has($0) }
        guard missing.isEmpty else { throw .wouldLoad(missing) }
        let kinds = Self.kinds.filter(modules.has)
        var rulesets: Set<Ruleset> = []
        for names in networks {
            guard names.isEmpty || !kinds.isEmpty else { throw .noInterfaces }
            let plan = ReplayPlan(
                interfaces: names, kinds: kinds, loaders: loaded.map { $0.map(\.replayed) })
            // Where it fails, the files are still read.
            guard let layer = layer(after: plan), layer.gaps.isEmpty else { throw .failed }
            rulesets.formUnion(layer.rulesets)
        }
        return rulesets
    }

    // Without the interfaces that may come later, and with all that may be there.
    private var networks: Set<[String]> {
        let others = interfaces.filter { $0.name != "lo" }
        return [
            others.filter { $0.presence == .present }.map(\.name),
            others.filter { $0.presence != .absent }.map(\.name),
        ]
    }

    // Nil where a loader may not run, or brings more than files.
    private func steps(of loaders: [RuleLoader]) -> [[LoaderStep]]? {
        var all: [[LoaderStep]] = []
        for loader in loaders {
            guard loader.isCertain else { return nil }
            var steps: [LoaderStep] = []
            for step in loader.steps {
                guard case .file(let path) = step.source else { return nil }
                guard step.isOptional, files.bytes(path) == nil else {
                    steps.append(step)
                    continue
                }
            }
            all.append(steps)
        }
        return all
    }

    private func needs(_ loaders: [[LoaderStep]]) -> Set<String> {
        var needed = NeededModules()
        for step in loaders.joined() {
            guard case .file(let path) = step.source, let bytes = files.bytes(path) else {
                continue
            }
            needed.add(bytes, for: step.reader)
        }
        // What else was read are files that a file of nft includes.
        guard loaders.joined().contains(where: { $0.reader == .nft }) else { return needed.names }
        for path in files.paths { needed.add(files.bytes(path) ?? [], for: .nft) }
        return needed.names
    }

    private func layer(after plan: ReplayPlan) -> FirewallLayer? {
        do throws(HostError) {
            return Self.layer(of: try replay.host(after: plan))
        } catch {
            return nil
        }
    }

    private static func layer(of host: some HostView) -> FirewallLayer {
        RunningFirewall(host: host).layer()
    }
}

extension LoaderStep {
    /// The command that loads its file.
    fileprivate var replayed: ReplayStep {
        guard case .file(let path) = source else {
            return ReplayStep(HostCommand(program, []), mayFail: mayFail)
        }
        let file = path.description
        let arguments =
            switch reader {
            case .nft: ["-f", file]
            case .xtables(_, keepsRules: true): ["--noflush", file]
            case .xtables(_, keepsRules: false): [file]
            case .ipset: ["restore", "-exist", "-file", file]
            }
        return ReplayStep(HostCommand(program, arguments), mayFail: mayFail)
    }
}
