/// What a unit runs, as its files say it.
struct UnitCommands {
    /// The commands that start it, in the order in which they run.
    let starting: [String]
    /// The commands that stop it.
    let stopping: [String]
    /// The commands that start it, and what else decides which those are: its environment, and the
    /// files that it is read from.
    let texts: [String]

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
        stopping = values(["ExecStop", "ExecStopPost"], in: sections)
        texts =
            starting
            + values(["Environment", "EnvironmentFile", "WorkingDirectory"], in: sections)
    }
}
