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
}

/// What a unit means for the rules at boot.
enum LoaderFinding {
    /// It loads nothing.
    case silent
    case loads(RuleLoader)
    /// It may change the rules, and we do not know how.
    case opaque
}

/// Recognises the units that load rules.
struct LoaderSearch<View: HostView> {
    let host: View
    let units: BootUnits

    private static var largestScript: Int { 1 << 20 }

    /// What a unit means.
    func finding(_ unit: BootUnits.Unit) -> LoaderFinding {
        guard unit.name.type == "service" else { return .silent }
        let keys = ["ExecCondition", "ExecStartPre", "ExecStart", "ExecStartPost"]
        let lines = keys.flatMap { unit.file.values($0, in: "Service") }
        let commands = lines.compactMap { ExecLine($0) }
        guard lines.contains(where: names) || commands.contains(where: runsNaming) else {
            return .silent
        }
        guard unit.file.values("ExecCondition", in: "Service").isEmpty, !conflicts(unit) else {
            return .opaque
        }
        if let known = KnownLoader(unit, commands) {
            return known.steps(on: host, units).map { .loads(loader(unit, $0)) } ?? .opaque
        }
        let steps = commands.map { step($0) }
        guard !steps.contains(nil), !undoesItself(unit) else { return .opaque }
        return .loads(loader(unit, steps.compactMap(\.self)))
    }

    private func loader(_ unit: BootUnits.Unit, _ steps: [LoaderStep]) -> RuleLoader {
        RuleLoader(
            name: unit.name.text, steps: steps,
            isCertain: UnitCertainty(host: host, units: units).isCertain(unit),
            after: Set(unit.file.words("After", in: "Unit")),
            before: Set(unit.file.words("Before", in: "Unit")))
    }

    // Of two units that exclude each other only one is started, and which one is not known.
    private func conflicts(_ unit: BootUnits.Unit) -> Bool {
        units.all.contains { other in
            other.name != unit.name && (excludes(unit, other) || excludes(other, unit))
        }
    }

    private func excludes(_ unit: BootUnits.Unit, _ other: BootUnits.Unit) -> Bool {
        unit.file.words("Conflicts", in: "Unit").compactMap { UnitName($0) }.contains { name in
            if name == other.name { return true }
            // An alias is a link by another name.
            guard name.type == "service",
                case .unit(let own, _)? = try? UnitLookup(host: host).find(name)
            else { return false }
            return own == other.name
        }
    }

    private func names(_ line: String) -> Bool { FilterPrograms.areNamed(in: line.utf8) }

    // A script is as good as its text; a program of machine code is known by its name.
    private func runsNaming(_ line: ExecLine) -> Bool {
        line.words.contains { word in
            word.hasPrefix("/") && ProgramText(of: HostPath(word), on: host).mayChangeRules
        }
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

    // A unit that does not stay active runs what stops it as soon as it has started.
    private func undoesItself(_ unit: BootUnits.Unit) -> Bool {
        let stays = ["yes", "true", "1", "on"].contains(
            unit.file.value("RemainAfterExit", in: "Service"))
        let stops = ["ExecStop", "ExecStopPost"].flatMap { unit.file.values($0, in: "Service") }
        return !stays && stops.contains(where: names)
    }
}
