import Agent
import Evidence
import Facts
import Linux
import Reports

/// The files of a report's facts in a directory, by their digests.
struct FactFiles {
    var directory: String?

    private static let limit = 256 << 20

    /// Those that are there; one that is not what its digest says is an error.
    func files(of report: Report) throws -> [TableFile] {
        guard let directory else {
            throw CommandFailure(
                .wrongUsage, "no directory of facts", hint: "name one with --facts")
        }
        let schemas = Rejudgement.schemas
        return try report.facts.compactMap { fact in
            let path = "\(directory)/\(fact.sha256).jsonl"
            guard let bytes = try bytes(of: path) else { return nil }
            do throws(TableFileError) {
                return try TableFile(reading: bytes, sha256: fact.sha256, schemas: schemas)
            } catch  where error.code == .otherSchema {
                // Another version's table: the probes that read it cannot be repeated.
                return nil
            } catch {
                throw CommandFailure(
                    .rejected, "\(path): is not the file that was signed [facts.\(error.code)]")
            }
        }
    }

    private func bytes(of path: String) throws -> [UInt8]? {
        var bytes: [UInt8] = []
        do throws(StateError) {
            var reader = try LineReader(path: path)
            while let line = try reader.next(limit: Self.limit) {
                bytes += line.bytes
                if line.isTerminated { bytes.append(0x0A) }
                guard bytes.count <= Self.limit else { throw StateError(.tooLarge, path) }
            }
            return bytes
        } catch  where error.code == .notFound {
            return nil
        } catch {
            throw CommandFailure(EvidenceError(error))
        }
    }
}
