package import Documents
package import Evidence
package import Facts
import Linux
import OpenSSL
import Probes

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
        /// What was asked makes no sense.
        case usage(String, hint: String?)
    }

    package var host: WorkerHost
    /// A site file that is named; nil is the host's own.
    package var site: String?
    /// A pattern of probes' ids; nil is all.
    package var selection: String?
    package var toolVersion: String
    let pool: WorkerPool

    /// A scan of a host by a program that has the hidden verb for workers.
    package init(
        host: WorkerHost, site: String?, selection: String?, toolVersion: String
    ) throws(Failure) {
        self.host = host
        self.site = site
        self.selection = selection
        self.toolVersion = toolVersion
        let isBroken = { (_: SystemError) in
            Failure.broken("the program cannot start itself again")
        }
        let program = try translating(isBroken) { () throws(SystemError) in
            try WorkerProgram.itself(["assay", "worker"])
        }
        pool = WorkerPool(program, host: host, site: site)
    }

    /// Gathers, judges, signs and stores below a directory of ours.
    ///
    /// Where it cannot be made, and is not required, nothing is signed. Also gives the names behind
    /// the report's pseudonyms.
    package func run(
        storingAt path: String?, isRequired: Bool, onProgress: (WorkerProgress) -> Void
    ) throws(Failure) -> (Scan.Outcome, names: [String: String]) {
        guard let path, try canKeep(at: path, isRequired: isRequired) else {
            return try runUnsigned(onProgress)
        }
        let store = try opened(path)
        let key = try translating(Failure.evidence) { () throws(EvidenceError) in
            try store.pseudonymKey()
        }
        let (scan, findings) = try findings(pseudonymKey: key, onProgress)
        let outcome = try translating(Failure.evidence) { () throws(EvidenceError) in
            try scan.kept(findings, finishedAt: SystemClock.now, in: store)
        }
        return (outcome, findings.pseudonyms.names)
    }

    // False where there is nowhere to write, and nobody asked for it.
    private func canKeep(at path: String, isRequired: Bool) throws(Failure) -> Bool {
        do throws(Failure) {
            _ = try opened(path)
            return true
        } catch {
            guard case .evidence(let reason) = error, !isRequired, reason.isNowhereToWrite else {
                throw error
            }
            return false
        }
    }

    private func opened(_ path: String) throws(Failure) -> EvidenceStore {
        do throws(EvidenceError) {
            return try EvidenceStore(path: path)
        } catch {
            throw .evidence(error)
        }
    }

    private func runUnsigned(
        _ onProgress: (WorkerProgress) -> Void
    ) throws(Failure) -> (Scan.Outcome, names: [String: String]) {
        let (scan, findings) = try findings(pseudonymKey: try random(32), onProgress)
        return (scan.unsigned(findings, finishedAt: SystemClock.now), findings.pseudonyms.names)
    }

    private func findings(
        pseudonymKey: [UInt8], _ onProgress: (WorkerProgress) -> Void
    ) throws(Failure) -> (Scan, Examination.Findings) {
        let startedAt = SystemClock.now
        let pack = try pack()
        let (declared, _) = try declared()
        let scan = Scan(
            pack: pack, selection: selection, kind: kind, declared: declared,
            reportId: try uuid(), startedAt: startedAt, euid: Int64(Identity.effective.user),
            limits: try limits(), toolVersion: toolVersion, toolSha256: try toolDigest(),
            signer: try signer())
        guard !scan.probes.isEmpty else { throw .noProbe }
        let examination = scan.examination(pseudonymKey: pseudonymKey)
        do throws(Examination.Failure) {
            let needed = try examination.needed(declared)
            let gathered = pool.gather(
                needed, foreign: examination.foreign(declared), onProgress: onProgress)
            return (scan, try examination.findings(on: gathered, declared: declared))
        } catch {
            throw .broken("the facts cannot be judged: \(error)")
        }
    }
}

extension EvidenceError {
    /// Whether there is no place that this user could write to.
    fileprivate var isNowhereToWrite: Bool {
        code == .stateNotPermitted || code == .stateNotFound
    }
}
