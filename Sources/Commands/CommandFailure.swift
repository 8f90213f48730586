import Agent
import Documents
import Evidence
import Linux

/// Why a command gives up: what it says on standard error, and the status that it leaves with.
struct CommandFailure: Error {
    var status: ExitStatus
    var lines: [String]

    /// One message, and what to do about it.
    init(_ status: ExitStatus, _ message: String, hint: String? = nil) {
        self.status = status
        lines = ["error: \(message)"] + (hint.map { ["hint: \($0)"] } ?? [])
    }

    /// Mistakes in files that people wrote.
    init(_ diagnostics: [Diagnostic]) {
        status = .wrongUsage
        lines = diagnostics.map(\.description)
    }

    /// Evidence that was not accepted, with its code.
    init(_ error: EvidenceError) {
        let line = error.line.map { ":\($0)" } ?? ""
        let status: ExitStatus =
            switch error.code.kind {
            case .rejected: .rejected
            case .notCurrent: .notCurrent
            case .unusable: .wrongUsage
            }
        self.init(
            status, "\(error.file)\(line): \(error.message) [\(error.code.rawValue)]",
            hint: error.hint)
    }

    /// Says it, and gives the status.
    func report() -> Int32 {
        for line in lines {
            StandardStream.error.write("assay: \(line)\n")
        }
        return status.rawValue
    }
}
