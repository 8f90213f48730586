import Agent
import Testing

/// The statuses that a run leaves with are a promise to scripts.
struct ExitStatusTests {
    @Test func `every status has its number for ever`() {
        #expect(ExitStatus.allCases.map(\.rawValue) == [0, 1, 2, 3, 4, 64, 70])
        #expect(ExitStatus(rawValue: 0) == .met)
        #expect(ExitStatus(rawValue: 1) == .notMet)
        #expect(ExitStatus(rawValue: 2) == .rejected)
        #expect(ExitStatus(rawValue: 3) == .notCurrent)
        #expect(ExitStatus(rawValue: 4) == .undecided)
        #expect(ExitStatus(rawValue: 64) == .wrongUsage)
        #expect(ExitStatus(rawValue: 70) == .internalError)
    }
}
