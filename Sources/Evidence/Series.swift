import Linux
import OpenSSL

/// The reports of one host on disk, held so that nobody else adds to them.
struct Series: ~Copyable {
    private let directory: StateDirectory
    private let lock: StateFile

    private init(_ directory: consuming StateDirectory, _ lock: consuming StateFile) {
        self.directory = directory
        self.lock = lock
    }

    /// The series of a host, once nobody else holds it.
    static func held(
        of hostId: String, in root: borrowing StateDirectory
    ) throws(EvidenceError) -> Series {
        do throws(StateError) {
            let directory = try root.directory("reports", creating: true)
                .directory(hostId, creating: true)
            let lock = try directory.lock("lock")
            return Series(directory, lock)
        } catch {
            throw EvidenceError(error)
        }
    }

    /// Where the series is, for messages.
    var place: EvidencePlace { EvidencePlace(directory.path) }

    /// Moves an unfinished last line, which an interrupted run has left, to a file below `torn/`.
    ///
    /// Such a line has no newline, or holds the zeros of a block that never reached the disk.
    func recover() throws(EvidenceError) -> [String] {
        do throws(StateError) {
            var moved: [String] = []
            while let month = try months().last {
                let file = try directory.appendable(month)
                if let length = try tornLength(of: file) {
                    moved.append(try moveTorn(length, from: file, named: month))
                }
                guard try file.size() == 0 else { break }
                // A file of no line is no series; a verifier would refuse it.
                directory.remove(month)
            }
            return moved
        } catch {
            throw EvidenceError(error)
        }
    }

    /// What comes after the last report of a key.
    func nextLink(hostId: String, key: PublicKey) throws(EvidenceError) -> ChainLink {
        for month in try monthNames().reversed() {
            let place = EvidencePlace("\(directory.path)/\(month)")
            var lines = try lastLines(of: month)
            while let line = try previous(&lines) {
                let envelope = try UnverifiedEnvelope(line: line, at: place)
                guard envelope.claims(key.keyId) else { continue }
                let report = try VerifiedReport(envelope.verify(Trust(key)))
                guard report.fields.hostId == hostId, let link = report.fields.chain else {
                    throw EvidenceError(
                        .chainPrevious, at: place, "holds a report of another series")
                }
                return link.next(after: report.payload.sha256)
            }
        }
        return .first
    }

    /// Adds a line to the file of a month, or to that of the latest there is; gives the path.
    func append(_ line: [UInt8], month: String) throws(EvidenceError) -> String {
        do throws(StateError) {
            let name = max("\(month).jsonl", try months().last ?? "")
            let file = try directory.appendable(name)
            do throws(StateError) {
                try file.append(line + [UInt8(ascii: "\n")])
            } catch {
                if try file.size() == 0 { directory.remove(name) }
                throw error
            }
            return file.path
        } catch {
            throw EvidenceError(error)
        }
    }

    /// The files of the series, `yyyy-mm.jsonl`, in the order of time.
    private func months() throws(StateError) -> [String] {
        try directory.names().filter { name in
            name.utf8.count == 13 && name.hasSuffix(".jsonl")
                && Timestamp("\(name.prefix(7))-01T00:00:00Z") != nil
        }
    }

    /// How many bytes at the end of a file are not a finished line; nil where all are.
    private func tornLength(of file: borrowing StateFile) throws(StateError) -> Int? {
        let size = try file.size()
        var tail: [UInt8] = []
        while tail.count < size, !tail.dropLast().contains(0x0A) {
            guard tail.count <= Envelope.lineLimit else { throw StateError(.tooLarge, file.path) }
            let count = min(size - tail.count, max(64 << 10, tail.count))
            tail = try file.read(count, at: size - tail.count - count) + tail
        }
        let start = tail.dropLast().lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let line = tail[start...]
        return line.isEmpty || line.last == 0x0A && !line.contains(0) ? nil : line.count
    }

    /// The copy is on the disk before the original is cut.
    private func moveTorn(
        _ length: Int, from file: borrowing StateFile, named month: String
    ) throws(StateError) -> String {
        let size = try file.size()
        let bytes = try file.read(length, at: size - length)
        let torn = try directory.directory("torn", creating: true)
        let name = "\(month.prefix(7))-\(size - length)-\(UInt32.random(in: .min ... .max))"
        try torn.create(StateDirectory.Contents(name, bytes))
        try file.truncate(to: size - length)
        return "\(torn.path)/\(name)"
    }

    private func monthNames() throws(EvidenceError) -> [String] {
        do throws(StateError) {
            return try months()
        } catch {
            throw EvidenceError(error)
        }
    }

    private func lastLines(of month: String) throws(EvidenceError) -> LastLines {
        do throws(StateError) {
            return try LastLines(directory.file(month))
        } catch {
            throw EvidenceError(error)
        }
    }

    private func previous(_ lines: inout LastLines) throws(EvidenceError) -> [UInt8]? {
        do throws(StateError) {
            return try lines.next()
        } catch {
            throw EvidenceError(error)
        }
    }
}
