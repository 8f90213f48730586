package import Documents
package import Facts
package import Site

/// A host that somebody wrote down, and what a probe must say about it.
package struct ProbeCase: Sendable, Hashable {
    /// What the probe must say.
    package enum Expectation: Sendable, Hashable {
        case pass
        /// These subjects fail, and no others.
        case fail([String])
        /// For this reason.
        case unknown(Reason)
        case notApplicable

        /// The verdict alone.
        package var verdict: Verdict {
            switch self {
            case .pass: .pass
            case .fail: .fail
            case .unknown: .unknown
            case .notApplicable: .notApplicable
            }
        }
    }

    /// A sentence.
    package var name: String
    package var mark: Mark
    package var role: RoleChoice
    /// Which layer's result is meant; nil is all of them.
    package var layer: Layer?
    /// Nil where nothing but the role is declared.
    package var site: SiteFile?
    /// Seconds since 1970.
    package var now: Int64
    /// The files of the host; nil where only tables are given.
    package var files: [HostPath: GivenHost.Node]?
    /// Tables that go straight to the judge.
    package var tables: [GatheredTable]
    package var expectation: Expectation

    /// Which role the host has.
    package enum RoleChoice: Sendable, Hashable {
        case declared(Role)
        /// The first one that the probe is for.
        case fitting
        /// None is declared.
        case none
    }
}
