/// One state, to be tried on one release in one way.
package struct HostCase: Sendable, Hashable {
    package var state: HostState
    package var release: String
    package var isBooted: Bool

    /// A case by its parts.
    package init(state: HostState, release: String, isBooted: Bool) {
        self.state = state
        self.release = release
        self.isBooted = isBooted
    }

    /// The name of its directory, such as `C5-003@12-tree`.
    package var name: String { "\(state.id)@\(release)-\(isBooted ? "booted" : "tree")" }

    /// About how long it takes, in seconds: the longest begin first, so that no core waits at the end.
    package var cost: Int {
        let installs = state.machine.usesNetwork || !state.machine.packages.isEmpty
        return (installs ? 20 : 1) + (isBooted ? 2 : 0) + state.peers.count
    }

    /// The files of the case's directory, text by path, as `case.sh` reads them.
    package var files: [String: String] {
        var files = Self.files(of: state.machine)
        files["release"] = release
        files["way"] = isBooted ? "booted" : "tree"
        files["run-as"] = state.scansAs
        files["sandbox"] = state.sandbox
        files["fleet.yaml"] = state.fleet
        files["offline"] = state.label.offline?.rawValue
        files["id"] = state.id
        files["summary"] = state.summary
        files["clause"] = state.label.clause
        files["expect"] = state.label.expect.rawValue
        files["accept"] = lines(state.label.accept.map(\.rawValue))
        files["obligation"] = state.label.obligation
        files["layer"] = state.label.runningOnly ? "running" : nil
        files["attestations"] = lines(
            state.attestations.map { "\($0.obligation)\t\($0.expiresInDays)\t\($0.statement)" })
        for peer in state.peers {
            for (path, text) in Self.files(of: peer) { files["peers/\(peer.name)/\(path)"] = text }
            files["peers/\(peer.name)/way"] = peer.isLive ? "booted" : "tree"
            files["peers/\(peer.name)/release"] = release
            files["peers/\(peer.name)/report-age-days"] = "\(peer.reportAgeDays)"
        }
        return files
    }

    private static func files(of machine: HostState.Machine) -> [String: String] {
        var files = machine.scripts
        files["site.yaml"] = machine.site
        files["net"] = machine.usesNetwork ? "true" : nil
        files["packages"] = lines(machine.packages)
        files["needs"] = lines(machine.needs.map(\.rawValue))
        return files
    }
}

/// One item a line; nothing where there is none.
private func lines(_ items: [String]) -> String? {
    items.isEmpty ? nil : items.joined(separator: "\n") + "\n"
}
