import ArgumentParser
import FoundationEssentials
import HostCases

/// Prints the table of a run and writes its JUnit file.
struct Report: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Judge a whole run.")

    @Argument(help: "The directory of the run.") var directory: String
    @Flag(help: "A state that waits for its control is not good enough.") var complete = false
    @Flag(help: "Write false passes in red.") var colours = false

    func run() throws {
        let cases = try FileManager.default.contentsOfDirectory(atPath: "\(directory)/cases")
        let findings = cases.sorted().flatMap {
            CaseDirectory("\(directory)/cases/\($0)").findings()
        }
        try Data(JUnit(findings).text.utf8).write(to: URL(filePath: "\(directory)/junit.xml"))
        let summary = Summary(findings)
        print(summary.text(colours: colours), terminator: "")
        guard summary.isGood(complete: complete) else { throw ExitCode.failure }
    }
}
