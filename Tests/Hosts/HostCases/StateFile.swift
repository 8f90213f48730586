import Yams

/// A file of labelled states; its form is explained at the head of `states/*.yaml`.
package struct StateFile: Sendable {
    package var states: [HostState]

    /// Reads a file's text; an unknown field or a missing one is an error.
    package init(_ text: String, name: String, placeholders: Placeholders) throws(StateError) {
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch {
            throw StateError(name, "it is not YAML: \(error)")
        }
        guard let nodes = root?.sequence else {
            throw StateError(name, "it is not a list of states")
        }
        states = []
        for node in nodes {
            states.append(try Self.state(node, file: name, placeholders: placeholders))
        }
        let ids = Set(states.map(\.id))
        guard ids.count == states.count else { throw StateError(name, "two states have one id") }
    }

    private static func state(
        _ node: Node, file: String, placeholders: Placeholders
    ) throws(StateError) -> HostState {
        let id = node["id"]?.string ?? "a state without id"
        var fields = try StateFields(node, place: "\(file): \(id)", placeholders: placeholders)
        // What a reader wants to know; nothing depends on it.
        for note in ["why", "contested", "checked", "note"] { fields.ignore(note) }
        let fleet = fields.document("fleet")
        var label = Label(
            clause: try fields.text("clause"), expect: try fields.answer("expect"),
            accept: try fields.answers("accept"))
        label.offline = try fields.answerIfGiven("offlineExpect")
        label.runningOnly = try fields.oneOf(["running"], "layer") != nil
        label.ofFleet = fleet != nil
        let state = HostState(
            id: try fields.text("id"), summary: try fields.text("summary"),
            machine: try machine(&fields), scansAs: try fields.textIfGiven("run_as"),
            peers: try peers(fields.nodes("peers"), in: fields), fleet: fleet,
            attestations: try attestations(fields.nodes("attestations"), in: fields),
            releases: try fields.words("debian"), label: label)
        try fields.finish()
        return state
    }

    private static func machine(
        _ fields: inout StateFields
    ) throws(StateError) -> HostState.Machine {
        var machine = HostState.Machine()
        machine.isLive = try fields.flag("live")
        machine.usesNetwork = try fields.flag("net")
        machine.packages = try fields.words("packages")
        machine.needs = try fields.words("needs")
        for script in ["prepare", "setup", "check"] {
            machine.scripts[script] = try fields.textIfGiven(script)
        }
        machine.site = fields.document("site")
        for need in machine.needs where !["eth0", "writable net sysctls"].contains(need) {
            throw StateError(fields.place, "nobody can give it \"\(need)\"")
        }
        return machine
    }

    private static func peers(
        _ nodes: [Node], in state: StateFields
    ) throws(StateError) -> [HostState.Machine] {
        var peers: [HostState.Machine] = []
        for node in nodes {
            var fields = try state.nested(node)
            var peer = try machine(&fields)
            peer.name = try fields.text("name")
            peer.reportAgeDays = try fields.number("report_age_days") ?? 0
            try fields.finish()
            peers.append(peer)
        }
        return peers
    }

    private static func attestations(
        _ nodes: [Node], in state: StateFields
    ) throws(StateError) -> [HostState.Attestation] {
        var attestations: [HostState.Attestation] = []
        for node in nodes {
            var fields = try state.nested(node)
            let attestation = HostState.Attestation(
                obligation: try fields.text("obligation"), statement: try fields.text("statement"),
                expiresInDays: try fields.number("expires_in_days") ?? 0)
            try fields.finish()
            attestations.append(attestation)
        }
        return attestations
    }
}
