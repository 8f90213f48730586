package import Documents

/// A file of labelled states; `states/README.md` explains its form.
package struct StateFile: Sendable {
    package var states: [HostState]

    /// The states of a file; every mistake of it is reported, and one forbids its use.
    package static func reading(
        _ file: SourceFile, placeholders: Placeholders
    ) -> Reading<StateFile> {
        YAMLDocument.reading(file).flatMap { document in
            guard case .list(let nodes) = document.root.content else {
                let mistake = Diagnostic(
                    at: document.root.mark, "the file must be a list of states")
                return Reading(nil, [mistake])
            }
            var states: [HostState] = []
            var diagnostics: [Diagnostic] = []
            for node in nodes {
                let state = MappingReader.reading(node, "a state") { reader in
                    StateReader(placeholders: placeholders).state(&reader)
                }
                diagnostics += state.diagnostics
                guard let value = state.value else { continue }
                if states.contains(where: { $0.id == value.id }) {
                    diagnostics.append(Diagnostic(at: node.mark, "two states are \(value.id)"))
                }
                states.append(value)
            }
            return Reading(StateFile(states: states), diagnostics)
        }
    }
}
