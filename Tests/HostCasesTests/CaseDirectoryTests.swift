import FoundationEssentials
import HostCases
import Testing

struct CaseDirectoryTests {
    static let pass = ScanAnswerTests.statement(
        "C5", "pass", #"{"id":"C5.1","verdict":"pass","reason":"allGood"}"#)

    /// The rulings of a directory with these files beside the inputs of a booted case.
    static func rulings(_ results: [String: Data]) throws -> [Ruling] {
        let path = FileManager.default.temporaryDirectory
            .appending(path: "assay-\(UUID().uuidString)").path
        let state = HostState(
            id: "C5-1", summary: "", machine: HostState.Machine(isLive: true), peers: [],
            attestations: [], label: Label(clause: "C5", expect: .pass, offline: .pass))
        try CaseDirectory(path).write(HostCase(state: state, release: "12", isBooted: true))
        defer { try? FileManager.default.removeItem(atPath: path) }
        for (name, data) in results { try data.write(to: URL(filePath: "\(path)/\(name)")) }
        return CaseDirectory(path).findings().map(\.ruling)
    }

    @Test func `a scanned case has a finding for the host and one for the tree it left`() throws {
        let results = [
            "outcome": Data("scanned\n".utf8), "scan.json": Self.pass, "offline.json": Self.pass,
        ]
        #expect(try Self.rulings(results) == [.right, .right])
    }

    @Test func `a tree that was not scanned is no verdict`() throws {
        let rulings = try Self.rulings(["outcome": Data("scanned\n".utf8), "scan.json": Self.pass])
        #expect(rulings.first == .right)
        #expect(rulings.count == 2 && !rulings[1].isTolerable)
    }

    @Test func `a host that was not scanned is no verdict`() throws {
        let rulings = try Self.rulings([
            "outcome": Data("scanned\n".utf8), "offline.json": Self.pass,
        ])
        #expect(rulings.first?.isTolerable == false)
    }

    @Test(
        arguments: [
            (
                "checkFailed\nthe state's check ended\nwith status 1",
                Ruling.error("checkFailed: the state's check ended with status 1")
            ),
            ("skipped\nno overlay mount", .skipped("no overlay mount")),
            ("waiting\n", .waiting),
        ])
    func `an outcome without a scan says what happened, whatever lies beside it`(
        outcome: String, ruling: Ruling
    ) throws {
        #expect(
            try Self.rulings(["outcome": Data(outcome.utf8), "scan.json": Self.pass]) == [ruling])
    }

    @Test func `a case that never began is skipped, not right`() throws {
        #expect(try Self.rulings(["scan.json": Self.pass]) == [.skipped("it was not run")])
    }

    @Test func `a directory without its label is an error`() {
        #expect(CaseDirectory("/nonexistent/x").findings().allSatisfy { !$0.ruling.isTolerable })
    }
}
