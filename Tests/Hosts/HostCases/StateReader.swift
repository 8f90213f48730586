import Documents

/// Makes a state of the mapping that describes it.
struct StateReader {
    var placeholders: Placeholders

    func state(_ reader: inout MappingReader) -> HostState {
        // What a person wants to know; nothing depends on it.
        for note in ["why", "contested", "checked", "note"] { _ = reader.node(note) }
        let fleet = document("fleet", &reader)
        let runningOnly = reader.optionalChoice("layer", of: Layer.self) != nil
        let label = Label(
            clause: reader.text("clause"),
            expect: reader.choice("expect", of: Answer.self) ?? .fail,
            accept: answers("accept", &reader),
            offline: reader.optionalChoice("offlineExpect", of: Answer.self),
            runningOnly: runningOnly, ofFleet: fleet != nil,
            obligation: reader.optionalText("obligation"))
        return HostState(
            id: reader.text("id"), summary: placeholders.filled(reader.text("summary")),
            release: reader.optionalChoice("release", of: Release.self)?.rawValue,
            machine: machine(&reader),
            scansAs: reader.optionalText("run_as"),
            sandbox: reader.optionalText("sandbox"),
            peers: reader.sections("peers") { peer(&$0) }, fleet: fleet,
            attestations: reader.sections("attestations") { attestation(&$0) }, label: label)
    }

    private enum Layer: String, CaseIterable { case running }
    private enum Release: String, CaseIterable {
        case bookworm = "12"
        case trixie = "13"
    }

    private func machine(_ reader: inout MappingReader) -> HostState.Machine {
        var machine = HostState.Machine()
        machine.isLive = reader.truth("live", or: false)
        machine.usesNetwork = reader.truth("net", or: false)
        machine.packages = reader.texts("packages")
        machine.needs = reader.list("needs").compactMap { node in
            let need: HostState.Need? = reader.choice(node, "needs")
            return need
        }
        for script in ["prepare", "setup", "check"] {
            machine.scripts[script] = reader.optionalText(script).map(placeholders.filled)
        }
        machine.site = document("site", &reader)
        return machine
    }

    private func peer(_ reader: inout MappingReader) -> HostState.Machine {
        var peer = machine(&reader)
        peer.name = reader.text("name")
        if peer.name.contains("/") { reader.error("a name cannot be a path", in: "name") }
        let age = reader.optionalInteger("report_age_days", in: 0...3650)
        peer.reportAgeDays = Int(age ?? 0)
        return peer
    }

    private func attestation(_ reader: inout MappingReader) -> HostState.Attestation {
        HostState.Attestation(
            obligation: reader.text("obligation"), statement: reader.text("statement"),
            expiresInDays: Int(reader.integer("expires_in_days", in: -3650...3650)))
    }

    private func answers(_ key: String, _ reader: inout MappingReader) -> [Answer] {
        reader.list(key).compactMap { node in
            let answer: Answer? = reader.choice(node, key)
            return answer
        }
    }

    /// A nested document as a file of its own; one that is given as a block of text is that text.
    private func document(_ key: String, _ reader: inout MappingReader) -> String? {
        guard let node = reader.node(key) else { return nil }
        return placeholders.filled(node.text ?? YAMLText(node).text)
    }
}
