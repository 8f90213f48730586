/// What a unit runs, as its files say it.
struct UnitCommands {
    /// The commands that start it, in the order in which they run.
    let starting: [String]
    /// Those of them that run when the others are done.
    let finishing: [String]
    /// The commands that stop it.
    let stopping: [String]
    /// Those of them that run after its end, and when a start has failed.
    let ending: [String]
    /// The commands that start it, a line each, those that stop it where it may end by itself, and what else decides which those are: its
    /// environment, the files that it is read from, and where it runs.
    let text: String

    /// Reads the settings of the types of units that run commands.
    init(_ unit: BootUnits.Unit) {
        func values(_ keys: [String], in sections: [String]) -> [String] {
            sections.flatMap { section in
                keys.flatMap { unit.file.values($0, in: section) }.map(unit.name.expanding)
            }
        }
        let sections = ["Service", "Socket"]
        let keys = ["ExecCondition", "ExecStartPre", "ExecStart", "ExecStartPost"]
        starting = values(keys, in: sections)
        finishing = values(["ExecStartPost"], in: sections)
        ending = values(["ExecStopPost"], in: sections)
        stopping = values(["ExecStop"], in: sections) + ending
        // Where a command runs, and what it is told, is no command itself.
        let places = values(["EnvironmentFile", "WorkingDirectory"], in: sections).map { value in
            ": " + value.drop { $0 == "-" }
        }
        let settings = values(["Environment"], in: sections) + places + Self.input(of: unit.file)
        let stays = ["yes", "true", "1", "on"].contains(
            unit.file.value("RemainAfterExit", in: "Service"))
        let commands = (starting + (stays ? [] : stopping)).map { line in
            String(line.drop { "@-:+!|".contains($0) })
        }
        text = (commands + settings).joined(separator: "\n")
    }

    // What a command reads may be what it runs: a file, lines of the unit, or such that are coded.
    private static func input(of file: UnitFile) -> [String] {
        let source = file.value("StandardInput", in: "Service") ?? ""
        var lines = file.values("StandardInputText", in: "Service")
        if source.hasPrefix("file:") { lines.append(". " + source.dropFirst("file:".count)) }
        if !file.values("StandardInputData", in: "Service").isEmpty {
            lines.append("base64 -d | sh")
        }
        return lines
    }
}
