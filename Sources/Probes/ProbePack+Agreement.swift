package import Documents
import Facts

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
        return missing
            + catalogue.obligations.flatMap { obligation in
                superfluous(in: obligation, promises) + unjudgedRoles(of: obligation, promises)
            }
    }

    private func superfluous(
        in obligation: Catalogue.Obligation, _ promises: [ProbeFile]
    ) -> [Diagnostic] {
        let known = promises.filter { $0.probe.obligations.contains(obligation.id) }
            .map(\.probe.id)
        return obligation.probes.filter { !known.contains($0) }.map { id in
            Diagnostic(
                at: mark(obligation),
                "\(obligation.id) names '\(id)', which is no promise probe of it",
                hint: Suggestion.hint(for: id, among: known))
        }
    }

    // On a host of such a role nothing would be judged, and the promise would not seem to apply.
    private func unjudgedRoles(
        of obligation: Catalogue.Obligation, _ promises: [ProbeFile]
    ) -> [Diagnostic] {
        let own = promises.filter { obligation.probes.contains($0.probe.id) }
        guard !own.isEmpty else { return [] }
        let judged = own.reduce(Set<Role>()) { $0.union($1.probe.roles) }
        return obligation.roles.subtracting(judged).map(\.rawValue).sorted().map { role in
            Diagnostic(
                at: mark(obligation), "no probe of \(obligation.id) is for the role \(role)",
                hint: "add the role to a probe, or take it from the obligation")
        }
    }

    private func mark(_ obligation: Catalogue.Obligation) -> Mark {
        obligation.mark ?? Mark(file: catalogue.file)
    }

    private func names(_ probe: String, in obligation: String) -> Bool {
        catalogue.obligations.contains { $0.id == obligation && $0.probes.contains(probe) }
    }
}
