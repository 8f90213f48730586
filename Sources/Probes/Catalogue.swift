package import Documents
package import Facts
package import Site

/// A language of the catalogue.
package enum Language: String, Sendable, Hashable, CaseIterable {
    case it, en, fr
}

/// What was promised: clauses, made of obligations.
package struct Catalogue: Sendable, Hashable {
    /// Who can see whether an obligation is met.
    package enum Decider: String, Sendable, Hashable, CaseIterable {
        case host, fleet, series, gate, attestation
    }

    /// One promise.
    package struct Obligation: Sendable, Hashable {
        /// Such as `C5.1`.
        package var id: String
        /// Our paraphrase, in every language.
        package var text: [Language: String]
        /// Who decides it, the first one foremost.
        package var decides: [Decider]
        /// A host can fail it, only a fleet can pass it (C6.2, C6.4).
        package var passesOnlyInFleet: Bool
        package var roles: Set<Role>
        /// The ids of the promise probes that decide it on a host.
        package var probes: [String]
        /// Where it stands in the file; nil where it is of none.
        package var mark: Mark?

        /// An obligation by its parts.
        package init(
            id: String, text: [Language: String], decides: [Decider], passesOnlyInFleet: Bool,
            roles: Set<Role>, probes: [String], mark: Mark? = nil
        ) {
            self.id = id
            self.text = text
            self.decides = decides
            self.passesOnlyInFleet = passesOnlyInFleet
            self.roles = roles
            self.probes = probes
            self.mark = mark
        }
    }

    /// A clause of the contract's appendix, such as `C5`.
    package struct Clause: Sendable, Hashable {
        package var id: String
        package var title: [Language: String]
        package var obligations: [Obligation]

        /// A clause by its parts.
        package init(id: String, title: [Language: String], obligations: [Obligation]) {
            self.id = id
            self.title = title
            self.obligations = obligations
        }
    }

    /// The catalogue's own id and version.
    package var id: String
    package var version: String
    /// The name of its file.
    package var file: String
    /// Lower-case hex SHA-256 of the file's bytes.
    package var sha256: String
    /// How loose a host's own declaration may be.
    package var bounds: ContractBounds
    package var clauses: [Clause]

    /// A catalogue by its parts.
    package init(
        id: String, version: String, file: String = "", sha256: String,
        bounds: ContractBounds = .none, clauses: [Clause]
    ) {
        self.id = id
        self.version = version
        self.file = file
        self.sha256 = sha256
        self.bounds = bounds
        self.clauses = clauses
    }

    /// Every obligation, in the order of the catalogue.
    package var obligations: [Obligation] { clauses.flatMap(\.obligations) }
}
