/// A labelled state: shell scripts that make it, and what is true about it.
package struct HostState: Sendable, Hashable {
    package var id: String
    package var summary: String
    /// The only release that the label is about; nil where it holds for all.
    package var release: String?
    /// The host that is scanned.
    package var machine: Machine
    /// The user that scans; nil for root.
    package var scansAs: String?
    /// A script in a booted host whose `"$@"` is the scan; nil where nothing is around it.
    package var sandbox: String?
    /// The other hosts of the fleet.
    package var peers: [Machine]
    /// The text of the fleet file; nil where one host is judged alone.
    package var fleet: String?
    /// The statements that the test signs for the judgement of the fleet.
    package var attestations: [Attestation]
    package var label: Label

    /// A state by its parts.
    package init(
        id: String, summary: String, release: String? = nil, machine: Machine,
        scansAs: String? = nil,
        sandbox: String? = nil, peers: [Machine],
        fleet: String? = nil, attestations: [Attestation], label: Label
    ) {
        self.id = id
        self.summary = summary
        self.release = release
        self.machine = machine
        self.scansAs = scansAs
        self.sandbox = sandbox
        self.peers = peers
        self.fleet = fleet
        self.attestations = attestations
        self.label = label
    }

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
        /// What it needs beyond a plain boot.
        package var needs: [Need] = []
        /// Scripts by the name of their field: `prepare`, `setup`, `check`.
        package var scripts: [String: String] = [:]
        /// The text of `/etc/assay/site.yaml`; nil where there is none.
        package var site: String?
        /// How old its report is when the fleet is judged.
        package var reportAgeDays = 0

        /// A host of which only the way it is brought to life is known.
        package init(isLive: Bool = false) {
            self.isLive = isLive
        }
    }

    /// What the runner gives a booted host, in the words of the form.
    package enum Need: String, Sendable, Hashable, CaseIterable {
        /// An interface of that name before boot, with 192.0.2.1/24 and 2001:db8::1/64.
        case eth0
        /// The host may write `/proc/sys/net`.
        case writableNetworkSysctls = "writable net sysctls"
    }

    /// A statement of a person about an obligation.
    package struct Attestation: Sendable, Hashable {
        package var obligation: String
        package var statement: String
        /// Negative where it has expired.
        package var expiresInDays: Int
    }
}
