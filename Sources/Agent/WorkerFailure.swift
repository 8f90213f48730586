package import Facts

/// Why a worker has no answer.
package enum WorkerFailure: Error, Sendable, Hashable {
    case timedOut
    /// It died, or could not be started.
    case crashed
    /// What it answered is not an answer.
    case notParsed
    /// It does not know what it was asked.
    case unknown
    /// It could not open the host.
    case noHost(HostError.Code)

    /// What it leaves unknown.
    package func gap(in table: String) -> Gap {
        switch self {
        case .timedOut: Gap(.timedOut, in: table, "it was not gathered by the deadline")
        case .crashed: Gap(.crashed, in: table, "the worker that gathered it died")
        case .notParsed: Gap(.notParsed, in: table, "the worker's answer was not understood")
        case .unknown: Gap(.notCollected, in: table, "this version does not collect it")
        case .noHost(let code):
            Gap(code == .notFound ? .notAvailable : code.gapCode, in: table, code.sentence)
        }
    }
}
