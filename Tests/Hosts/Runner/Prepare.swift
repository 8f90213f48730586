import ArgumentParser
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
        let states = try files.flatMap { file in
            try StateFile(read(file), name: file, placeholders: names).states
        }
        let plan = try self.plan.map { try Plan(read($0), name: $0) } ?? .labelled
        let cases = plan.cases(of: states, only: Glob(only)).sorted { $0.cost > $1.cost }
        guard !cases.isEmpty else { throw ValidationError("no state matches") }
        for hostCase in cases {
            try CaseDirectory("\(into)/cases/\(hostCase.name)").write(hostCase)
        }
        let order = cases.map { "\(into)/cases/\($0.name)\n" }.joined()
        try Data(order.utf8).write(to: URL(filePath: "\(into)/order"))
    }

    private func read(_ file: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: file)), as: UTF8.self)
    }
}
