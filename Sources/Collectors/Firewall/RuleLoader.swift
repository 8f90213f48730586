import Facts

/// A unit, or a hook, that loads rules at boot from files that we can read.
struct RuleLoader {
    /// The unit, or the path of the hook.
    var name: String
    var steps: [LoaderStep]
    /// Nothing that we do not follow decides whether it does.
    var isCertain: Bool
    /// Units that it comes after.
    var after: Set<String>
    /// Units that it comes before.
    var before: Set<String>
    /// The files that make it what it is: those of the unit, or the hook.
    var files: [HostPath] = []
}

/// What a unit means for the rules at boot.
enum LoaderFinding {
    /// It loads nothing.
    case silent
    case loads(RuleLoader)
    /// It may change the rules, and we do not know how.
    case opaque(Suspicion)
}

/// Recognises the units that load rules.
struct LoaderSearch<View: HostView> {
    let host: View
    let units: BootUnits
    let commands: CommandSearch<View>

    private static var largestScript: Int { 1 << 20 }

    /// What a unit means.
    func finding(_ unit: BootUnits.Unit) -> LoaderFinding {
        let command = UnitCommands(unit)
        guard let suspicion = suspicion(of: command.text, in: unit) else { return .silent }
        guard unit.name.type == "service",
            unit.file.values("ExecCondition", in: "Service").isEmpty
        else { return .opaque(suspicion) }
        let lines = command.starting.compactMap { ExecLine($0) }
        if let known = KnownLoader(unit, lines) {
            guard known.scripts(on: host).allSatisfy(commands.isOfPackage),
                let steps = known.steps(on: host, units)
            else { return .opaque(suspicion) }
            return .loads(loader(unit, steps))
        }
        let steps = command.starting.filter { !isIdle($0, unit, command) }
            .compactMap { ExecLine($0) }.map { step($0) }
        guard !steps.contains(nil), !undoesItself(unit, command) else { return .opaque(suspicion) }
        return .loads(loader(unit, steps.compactMap(\.self)))
    }

    private func loader(_ unit: BootUnits.Unit, _ steps: [LoaderStep]) -> RuleLoader {
        RuleLoader(
            name: unit.name.text, steps: steps,
            isCertain: UnitCertainty(host: host, units: units).isCertain(unit),
            after: Set(unit.file.words("After", in: "Unit")),
            before: Set(unit.file.words("Before", in: "Unit")), files: unit.file.sources)
    }

    /// Why a command of a unit may change the rules.
    func suspicion(of text: String, in unit: BootUnits.Unit) -> Suspicion? {
        commands.suspicion(of: text.utf8, writtenIn: unit.file.sources)
    }

    private func step(_ line: ExecLine) -> LoaderStep? {
        if let step = LoaderStep(line) { return step }
        // A file that begins with `#!/usr/sbin/nft -f` is a program of its own.
        guard !line.isOpen, line.words.count == 1,
            let bytes = try? host.read(HostPath(line.words[0]), limit: Self.largestScript),
            let first = bytes.split(separator: 0x0A).first,
            let command = ExecLine(String(decoding: first.dropFirst(2), as: UTF8.self)),
            bytes.starts(with: "#!".utf8), command.program == "nft",
            command.words.dropFirst().elementsEqual(["-f"])
        else { return nil }
        return LoaderStep(
            .nft, .file(HostPath(line.words[0])), by: HostPath(command.words[0]),
            mayFail: line.mayFail)
    }

    // What decides nothing: a command of another kind that runs when the rules are loaded, or whose
    // failure does not count, and a check of a file that is loaded as it is.
    private func isIdle(
        _ text: String, _ unit: BootUnits.Unit, _ command: UnitCommands
    ) -> Bool {
        guard let line = ExecLine(text) else { return true }
        if command.finishing.contains(text) || line.mayFail, suspicion(of: text, in: unit) == nil {
            return true
        }
        guard line.program == "nft", line.words.count == 4,
            ["-c", "--check"].contains(line.words[1]),
            let checked = ExecLine(([line.words[0]] + line.words[2...]).joined(separator: " ")),
            let step = LoaderStep(checked)
        else { return false }
        return command.starting.contains { other in
            ExecLine(other).flatMap { LoaderStep($0) }?.source == step.source
        }
    }

    // A unit that does not stay active runs what stops it as soon as it has started; one whose last
    // command fails, what is to run after its end.
    private func undoesItself(_ unit: BootUnits.Unit, _ command: UnitCommands) -> Bool {
        let mayFail = command.finishing.contains { ExecLine($0)?.mayFail == false }
        if mayFail, command.ending.contains(where: { suspicion(of: $0, in: unit) != nil }) {
            return true
        }
        let stays = ["yes", "true", "1", "on"].contains(
            unit.file.value("RemainAfterExit", in: "Service"))
        return !stays && command.stopping.contains { suspicion(of: $0, in: unit) != nil }
    }
}
