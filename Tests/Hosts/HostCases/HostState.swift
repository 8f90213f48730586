/// A labelled state: shell scripts that make it, and what is true about it.
package struct HostState: Sendable, Hashable {
    package var id: String
    package var summary: String
    /// The host that is scanned.
    package var machine: Machine
    /// The user that scans; nil for root.
    package var scansAs: String?
    /// The other hosts of the fleet.
    package var peers: [Machine]
    /// The text of the fleet file; nil where one host is judged alone.
    package var fleet: String?
    /// The statements that the test signs for the judgement of the fleet.
    package var attestations: [Attestation]
    /// The Debian releases that the state can be made on.
    package var releases: [String]
    package var label: Label

    /// One host of a state.
    package struct Machine: Sendable, Hashable {
        /// The name among its peers; empty for the host that the label is about.
        package var name = ""
        /// It is booted; otherwise its tree is scanned.
        package var isLive = false
        /// Setup may use the package mirror.
        package var usesNetwork = false
        /// Debian packages that are installed first.
        package var packages: [String] = []
        /// What it needs beyond a plain boot, in the words of the form.
        package var needs: [String] = []
        /// Scripts by the name of their field: `prepare`, `setup`, `check`.
        package var scripts: [String: String] = [:]
        /// The text of `/etc/assay/site.yaml`; nil where there is none.
        package var site: String?
        /// How old its report is when the fleet is judged.
        package var reportAgeDays = 0
    }

    /// A statement of a person about an obligation.
    package struct Attestation: Sendable, Hashable {
        package var obligation: String
        package var statement: String
        /// Negative where it has expired.
        package var expiresInDays: Int
    }
}
