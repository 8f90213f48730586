package import Documents

extension ProbePack {
    /// Where the catalogue and the built-in probes' `obligations` say different things.
    ///
    /// An added promise probe is not in the catalogue: it can fail an obligation, never pass it.
    package var disagreements: [Diagnostic] {
        let promises = files.filter {
            $0.probe.weight == .promise && $0.probe.origin == .builtIn
        }
        let missing = promises.flatMap { file in
            file.probe.obligations.filter { !names(file.probe.id, in: $0) }.map { obligation in
                file.diagnostic(
                    in: "obligations", "the catalogue does not name this probe for \(obligation)",
                    hint: "add it to 'probes' of the obligation")
            }
        }
        let superfluous = catalogue.obligations.flatMap { obligation in
            obligation.probes.compactMap { id -> Diagnostic? in
                let isPromised = promises.contains {
                    $0.probe.id == id && $0.probe.obligations.contains(obligation.id)
                }
                guard !isPromised else { return nil }
                return Diagnostic(
                    at: Mark(file: catalogue.file),
                    "\(obligation.id) names '\(id)', which is no promise probe of it",
                    hint: Suggestion.hint(for: id, among: promises.map(\.probe.id)))
            }
        }
        return missing + superfluous
    }

    private func names(_ probe: String, in obligation: String) -> Bool {
        catalogue.obligations.contains { $0.id == obligation && $0.probes.contains(probe) }
    }
}
