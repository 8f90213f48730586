import Agent
import ArgumentParser
import Linux
import Probes

/// Begins a probe with its cases.
struct ProbeNewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Begin a probe and its cases, to be changed.")

    @Argument(help: ArgumentHelp("<subject>/<name>, for ever.", valueName: "id"))
    var id: String

    @Option(help: ArgumentHelp("The directory of probes.", valueName: "dir"))
    var directory = "."

    func run() throws {
        guard let template = ProbeTemplate(id: id) else {
            throw CommandFailure(
                .wrongUsage, "'\(id)' is no probe's id",
                hint: "it is <subject>/<name>, in lower-case letters, digits and hyphens")
        }
        let files = [
            (template.probePath, template.probe), (template.casesPath, template.cases),
        ]
        for (path, text) in files {
            let (parent, name) = AbsolutePath.parts(of: "\(directory)/\(path)")
            do throws(StateError) {
                try StateDirectory(path: parent, creating: true)
                    .create(.init(name, Array(text.utf8)))
            } catch {
                throw CommandFailure(.wrongUsage, "\(error.path): \(error.code.sentence)")
            }
            StandardStream.output.write("\(parent)/\(name)\n")
        }
    }
}
