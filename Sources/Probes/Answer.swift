import Facts
import SQLite

/// What a probe's SQL answered, held against its population.
struct Answer {
    /// What is wrong with the answer's shape.
    var errors: [String] = []
    private var gaps: [Gap]
    private var population: [String]
    private var excluded: Set<String> = []
    private var judged: [String: SubjectVerdict] = [:]

    /// Asks the probe's questions of a store.
    init(to probe: Probe, in store: borrowing FactStore, reading reads: Plan.Reads?) {
        population = store.table(probe.population)?.keys ?? []
        gaps = Plan.gaps(touching: reads ?? [probe.population: [""]], in: store)
        let members = Set(population)
        var rows: [[Cell]] = []
        if let exclude = probe.exclude {
            ask(exclude, "exclude", in: store, into: &rows)
            for row in rows { takeExclusion(row, members) }
        }
        rows = []
        ask(probe.judge, "judge", in: store, into: &rows)
        for row in rows { takeJudgement(row, members) }
    }

    private mutating func ask(
        _ sql: String, _ part: String, in store: borrowing FactStore, into rows: inout [[Cell]]
    ) {
        do throws(SQLiteError) {
            try store.query(sql, into: &rows)
        } catch {
            errors.append("\(part): \(error.message)")
        }
    }

    private mutating func takeExclusion(_ row: [Cell], _ members: Set<String>) {
        guard row.count == 2, let subject = row[0].text else {
            errors.append("exclude: a row is not of the columns subject and reason")
            return
        }
        guard case .text = row[1] else {
            errors.append("exclude: a subject has no reason")
            return
        }
        if !members.contains(subject) {
            errors.append("exclude: a subject is not of the population")
        }
        if !excluded.insert(subject).inserted { errors.append("exclude: a subject stands twice") }
    }

    private mutating func takeJudgement(_ row: [Cell], _ members: Set<String>) {
        guard row.count == 3 else {
            errors.append("judge: its columns are not subject, ok, observed")
            return
        }
        let verdict: Verdict
        switch row[1] {
        case .integer(1): verdict = .pass
        case .integer(0): verdict = .fail
        case .null: verdict = .unknown
        case .integer, .text, .other:
            verdict = .unknown
            errors.append("judge: ok is neither 1, 0 nor NULL")
        }
        let subject = row[0].text ?? "(unnamed)"
        if row[0].text == nil { errors.append("judge: a subject is not a text") }
        if !members.contains(subject) { errors.append("judge: a subject is not of the population") }
        if excluded.contains(subject) { errors.append("judge: a subject is judged and excluded") }
        let found = SubjectVerdict(subject: subject, verdict: verdict, observed: row[2].text)
        guard let earlier = judged[subject] else {
            judged[subject] = found
            return
        }
        errors.append("judge: a subject is judged twice")
        if found.verdict.rank > earlier.verdict.rank { judged[subject] = found }
    }

    /// The verdict, in the order of the design: fail, unknown, empty, pass.
    func result(of probe: Probe, layer: Layer?) -> ProbeResult {
        let dropped = Set(population).subtracting(judged.keys).subtracting(excluded)
        let subjects =
            judged.values
            + dropped.map { SubjectVerdict(subject: $0, verdict: .unknown, observed: nil) }
        let (verdict, reason) = conclusion(probe, hasDropped: !dropped.isEmpty)
        return ProbeResult(
            probe: probe, layer: layer, verdict: verdict, reason: reason,
            collected: population.count, judged: judged.count, excluded: excluded.count,
            subjects: subjects.sorted {
                $0.subject.utf8.lexicographicallyPrecedes($1.subject.utf8)
            },
            gaps: gaps, error: errors.first)
    }

    private func conclusion(_ probe: Probe, hasDropped: Bool) -> (Verdict, Reason) {
        let verdicts = Set(judged.values.map(\.verdict))
        if verdicts.contains(.fail) { return (.fail, .subjectFailed) }
        if !errors.isEmpty { return (.unknown, .probeError) }
        if let gap = gaps.first { return (.unknown, .gap(gap.code)) }
        if hasDropped { return (.unknown, .subjectDropped) }
        if verdicts.contains(.unknown) { return (.unknown, .subjectUnknown) }
        guard judged.isEmpty else { return (.pass, .allGood) }
        switch probe.empty {
        case .unknown: return (.unknown, .emptyPopulation)
        case .notApplicable: return (.notApplicable, .emptyPopulation)
        }
    }
}

extension Cell {
    /// The text that the cell shows; nil of NULL and of what no fact is.
    fileprivate var text: String? {
        switch self {
        case .text(let text): text
        case .integer(let number): String(number)
        case .null, .other: nil
        }
    }
}
