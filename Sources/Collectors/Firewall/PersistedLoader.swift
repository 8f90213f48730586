import Facts

/// The unit that the operator declares to load the rules, as systemd knows it now.
///
/// What it loaded is taken for what the next boot loads, so it must have run in this boot, as it
/// would run again.
struct PersistedLoader {
    /// Whether it ran in this boot, to its good end, and nothing that it runs was written since.
    let hasRun: Bool

    private static let properties = [
        "ActiveState", "Result", "ExecMainStatus", "NeedDaemonReload", "ActiveEnterTimestamp",
    ]

    /// Asks systemd; nobody can tell of an image.
    init(_ name: String, _ unit: UnitFile, on host: some HostView) {
        guard host.kind == .live, let answers = Self.answers(name, on: host),
            answers["ActiveState"] == "active", answers["Result"] == "success",
            answers["ExecMainStatus"] == "0", answers["NeedDaemonReload"] == "no",
            let entered = answers["ActiveEnterTimestamp"].flatMap(Self.seconds)
        else {
            hasRun = false
            return
        }
        hasRun = Self.programs(of: unit).allSatisfy { path in
            guard let resolved = try? host.resolve(path),
                let status = try? host.status(of: resolved)
            else { return false }
            return status.modified < entered
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
