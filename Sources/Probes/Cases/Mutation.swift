import Documents
import SQLite

/// Changes a probe's SQL piece by piece, and sees whether its cases notice.
struct Mutation {
    private let file: ProbeFile
    private let trial: Trial

    init(of file: ProbeFile, _ trial: Trial) {
        self.file = file
        self.trial = trial
    }

    /// Every change that no case notices and nobody explains, and every explanation without one.
    func findings() throws(SQLiteError) -> [Diagnostic] {
        let hosts = trial.cases.cases.map {
            (host: trial.bench.host(of: $0, for: file.probe), expectation: $0.expectation)
        }
        var survivors: [SQLMutant] = []
        for mutant in mutants where try survives(mutant, hosts) { survivors.append(mutant) }
        let explained = Set(trial.cases.equivalents.map(\.mutant))
        let unnoticed = survivors.filter { !explained.contains($0.name) }.map { mutant in
            file.diagnostic(
                in: mutant.part.rawValue, "no case notices \(mutant.name)",
                hint: "add a case that does, or list it in \(trial.cases.name) as 'equivalent'")
        }
        return unnoticed + stale(survivors)
    }

    private var mutants: [SQLMutant] {
        let parts: [(SQLText.Part, String?)] = [
            (.judge, file.probe.judge), (.exclude, file.probe.exclude),
        ]
        return parts.flatMap { part, sql in
            sql.flatMap { SQLText(part, $0) }.map(SQLMutant.all) ?? []
        }
    }

    // A change that SQLite does not compile is noticed before any case.
    private func survives(
        _ mutant: SQLMutant, _ hosts: [(host: CaseBench.Host, expectation: ProbeCase.Expectation)]
    ) throws(SQLiteError) -> Bool {
        let changed = mutant.applied(to: file.probe)
        for (host, expectation) in hosts {
            guard let outcome = try trial.bench.outcome(of: changed, on: host),
                outcome.isExpected(expectation)
            else { return false }
        }
        return true
    }

    private func stale(_ survivors: [SQLMutant]) -> [Diagnostic] {
        let names = Set(survivors.map(\.name))
        let arising = Set(mutants.map(\.name))
        return trial.cases.equivalents.filter { !names.contains($0.mutant) }.map { listed in
            arising.contains(listed.mutant)
                ? Diagnostic(at: listed.mark, "a case notices this change, so it is not equivalent")
                : Diagnostic(at: listed.mark, "this change no longer arises")
        }
    }
}
