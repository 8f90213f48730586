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
            let entered = answers["ActiveEnterTimestamp"].flatMap(Self.microseconds)
        else {
            hasRun = false
            return
        }
        let programs = Self.programs(of: unit.file)
        hasRun =
            programs.allSatisfy { (try? host.exists($0)) == true }
            && files.allSatisfy { file in
                (Self.lastChange(of: file, on: host) ?? .max) < entered - Self.tick
            }
    }

    // Microseconds by which the kernel may write down a change too early: its clock for files ticks.
    private static let tick: Int64 = 20_000

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
            "show", "--timestamp=us+utc", "--property=\(properties.joined(separator: ","))", name,
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

    // `Sun 2025-06-15 15:06:40.123456 UTC`; empty where it was never active since the machine
    // started.
    private static func microseconds(_ text: String) -> Int64? {
        let form = /[A-Z][a-z]{2} (\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)\.(\d{6}) UTC/
        guard let match = text.wholeMatch(of: form)?.output else { return nil }
        let parts = [match.1, match.2, match.3, match.4, match.5, match.6, match.7]
        let numbers = parts.compactMap { Int64($0) }
        guard numbers.count == 7, (1970...9999).contains(numbers[0]),
            (1...12).contains(numbers[1])
        else { return nil }
        let days = days(before: numbers[0], numbers[1]) + numbers[2] - 1
        let seconds = ((days * 24 + numbers[3]) * 60 + numbers[4]) * 60 + numbers[5]
        return seconds * 1_000_000 + numbers[6]
    }

    // The days from 1970 to the beginning of a month.
    private static func days(before year: Int64, _ month: Int64) -> Int64 {
        func isLong(_ year: Int64) -> Bool {
            year.isMultiple(of: 4) && !year.isMultiple(of: 100) || year.isMultiple(of: 400)
        }
        let lengths: [Int64] = [31, isLong(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        let years = (1970..<year).reduce(Int64(0)) { $0 + (isLong($1) ? 366 : 365) }
        return years + lengths.prefix(Int(month) - 1).reduce(0, +)
    }

    // Scripts, and files that are named to them.
    private static func programs(of unit: UnitFile) -> [HostPath] {
        ["ExecStartPre", "ExecStart", "ExecStartPost"].flatMap { unit.values($0, in: "Service") }
            .compactMap { ExecLine($0) }.flatMap(\.words).filter { $0.hasPrefix("/") }
            .map { HostPath($0) }
    }
}
