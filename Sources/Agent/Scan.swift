import Evidence
package import Facts
package import Probes
package import Reports

/// Everything about a scan that is known before it is judged: who scans what, by which rules.
package struct Scan: Sendable {
    package var pack: ProbePack
    /// The ids of the chosen probes; nil is all.
    package var selection: String?
    package var kind: HostKind
    package var declared: Declared
    /// A version 4 UUID.
    package var reportId: String
    /// Seconds since 1970.
    package var startedAt: Int64
    package var euid: Int64
    /// What bounds the view of the whole scan, as codes.
    package var limits: [String]
    package var toolVersion: String
    package var toolSha256: String
    /// The signing host, where it is not the one that was scanned.
    package var signer: Report.Machine?

    /// A scan by its parts.
    package init(
        pack: ProbePack, selection: String?, kind: HostKind, declared: Declared, reportId: String,
        startedAt: Int64, euid: Int64, limits: [String], toolVersion: String, toolSha256: String,
        signer: Report.Machine?
    ) {
        self.pack = pack
        self.selection = selection
        self.kind = kind
        self.declared = declared
        self.reportId = reportId
        self.startedAt = startedAt
        self.euid = euid
        self.limits = limits
        self.toolVersion = toolVersion
        self.toolSha256 = toolSha256
        self.signer = signer
    }

    /// The probes that the selection names.
    package var probes: [Probe] {
        guard let selection else { return pack.probes }
        let glob = Glob(selection)
        return pack.probes.filter { glob.matches($0.id) }
    }

    /// The examination that this scan makes.
    package func examination(pseudonymKey: [UInt8]) -> Examination {
        Examination(
            probes: probes, catalogue: pack.catalogue, kind: kind, startedAt: startedAt,
            pseudonymKey: pseudonymKey)
    }

    /// The report of what was found, at its place in a series or outside of one.
    package func report(
        of findings: Examination.Findings, finishedAt: Int64, chain: Report.Chain?
    ) -> Report {
        var scanned = Self.machine(in: findings.files)
        var host = signer ?? scanned
        host.role = declared.role
        host.environment = declared.environment
        scanned.role = nil
        let isManual = selection != nil
        return Report(
            facts: findings.files.map { Report.FactFile(name: $0.name, sha256: $0.sha256) },
            reportId: reportId, purpose: isManual ? .manual : .scheduled, selection: selection,
            host: host, target: signer == nil ? nil : scanned,
            unchained: chain == nil && !isManual ? Self.unchained(scanned) : nil,
            scope: scope, toolVersion: toolVersion, toolSha256: toolSha256,
            startedAt: Timestamp(seconds: startedAt).text,
            finishedAt: Timestamp(seconds: finishedAt).text,
            clockSynchronized: nil, chain: chain, euid: euid,
            limits: Set(limits + Self.limits(in: findings.files)).sorted(),
            clauses: findings.assessment.clauses.map(Report.Clause.init),
            results: findings.results.map(Report.Result.init))
    }

    private static func unchained(_ scanned: Report.Machine) -> String {
        scanned.id == nil ? "noMachineId" : "notStored"
    }

    private var scope: Report.Scope {
        let added = pack.probes.filter { $0.origin == .added }
        return Report.Scope(
            catalogId: pack.catalogue.id, catalogVersion: pack.catalogue.version,
            catalogSha256: pack.catalogue.sha256, packSha256: pack.sha256, sites: declared.files,
            addedProbes: added.map { Report.Declared(name: $0.id, sha256: $0.sha256) })
    }

    // What was asked for and did not take place.
    private static func limits(in files: [TableFile]) -> [String] {
        guard let table = files.first(where: { $0.table.schema.name == "firewall_layers" })?.table,
            let index = table.schema.sqlColumns.firstIndex(where: { $0.name == "replay" }),
            table.rows.contains(where: { $0[index].text?.hasPrefix("not done") == true })
        else { return [] }
        return ["notReplayed"]
    }

    /// What the tables say of the machine that they describe.
    static func machine(in files: [TableFile]) -> Report.Machine {
        func first(_ table: String, _ column: String) -> String? {
            guard let table = files.first(where: { $0.table.schema.name == table })?.table,
                let index = table.schema.sqlColumns.firstIndex(where: { $0.name == column })
            else { return nil }
            return table.rows.first?[index].text
        }
        var machine = Report.Machine(id: first("machine", "id"))
        machine.osId = first("os_version", "id")
        machine.osVersion = first("os_version", "version")
        machine.kernel = first("machine", "kernel")
        machine.bootId = first("machine", "boot_id")
        machine.virtualization = first("machine", "virtualization")
        return machine
    }
}
