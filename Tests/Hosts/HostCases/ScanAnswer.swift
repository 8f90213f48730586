package import FoundationEssentials

/// What a scan said about a clause.
package enum ScanAnswer: Sendable, Hashable {
    case verdict(Answer)
    /// No probe of this version measures what the label is about.
    case notMeasured
    /// It printed no report that can be understood.
    case malformed(String)

    /// Reads what `assay scan --format json` printed: a signed line, or the statement alone.
    package init(_ output: Data, about label: Label) {
        do {
            let statement = try Self.statement(output)
            guard let clause = statement.predicate.controls.first(where: { $0.id == label.clause })
            else {
                self = .notMeasured
                return
            }
            self = Self.answer(clause, about: label)
        } catch {
            self = .malformed("\(error)")
        }
    }

    private static func statement(_ output: Data) throws -> Statement {
        let decoder = JSONDecoder()
        guard let envelope = try? decoder.decode(Envelope.self, from: output) else {
            return try decoder.decode(Statement.self, from: output)
        }
        guard let payload = Data(base64Encoded: envelope.payload) else {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(codingPath: [], debugDescription: "payload is not base64"))
        }
        return try decoder.decode(Statement.self, from: payload)
    }

    private static func answer(_ clause: Clause, about label: Label) -> ScanAnswer {
        let chosen = clause.obligations.filter { label.obligations?.contains($0.id) ?? true }
        let measured = chosen.filter(\.isMeasured)
        let hangsOn = label.obligation
        // Where all that is left is for other roles, the clause has not been looked at yet.
        let isLookedAt =
            measured.contains { $0.reason != "otherRole" } || measured.count == chosen.count
        guard !measured.isEmpty, isLookedAt,
            hangsOn == nil || measured.contains(where: { $0.id == hangsOn })
        else { return .notMeasured }
        if label.runningOnly {
            let running = measured.compactMap { $0.layers?["running"] ?? $0.verdict }
            return answer(running)
        }
        return answer(label.obligations == nil ? [clause.verdict] : measured.map(\.verdict))
    }

    private static func answer(_ words: [String]) -> ScanAnswer {
        let answers = words.compactMap(Answer.init)
        guard answers.count == words.count else {
            return .malformed("a verdict is none of ours: \(words)")
        }
        return .verdict(.worst(answers))
    }

    /// A DSSE envelope; see the DSSE specification, protocol.md.
    private struct Envelope: Decodable { var payload: String }

    /// An in-toto statement with what we read of its predicate.
    private struct Statement: Decodable { var predicate: Predicate }

    private struct Predicate: Decodable { var controls: [Clause] }

    private struct Clause: Decodable {
        var id: String
        var verdict: String
        var obligations: [Obligation]
    }

    private struct Obligation: Decodable {
        var id: String
        var verdict: String
        var reason: String?
        var layers: [String: String]?

        /// Somebody looked, or could have: it is neither unbuilt nor left to others.
        var isMeasured: Bool { !["notMeasured", "decidedElsewhere"].contains(reason) }
    }
}
