import Facts

/// The unit that the operator declares to load the rules, as systemd knows it now.
///
/// What it loaded is taken for what the next boot loads, so it must have run in this boot, as it
/// would run again.
struct PersistedLoader {
    /// Whether it ran in this boot, to its good end, and nothing that it leads to was changed since.
    let hasRun: Bool

    private static let properties = [
        "ActiveState", "Result", "ExecMainStatus", "NeedDaemonReload", "ActiveEnterTimestamp",
    ]

    /// Asks systemd; nobody can tell of an image. What the commands name must be there; of what
    /// scripts name, nothing may have come, gone or changed.
    init(_ unit: BootUnits.Unit, leadingTo files: [HostPath], on host: some HostView) {
        guard host.kind == .live, let answers = Self.answers(unit.name.text, on: host),
            answers["ActiveState"] == "active", answers["Result"] == "success",
            answers["ExecMainStatus"] == "0", answers["NeedDaemonReload"] == "no",
            let entered = answers["ActiveEnterTimestamp"].flatMap(Self.seconds)
        else {
            hasRun = false
            return
        }
        let programs = Self.programs(of: unit.file)
        hasRun =
            programs.allSatisfy { (try? host.exists($0)) == true }
            && files.allSatisfy { (Self.lastChange(of: $0, on: host) ?? .max) < entered }
    }

    // Of what is not there, when the directory was changed in which it would be. In those at the top
    // something comes and goes all the time, and that says nothing.
    private static func lastChange(of path: HostPath, on host: some HostView) -> Int64? {
        do throws(HostError) {
            return try host.status(of: host.resolve(path)).changed
        } catch {
            guard error.code == .notFound, path != "/" else { return nil }
            let isAtTop = path.parent.components.count < 2 || path.parent == "/var/lib"
            return isAtTop ? .min : lastChange(of: path.parent, on: host)
        }
    }

    private static func answers(_ name: String, on host: some HostView) -> [String: String]? {
        let arguments = [
            "show", "--timestamp=unix", "--property=\(properties.joined(separator: ","))", name,
        ]
        guard let answer = try? host.run(HostCommand("/usr/bin/systemctl", arguments)),
            answer.status == 0
        else { return nil }
        var answers: [String: String] = [:]
        for line in String(decoding: answer.output, as: UTF8.self).split(separator: "\n") {
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { answers[String(parts[0])] = String(parts[1]) }
        }
        return answers
    }

    // `@1750000000`; empty where it was never active since the machine started.
    private static func seconds(_ text: String) -> Int64? {
        text.hasPrefix("@") ? Int64(text.dropFirst()) : nil
    }

    // Scripts, and files that are named to them.
    private static func programs(of unit: UnitFile) -> [HostPath] {
        ["ExecStartPre", "ExecStart", "ExecStartPost"].flatMap { unit.values($0, in: "Service") }
            .compactMap { ExecLine($0) }.flatMap(\.words).filter { $0.hasPrefix("/") }
            .map { HostPath($0) }
    }
}
