import Linux
package import OpenSSL

/// A directory with `keys/`, `reports/` and `facts/`: what one host keeps of its own evidence.
package struct EvidenceStore: ~Copyable {
    let root: StateDirectory

    /// Opens a store, or makes it; it belongs to the user who runs us, and nobody else can write to it.
    package init(path: String, creating: Bool = true) throws(EvidenceError) {
        do throws(StateError) {
            root = try StateDirectory(path: path, creating: creating)
        } catch {
            throw EvidenceError(error)
        }
    }

    /// Keeps the files of fact tables under their digests; one that is there already is left alone.
    ///
    /// A file is `facts/<sha256>.jsonl`; the digest is lower-case hexadecimal.
    package func keepFacts(_ files: [(sha256: String, bytes: [UInt8])]) throws(EvidenceError) {
        do throws(StateError) {
            let facts = try root.directory("facts", creating: true)
            var missing: [StateDirectory.Contents] = []
            for file in files {
                let name = "\(file.sha256).jsonl"
                guard try facts.size(of: name) != file.bytes.count else { continue }
                missing.append(StateDirectory.Contents(name, file.bytes))
            }
            try facts.replace(missing)
        } catch {
            throw EvidenceError(error)
        }
    }

    /// Signs and keeps a report that stands alone: `reports/manual/<reportId>.json`, a line.
    package func keepAlone(
        _ payload: [UInt8], reportId: String, key: borrowing PrivateKey
    ) throws(EvidenceError) -> (line: [UInt8], path: String) {
        let place = EvidencePlace("\(root.path)/reports/manual/\(reportId).json")
        let statement = try Statement(payload, of: .report, at: place)
        _ = try ReportSchema.fields(of: statement)
        let signed = try Envelope.signed(payload, with: key, at: place)
        try keepManual(reportId: reportId, line: signed.line)
        return (signed.line, place.file)
    }

    /// Keeps a line that stands alone, with its newline.
    package func keepManual(reportId: String, line: [UInt8]) throws(EvidenceError) {
        do throws(StateError) {
            let manual = try root.directory("reports", creating: true)
                .directory("manual", creating: true)
            try manual.create(
                StateDirectory.Contents("\(reportId).json", line + [UInt8(ascii: "\n")]))
        } catch {
            throw EvidenceError(error)
        }
    }
}

extension StateDirectory {
    /// How long a file is; nil where there is none.
    fileprivate func size(of name: String) throws(StateError) -> Int? {
        do throws(StateError) {
            return try file(name).size()
        } catch  where error.code == .notFound {
            return nil
        }
    }
}
