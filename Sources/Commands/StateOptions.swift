import Agent
import ArgumentParser
import Evidence
import Linux

/// Where keys, reports and facts are.
struct StateOptions: ParsableArguments {
    @Option(
        name: .customLong("state-dir"),
        help: ArgumentHelp(
            "Keys, reports and facts are kept here.",
            discussion: "root: /var/lib/assay; others: $XDG_STATE_HOME/assay", valueName: "dir"))
    var stateDirectory: String?

    /// The directory; nil where there is none for this user.
    var path: String? {
        if let stateDirectory { return stateDirectory }
        if Identity.effective.user == 0 { return "/var/lib/assay" }
        if let state = Environment.value("XDG_STATE_HOME"), state.hasPrefix("/") {
            return state + "/assay"
        }
        return Environment.value("HOME").map { $0 + "/.local/state/assay" }
    }

    /// The store that must be there to read from.
    func store() throws -> EvidenceStore {
        guard let path else {
            throw CommandFailure(
                .wrongUsage, "there is no state directory for this user",
                hint: "name one with --state-dir")
        }
        do throws(EvidenceError) {
            return try EvidenceStore(path: path)
        } catch {
            throw CommandFailure(error)
        }
    }
}
