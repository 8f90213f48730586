import Agent
import ArgumentParser
import Documents
import Linux
import Probes
import SQLite

/// Shows all there is to say about one probe.
struct ProbeShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a probe: what it judges, reads, and why.")

    @Argument(help: ArgumentHelp("Such as accounts/local-passwords.", valueName: "id"))
    var id: String

    func run() throws {
        let pack = try translatingFailures { try ProbePack.installed() }
        guard let file = pack.files.first(where: { $0.probe.id == id }) else {
            throw CommandFailure(
                .wrongUsage, "there is no probe '\(id)'",
                hint: "assay probe list shows their ids")
        }
        do throws(SQLiteError) {
            let plan = try Plan(probes: [file.probe], schemas: Rejudgement.schemas)
            let page = ProbePage(
                of: file, by: pack.catalogue, reads: plan.reads[id] ?? [:],
                cases: cases(of: file, in: pack))
            StandardStream.output.write(page.text)
        } catch {
            throw CommandFailure(.internalError, error.message)
        }
    }

    private func cases(of file: ProbeFile, in pack: ProbePack) -> CaseFile? {
        let name = CaseFile.name(ofProbeFile: file.source.name)
        guard let source = ProbePack.builtInCases.first(where: { $0.name == name }) else {
            return nil
        }
        return CaseFile.reading(
            source, schemas: Rejudgement.schemas, bounds: pack.catalogue.bounds
        ).value
    }
}
