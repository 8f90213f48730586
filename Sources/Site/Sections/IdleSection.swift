import Documents
import Facts

/// When a workstation that nobody uses must lock.
package struct IdleSection: Sendable, Hashable {
    /// Whether it is declared; otherwise it is what the contract says.
    package var isDeclared: Bool
    package var maxSeconds: Int64
    package var toleranceSeconds: Int64
    /// Whether a setting that users may change is a failure.
    package var requireMandatory: Bool
    /// Whether text sessions are judged beside a desktop.
    package var textSessions: Bool

    /// What holds without a declaration.
    init(_ bounds: ContractBounds) {
        isDeclared = false
        maxSeconds = bounds.idleSeconds
        toleranceSeconds = bounds.idleToleranceSeconds
        requireMandatory = false
        textSessions = false
    }

    init(from reader: inout MappingReader, _ bounds: ContractBounds) {
        self.init(bounds)
        isDeclared = true
        maxSeconds = reader.bounded("max_seconds", from: 1, to: bounds.idleSeconds) ?? maxSeconds
        toleranceSeconds =
            reader.bounded("tolerance_seconds", from: 0, to: bounds.idleToleranceSeconds)
            ?? toleranceSeconds
        requireMandatory = reader.truth("require_mandatory", or: false)
        textSessions = reader.truth("text_sessions", or: false)
    }

    static let table = FactTable<IdleSection>(
        "site_idle", "When an unused workstation must lock, as declared or else as promised.",
        key: .column("declaration"), layer: .both,
        columns: [
            .text("declaration", \.declaration, "Always `idle`."),
            .truth("declared", \.isDeclared, "Whether the section is there."),
            .integer("max_seconds", \.maxSeconds, "Seconds without use."),
            .integer("tolerance_seconds", \.toleranceSeconds, "Seconds that a desktop may add."),
            .truth("require_mandatory", \.requireMandatory, "Whether users may not change it."),
            .truth("text_sessions", \.textSessions, "Whether text sessions count."),
        ])

    private var declaration: String { "idle" }
}

extension MappingReader {
    /// A number that may be stricter than the contract's bound, and never looser.
    mutating func bounded(_ key: String, from least: Int64, to bound: Int64) -> Int64? {
        guard let number = optionalInteger(key, in: least...Int64.max) else { return nil }
        if number > bound {
            error(
                "'\(key)' is looser than the contract, which says \(bound)", in: key,
                hint: "declare at most \(bound)")
            return nil
        }
        return number
    }
}
