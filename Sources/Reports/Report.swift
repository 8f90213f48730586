package import Facts
package import Probes

/// What a scan found, as it is signed: the predicate of `urn:assay:predicate:report:v1`.
///
/// `reports/report-v1.md` says what every member means.
package struct Report: Sendable, Hashable {
    /// A file of facts and its digest.
    package struct FactFile: Sendable, Hashable {
        /// Such as `facts/users.jsonl`.
        package var name: String
        package var sha256: String

        /// A file by its parts.
        package init(name: String, sha256: String) {
            self.name = name
            self.sha256 = sha256
        }
    }

    /// Why the scan was made.
    package enum Purpose: String, Sendable, Hashable {
        case scheduled, gate, manual
    }

    /// A machine, or the root that was scanned.
    package struct Machine: Sendable, Hashable {
        /// 32 hex digits, made from the machine id; nil where there is none.
        package var id: String?
        package var role: Role?
        package var environment: String?
        package var osId: String?
        package var osVersion: String?
        package var kernel: String?
        package var bootId: String?
        package var virtualization: String?

        /// A machine of which nothing is known yet.
        package init(id: String? = nil) {
            self.id = id
        }
    }

    /// A file or a probe that decided with others, by its digest.
    package struct Declared: Sendable, Hashable {
        /// A path, or a probe's id.
        package var name: String
        package var sha256: String

        /// A declaration by its parts.
        package init(name: String, sha256: String) {
            self.name = name
            self.sha256 = sha256
        }
    }

    /// By what the host was judged.
    package struct Scope: Sendable, Hashable {
        package var catalogId: String
        package var catalogVersion: String
        package var catalogSha256: String
        package var packSha256: String
        package var sites: [Declared]
        package var addedProbes: [Declared]

        /// A scope by its parts.
        package init(
            catalogId: String, catalogVersion: String, catalogSha256: String, packSha256: String,
            sites: [Declared], addedProbes: [Declared]
        ) {
            self.catalogId = catalogId
            self.catalogVersion = catalogVersion
            self.catalogSha256 = catalogSha256
            self.packSha256 = packSha256
            self.sites = sites
            self.addedProbes = addedProbes
        }
    }

    /// The place of a report in its series.
    package struct Chain: Sendable, Hashable {
        package var sequence: Int64
        package var previousSha256: String?

        /// A place by its parts; only the first report has no previous one.
        package init(sequence: Int64, previousSha256: String?) {
            self.sequence = sequence
            self.previousSha256 = previousSha256
        }
    }

    package var facts: [FactFile]
    /// A version 4 UUID.
    package var reportId: String
    package var purpose: Purpose
    package var selection: String?
    package var host: Machine
    /// The root that was scanned, where it is not the signing host's own.
    package var target: Machine?
    /// Why the report is not part of a series.
    package var unchained: String?
    package var scope: Scope
    package var toolVersion: String
    package var toolSha256: String
    /// Times are `YYYY-MM-DDThh:mm:ssZ`.
    package var startedAt: String
    package var finishedAt: String
    package var clockSynchronized: Bool?
    package var chain: Chain?
    package var euid: Int64
    /// What the report cannot show, as codes.
    package var limits: [String]
    package var clauses: [Clause]
    package var results: [Result]

    /// A report by its parts.
    package init(
        facts: [FactFile], reportId: String, purpose: Purpose, selection: String?, host: Machine,
        target: Machine?, unchained: String?, scope: Scope, toolVersion: String,
        toolSha256: String, startedAt: String, finishedAt: String, clockSynchronized: Bool?,
        chain: Chain?, euid: Int64, limits: [String], clauses: [Clause], results: [Result]
    ) {
        self.facts = facts
        self.reportId = reportId
        self.purpose = purpose
        self.selection = selection
        self.host = host
        self.target = target
        self.unchained = unchained
        self.scope = scope
        self.toolVersion = toolVersion
        self.toolSha256 = toolSha256
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.clockSynchronized = clockSynchronized
        self.chain = chain
        self.euid = euid
        self.limits = limits
        self.clauses = clauses
        self.results = results
    }

    /// The verdicts of the obligations that count.
    package var counted: [Verdict] {
        clauses.flatMap(\.obligations).filter(\.isCounted).map(\.verdict)
    }

    /// The worst of them.
    package var overall: Verdict { .worst(counted) }
}
