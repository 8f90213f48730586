import Agent
import ArgumentParser
import Documents
import Facts
import Linux
import Probes
import Reports

extension OutputFormat: ExpressibleByArgument {}
extension Language: ExpressibleByArgument {}

/// How and where a report is shown.
struct OutputOptions: ParsableArguments {
    @Option(help: "text, json (the signed line) or markdown.")
    var format: OutputFormat = .text

    @Option(help: ArgumentHelp("Write the result to this file instead.", valueName: "file"))
    var output: String?

    @Option(help: "The language of obligations: it, en or fr.")
    var language: Language = .en

    @Flag(inversion: .prefixedNo, help: "Colours; by default on a terminal without NO_COLOR.")
    var color: Bool?

    /// Shows a report; `names` are put in the place of pseudonyms on the host's own terminal.
    func show(_ report: Report, line: [UInt8], names: [String: String]) throws {
        let catalogue = ProbePack.builtInCatalogue.value
        let isTerminal = output == nil && StandardStream.output.isTerminal
        let bytes: [UInt8]
        switch format {
        case .json: bytes = line + [0x0A]
        case .markdown:
            bytes = Array(
                MarkdownFormat(catalogue: catalogue, language: language).text(of: report).utf8)
        case .text:
            let isColoured = color ?? (isTerminal && Environment.value("NO_COLOR") == nil)
            let format = TextFormat(
                catalogue: catalogue, palette: Palette(isColoured: isColoured), language: language,
                reveal: { Pseudonyms.reveal($0, isTerminal ? names : [:]) })
            bytes = Array(format.text(of: report).utf8)
        }
        try write(bytes)
    }

    private func write(_ bytes: [UInt8]) throws {
        guard let output else {
            guard StandardStream.output.write(bytes) else {
                throw CommandFailure(.internalError, "standard output cannot be written")
            }
            return
        }
        do throws(StateError) {
            let (directory, name) = AbsolutePath.parts(of: output)
            try StateDirectory(path: directory, creating: false).replace([.init(name, bytes)])
        } catch {
            throw CommandFailure(
                .wrongUsage, "\(error.path): \(error.code.sentence)",
                hint: "name a file in a directory that no other user can write")
        }
    }
}
