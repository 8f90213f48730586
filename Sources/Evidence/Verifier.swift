package import Linux
import OpenSSL

/// Verifies reports line by line, and then the series that they are.
///
/// The order is fixed and the first failure is the one reason: for each line the rules of lines,
/// the envelope, the strict scanner, the statement and the report; then, over all lines of all
/// files, the chain. It keeps a few words of each report, never the reports.
package struct Verifier: Sendable {
    private let trust: Trust
    private var entries: [VerifiedSeries.Entry] = []

    /// A verifier that believes these keys and nobody else.
    package init(_ trust: Trust) { self.trust = trust }

    /// Verifies every line of a file; `visit` sees each report that was verified.
    package mutating func read(
        _ lines: consuming LineReader,
        visit: (VerifiedReport) throws(EvidenceError) -> Void = { _ in }
    ) throws(EvidenceError) {
        var number = 0
        var lines = lines
        while let line = try next(in: &lines, after: number) {
            number += 1
            let place = EvidencePlace(lines.name, line: number)
            try Verifier.check(line, at: place)
            let envelope = try UnverifiedEnvelope(line: line.bytes, at: place)
            let report = try VerifiedReport(envelope.verify(trust))
            entries.append(
                VerifiedSeries.Entry(
                    place: place, sha256: report.payload.sha256,
                    keyId: report.payload.signer.keyId, fields: report.fields))
            try visit(report)
        }
        guard number > 0 else {
            throw EvidenceError(.jsonLines, at: EvidencePlace(lines.name), "holds no line")
        }
    }

    /// The series that all the lines are, once nothing more is to be read.
    package func series() throws(EvidenceError) -> VerifiedSeries {
        try refuseRepeat()
        var chains: [VerifiedSeries.Chain] = []
        for (identity, members) in byChain() {
            guard let checked = try ChainCheck(members).verify() else { continue }
            chains.append(
                VerifiedSeries.Chain(
                    hostId: identity.hostId, keyId: identity.keyId, first: checked.first,
                    last: checked.last, lastSha256: checked.lastSha256))
        }
        return VerifiedSeries(entries: entries, chains: chains)
    }

    private struct ChainIdentity: Hashable {
        var hostId: String
        var keyId: String
    }

    private func byChain() -> [(ChainIdentity, [VerifiedSeries.Entry])] {
        var places: [ChainIdentity: Int] = [:]
        var chains: [(ChainIdentity, [VerifiedSeries.Entry])] = []
        for entry in entries {
            guard let hostId = entry.fields.hostId else { continue }
            let identity = ChainIdentity(hostId: hostId, keyId: entry.keyId)
            if let place = places[identity] {
                chains[place].1.append(entry)
            } else {
                places[identity] = chains.count
                chains.append((identity, [entry]))
            }
        }
        return chains
    }

    private func refuseRepeat() throws(EvidenceError) {
        var seen: Set<String> = []
        for entry in entries where !seen.insert(entry.sha256).inserted {
            throw EvidenceError(.chainRepeat, at: entry.place, "the report is there twice")
        }
    }

    private func next(
        in lines: inout LineReader, after number: Int
    ) throws(EvidenceError) -> LineReader.Line? {
        do throws(StateError) {
            return try lines.next(limit: Envelope.lineLimit)
        } catch  where error.code == .tooLarge {
            throw EvidenceError(
                .jsonLimit, at: EvidencePlace(lines.name, line: number + 1),
                "the line is longer than \(Envelope.lineLimit) bytes")
        } catch {
            throw EvidenceError(error)
        }
    }

    private static func check(
        _ line: LineReader.Line, at place: EvidencePlace
    ) throws(EvidenceError) {
        guard line.isTerminated else {
            throw EvidenceError(
                .jsonLines, at: place, "the last line does not end with a newline",
                hint: "it was cut, or a run is writing it now")
        }
        guard !line.bytes.isEmpty else {
            throw EvidenceError(.jsonLines, at: place, "the line is empty")
        }
        guard line.bytes.last != 0x0D else {
            throw EvidenceError(.jsonLines, at: place, "the line ends with a carriage return")
        }
    }
}
