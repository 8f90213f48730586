import Agent
import Evidence
import Linux
import OpenSSL
import Reports

/// A report that is read back: nothing of it is believed before its signature held.
struct StoredReport {
    var trust: TrustOptions
    var state: StateOptions

    /// The last report in a file, and its signed line.
    func last(in file: String) throws -> (Report, line: [UInt8]) {
        let line = try lastLine(of: file)
        do {
            var verifier = Verifier(try believed())
            var reports: [VerifiedReport] = []
            try verifier.read(LineReader(line + [0x0A], name: file)) { reports.append($0) }
            guard let report = reports.first else {
                throw CommandFailure(.rejected, "\(file): holds no report")
            }
            let facts = report.subjects.map { Report.FactFile(name: $0.name, sha256: $0.sha256) }
            return (try Report(reading: report.predicate, facts: facts), line)
        } catch let error as EvidenceError {
            throw CommandFailure(error)
        } catch let error as ReportError {
            throw CommandFailure(.rejected, "\(file): \(error.member) is not what it must be")
        }
    }

    private func lastLine(of file: String) throws -> [UInt8] {
        var reader = try trust.reader(of: file)
        var last: [UInt8] = []
        do throws(StateError) {
            while let line = try reader.next(limit: Envelope.lineLimit) { last = line.bytes }
        } catch {
            throw CommandFailure(EvidenceError(error))
        }
        return last
    }

    // Without a named key, this host's own.
    private func believed() throws -> Trust {
        guard trust.keys.isEmpty else { return try trust.trust() }
        return Trust(try state.store().hostKey(creating: false).publicKey)
    }
}
