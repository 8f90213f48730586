import Agent
import Evidence
import Facts

/// Carries out a part of a scan, and says what stopped it as a person needs it.
func translatingFailures<Result>(_ body: () throws -> Result) throws -> Result {
    do {
        return try body()
    } catch let failure as ScanRun.Failure {
        throw CommandFailure(failure)
    } catch let error as EvidenceError {
        throw CommandFailure(error)
    }
}

extension CommandFailure {
    init(_ failure: ScanRun.Failure) {
        switch failure {
        case .diagnostics(let diagnostics): self.init(diagnostics)
        case .noProbe:
            self.init(
                .wrongUsage, "no probe is selected", hint: "assay probe list shows their ids")
        case .broken(let message): self.init(.internalError, message)
        case .noHost(let code):
            self.init(
                .wrongUsage, "the root cannot be opened: \(code.sentence)",
                hint: "name a directory with --root")
        case .evidence(let error): self.init(error)
        case .usage(let message, let hint): self.init(.wrongUsage, message, hint: hint)
        }
    }
}
