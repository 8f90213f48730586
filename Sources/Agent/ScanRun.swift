package import Documents
package import Evidence
package import Facts
import Linux
import OpenSSL
package import Probes

/// A whole scan of a host: from its probes to a report that is kept.
package struct ScanRun {
    /// Why a scan does not take place.
    package enum Failure: Error {
        /// Files that people wrote have mistakes.
        case diagnostics([Diagnostic])
        /// Nothing is selected.
        case noProbe
        /// The program or its own probes are broken.
        case broken(String)
        /// The root that was named cannot be opened.
        case noHost(HostError.Code)
        case evidence(EvidenceError)
    }

    package var host: WorkerHost
    /// A site file that is named; nil is the host's own.
    package var site: String?
    /// A pattern of probes' ids; nil is all.
    package var selection: String?
    package var toolVersion: String
    private let pool: WorkerPool

    /// A scan of a host by a program that has the hidden verb for workers.
    package init(
        host: WorkerHost, site: String?, selection: String?, toolVersion: String
    ) throws(Failure) {
        self.host = host
        self.site = site
        self.selection = selection
        self.toolVersion = toolVersion
        do throws(SystemError) {
            pool = WorkerPool(try .itself(["assay", "worker"]), host: host)
        } catch {
            throw .broken("the program cannot start itself again")
        }
    }

    /// Gathers and judges; `store` is where keys are, nil where there is nowhere to keep one.
    package func run(
        in store: borrowing EvidenceStore, onProgress: (WorkerProgress) -> Void
    ) throws(Failure) -> Scan.Outcome {
        let key = try kept { () throws(EvidenceError) in try store.pseudonymKey() }
        let (scan, findings) = try findings(pseudonymKey: key, onProgress: onProgress)
        return try kept { () throws(EvidenceError) in
            try scan.kept(findings, finishedAt: SystemClock.now, in: store)
        }
    }

    /// Gathers and judges with nowhere to keep a key: nothing is signed.
    package func runUnsigned(
        onProgress: (WorkerProgress) -> Void
    ) throws(Failure) -> (Scan.Outcome, names: [String: String]) {
        let key = try random(32)
        let (scan, findings) = try findings(pseudonymKey: key, onProgress: onProgress)
        return (scan.unsigned(findings, finishedAt: SystemClock.now), findings.pseudonyms.names)
    }

    private func findings(
        pseudonymKey: [UInt8], onProgress: (WorkerProgress) -> Void
    ) throws(Failure) -> (Scan, Examination.Findings) {
        let startedAt = SystemClock.now
        let pack = try pack()
        let declared = try declared(bounds: pack.catalogue)
        let scan = Scan(
            pack: pack, selection: selection, kind: kind, declared: declared,
            reportId: try uuid(), startedAt: startedAt, euid: Int64(Identity.effective.user),
            limits: try limits(), toolVersion: toolVersion, toolSha256: try toolDigest(),
            signer: try signer())
        guard !scan.probes.isEmpty else { throw .noProbe }
        let examination = scan.examination(pseudonymKey: pseudonymKey)
        do throws(Examination.Failure) {
            let needed = try examination.needed(declared)
            let gathered = pool.gather(needed, onProgress: onProgress)
            return (scan, try examination.findings(on: gathered, declared: declared))
        } catch {
            throw .broken("the facts cannot be judged: \(error)")
        }
    }
}
