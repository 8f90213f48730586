import ArgumentParser
import Documents
import FoundationEssentials
import HostCases

/// Writes a directory for every case, and the list of them.
struct Prepare: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Write the cases' directories.")

    @Argument(help: "Files of labelled states.") var files: [String]
    @Option(help: "The plan: lines of release, way, globs.") var plan: String?
    @Option(help: "Only states whose id matches.") var only = "*"
    @Option(help: "Where the directories go.") var into: String
    @Option(help: "Host name of the package mirror.") var mirror: String
    @Option(help: "Host name of the security mirror.") var security: String
    @Option(help: "Host name of the archive.") var archive: String

    func run() throws {
        let names = Placeholders(mirror: mirror, security: security, archive: archive)
        let states = try files.flatMap { try read($0, names) }
        let plan = try self.plan.map { try Plan(text(of: $0), name: $0) } ?? .labelled
        let cases = plan.cases(of: states, only: Glob(only)).sorted { $0.cost > $1.cost }
        guard !cases.isEmpty else { throw ValidationError("no state matches") }
        for hostCase in cases {
            try CaseDirectory("\(into)/cases/\(hostCase.name)").write(hostCase)
        }
        let order = cases.map { "\(into)/cases/\($0.name)\n" }.joined()
        try Data(order.utf8).write(to: URL(filePath: "\(into)/order"))
    }

    private func read(_ file: String, _ names: Placeholders) throws -> [HostState] {
        let source = SourceFile(name: file, text: try text(of: file))
        let reading = StateFile.reading(source, placeholders: names)
        guard let value = reading.value else {
            throw ValidationError(reading.diagnostics.map(\.description).joined(separator: "\n"))
        }
        return value.states
    }

    private func text(of file: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: file)), as: UTF8.self)
    }
}
