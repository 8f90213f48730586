import Facts
import StrictJSON
package import Evidence
import OpenSSL
package import Reports

extension Scan {
    /// A report as it leaves a scan.
    package struct Outcome: Sendable {
        package var report: Report
        /// The signed line; unsigned, the statement alone.
        package var line: [UInt8]
        /// Where the signed line is stored; nil where nothing was signed.
        package var path: String?
        /// Files to which an interrupted run's unfinished lines were moved.
        package var torn: [String]
    }

    /// The report of a scan that has nowhere to keep a key.
    package func unsigned(_ findings: Examination.Findings, finishedAt: Int64) -> Outcome {
        var report = report(of: findings, finishedAt: finishedAt, chain: nil)
        report.limits = (report.limits + ["unsigned"]).sorted()
        return Outcome(report: report, line: report.statement.bytes, path: nil, torn: [])
    }

    /// Signs the report of what was found, and keeps it with its facts.
    package func kept(
        _ findings: Examination.Findings, finishedAt: Int64, in store: borrowing EvidenceStore
    ) throws(EvidenceError) -> Outcome {
        try store.keepFacts(findings.files.map { ($0.sha256, $0.bytes) })
        try store.keep(names: findings.pseudonyms.names)
        let key = try store.hostKey()
        let alone = report(of: findings, finishedAt: finishedAt, chain: nil)
        let series = (alone.target ?? alone.host).id
        guard alone.purpose == .scheduled, let series else {
            return try keptAlone(alone, key, in: store)
        }
        var report = alone
        let appended = try store.append(hostId: series, key: key) { link in
            report.unchained = nil
            report.chain = Report.Chain(
                sequence: link.sequence, previousSha256: link.previousSha256)
            return report.statement.bytes
        }
        return Outcome(
            report: report, line: appended.line, path: appended.path, torn: appended.torn)
    }

    private func keptAlone(
        _ report: Report, _ key: borrowing PrivateKey, in store: borrowing EvidenceStore
    ) throws(EvidenceError) -> Outcome {
        let kept = try store.keepAlone(
            report.statement.bytes, reportId: report.reportId, key: key)
        return Outcome(report: report, line: kept.line, path: kept.path, torn: [])
    }
}
