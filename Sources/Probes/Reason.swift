package import Facts

/// Why a verdict is what it is: a closed list, stable for machines.
package enum Reason: Sendable, Hashable {
    /// Every member of the population was judged good.
    case allGood
    /// At least one was judged bad.
    case subjectFailed
    /// The judge answered NULL for at least one.
    case subjectUnknown
    /// A member of the population was neither judged nor excluded.
    case subjectDropped
    /// The probe's own answer was not of the agreed shape.
    case probeError
    /// The population is empty, or everybody in it is excluded.
    case emptyPopulation
    /// It hangs on the role, and none is declared.
    case notDeclared
    /// The probe is for other roles.
    case otherRole
    /// The question can only be asked of a running host.
    case notRunning
    /// Only several hosts together can show it.
    case decidedByFleet
    /// No probe of this version measures it.
    case notMeasured
    /// What the probe reads was not all seen: why not.
    case gap(GapCode)

    private static let plain: [(Reason, String)] = [
        (.allGood, "allGood"), (.subjectFailed, "subjectFailed"),
        (.subjectUnknown, "subjectUnknown"), (.subjectDropped, "subjectDropped"),
        (.probeError, "probeError"), (.emptyPopulation, "emptyPopulation"),
        (.notDeclared, "notDeclared"), (.otherRole, "otherRole"), (.notRunning, "notRunning"),
        (.decidedByFleet, "decidedByFleet"), (.notMeasured, "notMeasured"),
    ]

    /// The word for machines; that of a gap is the gap's own.
    package var code: String {
        if case .gap(let code) = self { return code.rawValue }
        return Self.plain.first { $0.0 == self }?.1 ?? ""
    }

    /// The reason that a word stands for.
    package init?(code: String) {
        if let plain = Self.plain.first(where: { $0.1 == code }) {
            self = plain.0
        } else if let code = GapCode(rawValue: code) {
            self = .gap(code)
        } else {
            return nil
        }
    }
}
