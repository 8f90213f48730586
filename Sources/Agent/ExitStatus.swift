import Probes
package import Reports

/// What a run answers to its caller: a promise.
package enum ExitStatus: Int32, Sendable, Hashable, CaseIterable {
    case met = 0
    case notMet = 1
    /// Malformed or not authentic.
    case rejected = 2
    /// Authentic, but not current or not for this gate.
    case notCurrent = 3
    case undecided = 4
    case wrongUsage = 64
    case internalError = 70

    /// The answer of a scan: a run that judged nothing is never *met*.
    package init(of report: Report) {
        let promises = report.results.filter { $0.weight == .promise }
        let counted = report.counted
        if promises.contains(where: { $0.verdict == .fail }) || counted.contains(.fail) {
            self = .notMet
        } else if counted.contains(.unknown) || !counted.contains(.pass) {
            self = .undecided
        } else {
            self = .met
        }
    }
}
