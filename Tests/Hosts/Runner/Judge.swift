import ArgumentParser
import HostCases

/// Prints what one case came to.
struct Judge: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Judge one case.")

    @Argument(help: "The case's directory.") var directory: String

    func run() {
        for finding in CaseDirectory(directory).findings() {
            print("\(finding.name): \(finding.ruling.words)")
        }
    }
}
