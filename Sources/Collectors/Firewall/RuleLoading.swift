import Facts
import PacketFilter

/// Carries out, on rulesets instead of a kernel, what a unit loads.
struct RuleLoading<View: HostView> {
    let files: LoadedFiles<View>
    let presence: (String) -> InterfacePresence

    /// The rulesets that may be there after a unit, for those that may be there before.
    func rulesets(after loader: RuleLoader, _ possible: Set<Ruleset>) -> Set<Ruleset> {
        var finished: Set<Ruleset> = loader.isCertain ? [] : possible
        var going = possible
        for step in loader.steps {
            var next: Set<Ruleset> = []
            for ruleset in going {
                for outcome in outcomes(of: step, on: ruleset) {
                    if outcome.failed, !step.mayFail {
                        finished.insert(outcome.ruleset)
                    } else {
                        next.insert(outcome.ruleset)
                    }
                }
            }
            going = next
        }
        return finished.union(going)
    }

    private func outcomes(
        of step: LoaderStep, on ruleset: Ruleset
    ) -> [(ruleset: Ruleset, failed: Bool)] {
        guard let isGenuine = isGenuine(step.program) else {
            files.remark("\(step.program) cannot be run")
            return [(ruleset, !step.isOptional)]
        }
        if case .firewalld(let rules) = step.source {
            return outcomes(of: rules, on: ruleset).map { ($0, false) }
        }
        guard let (bytes, name) = rules(of: step) else {
            if case .file(let path) = step.source { files.remark("\(path) is not there") }
            return [(ruleset, !step.isOptional)]
        }
        let outcomes = loaded(bytes, named: name, step, on: ruleset)
        return isGenuine ? outcomes : outcomes + [(ruleset, false)]
    }

    private func loaded(
        _ bytes: [UInt8], named name: String, _ step: LoaderStep, on ruleset: Ruleset
    ) -> [(ruleset: Ruleset, failed: Bool)] {
        switch load(bytes, named: name, step, on: ruleset) {
        case .loaded(let after): return [(after, false)]
        case .refused(let after, let problem):
            files.remark("\(step.program) refuses \(problem.place): \(problem.message)")
            return [(after, true)]
        case .doubtful(let after, let refused, let problems):
            for problem in problems {
                files.remark("\(step.program) may refuse \(problem.place): \(problem.message)")
            }
            return (after.map { [($0, false)] } ?? []) + refused.map { ($0, true) }
        case .unclear(let problems):
            for problem in problems {
                files.remark("not followed, at \(problem.place): \(problem.message)")
            }
            files.lose(name)
            return [(ruleset, false), (ruleset, true)]
        }
    }

    private func rules(of step: LoaderStep) -> (bytes: [UInt8], name: String)? {
        switch step.source {
        case .file(let path): files.bytes(path).map { ($0, path.description) }
        case .text(let text, let name): (Array(text.utf8), name)
        case .firewalld: nil
        }
    }

    private func outcomes(of rules: FirewalldRules, on ruleset: Ruleset) -> [Ruleset] {
        rules.files.forEach(files.note)
        return rules.alternatives.compactMap { table in
            do throws(PacketFilterError) {
                return try table.added(to: ruleset)
            } catch {
                // Only where a loader before it made a table of this name.
                files.fail(HostError(.readFailed, FirewalldSettings.file))
                return nil
            }
        }
    }

    // Nil of a program that cannot be run; false of a script, which may do anything in its place.
    private func isGenuine(_ program: HostPath) -> Bool? {
        guard let path = try? files.host.resolve(program),
            let status = try? files.host.status(of: path), status.kind == .regular,
            status.mode & 0o111 != 0
        else { return nil }
        do throws(HostError) {
            return try !files.host.read(path, limit: Self.largestScript).starts(with: "#!".utf8)
        } catch {
            return error.code == .tooLarge
        }
    }

    // Machine code may be large; a script is not.
    private static var largestScript: Int { 1 << 20 }

    private func load(
        _ bytes: [UInt8], named path: String, _ step: LoaderStep, on ruleset: Ruleset
    ) -> LoadOutcome {
        switch step.reader {
        case .nft:
            return ruleset.loading(
                nftFile: bytes, path: path, services: services, presence: presence,
                include: files.included)
        case .xtables(let family, let keepsRules):
            return ruleset.loading(
                xtablesFile: bytes, path: path, family: family, engine: engine(of: step.program),
                keepsRules: keepsRules, services: services)
        case .ipset:
            return ruleset.loading(ipsetFile: bytes, path: path)
        }
    }

    // Names without an engine are links that update-alternatives(1) keeps.
    private func engine(of program: HostPath) -> FilterTable.Engine {
        let target = (try? files.host.resolve(program)) ?? program
        let names = "\(program.name) \(target.name)"
        return names.contains("legacy") ? .legacy : .nftables
    }

    private var services: Services {
        guard let bytes = try? files.host.read("/etc/services") else { return .common }
        return Services(parsing: bytes)
    }
}
