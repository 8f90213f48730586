import Evidence
import FoundationEssentials
import Linux
import OpenSSL
import StrictJSON
import Testing

struct SeriesTests {
    private let directory: TemporaryDirectory
    private var month: String { "state/reports/\(SampleReport.hostId)/2026-03.jsonl" }

    init() throws { directory = try TemporaryDirectory() }

    /// Adds a report of a day and month to the sample host's series.
    @discardableResult
    private func append(
        day: Int = 1, month: String = "2026-03", key pem: [UInt8]? = nil, to state: String? = nil
    ) throws -> AppendedReport {
        let store = try EvidenceStore(path: state ?? directory.path("state"))
        let key = if let pem { try PrivateKey(pem: pem) } else { try store.hostKey() }
        return try store.append(hostId: SampleReport.hostId, key: key) { link in
            SeriesTests.payload(at: link, day: day, month: month)
        }
    }

    private static func payload(at link: ChainLink, day: Int, month: String) -> [UInt8] {
        let text = day < 10 ? "0\(day)" : "\(day)"
        return SampleReport.payload(sequence: link.sequence, previous: link.previousSha256)
            .setting("predicate.timing.startedAt", .string("\(month)-\(text)T00:00:00Z"))
            .setting("predicate.timing.finishedAt", .string("\(month)-\(text)T00:00:01Z")).bytes
    }

    /// What a verifier says of the files of the series, in the order of their names.
    private func verified(_ keys: PublicKey...) throws -> VerifiedSeries {
        var verifier: Verifier?
        var trust = Trust()
        for key in keys { try trust.add(pem: key.pem(), from: "key") }
        verifier = Verifier(trust)
        let folder = "state/reports/\(SampleReport.hostId)"
        for name in directory.names(folder) where name.hasSuffix(".jsonl") {
            try verifier?.read(LineReader(path: directory.path("\(folder)/\(name)")))
        }
        return try #require(verifier).series()
    }

    private func hostKey() throws -> PublicKey {
        try EvidenceStore(path: directory.path("state")).hostKey().publicKey
    }

    @Test func `reports become a series that a verifier accepts`() throws {
        for day in 1...3 {
            let appended = try append(day: day)
            #expect(appended.link.sequence == Int64(day))
            #expect(appended.torn.isEmpty)
            #expect(appended.path == directory.path(month))
        }
        let series = try verified(hostKey())
        #expect(series.entries.count == 3)
        #expect(series.chains.map(\.last.sequence) == [3])
        #expect(try directory.mode(month) == 0o600)
    }

    @Test func `the chain goes on over months, and a clock that went back does not break it`()
        throws
    {
        try append(month: "2026-03")
        try append(month: "2026-05")
        let late = try append(month: "2026-04")
        #expect(late.path.hasSuffix("2026-05.jsonl"))
        #expect(try verified(hostKey()).chains.map(\.last.sequence) == [3])
    }

    @Test func `a new key begins a series of its own in the same file`() throws {
        try append(day: 1)
        let other = try Signer()
        try append(day: 2, key: other.pem)
        try append(day: 3)
        try append(day: 4, key: other.pem)
        let chains = try verified(hostKey(), other.publicKey).chains
        #expect(chains.map(\.last.sequence) == [2, 2])
    }

    @Test func `wherever a run dies while it writes, the next one goes on and loses nothing`()
        throws
    {
        try append(day: 1)
        let before = try directory.read(month)
        try append(day: 2)
        let after = try directory.read(month)
        let line = after[before.count...]
        for length in [1, 2, 100, line.count / 2, line.count - 1] {
            let left = Array(line.prefix(length))
            try directory.write(before + left, month)
            try directory.setMode(0o600, month)
            let appended = try append(day: 2)
            #expect(appended.link.sequence == 2)
            let torn = try #require(appended.torn.first)
            #expect(try Array(Data(contentsOf: URL(filePath: torn))) == left)
            #expect(try verified(hostKey()).chains.map(\.last.sequence) == [2])
        }
    }

    @Test func `a block of zeros that never reached the disk is set aside`() throws {
        try append(day: 1)
        let before = try directory.read(month)
        for zeros in [[UInt8](repeating: 0, count: 5_000), [0, 0, 0x0A]] {
            try directory.write(before + zeros, month)
            try directory.setMode(0o600, month)
            #expect(try append(day: 2).torn.count == 1)
            #expect(try verified(hostKey()).chains.map(\.last.sequence) == [2])
        }
    }

    @Test func `a first line that is torn leaves the beginning free`() throws {
        try append(day: 1)
        let half = try Array(directory.read(month).prefix(300))
        try directory.write(half, month)
        try directory.setMode(0o600, month)
        #expect(try append(day: 1).link == .first)
    }

    @Test func `a changed last line stops the series instead of starting it anew`() throws {
        try append(day: 1)
        var bytes = try directory.read(month)
        let middle = bytes.count / 3
        bytes[middle] = bytes[middle] == 0x41 ? 0x42 : 0x41
        try directory.write(bytes, month)
        try directory.setMode(0o600, month)
        let error = #expect(throws: EvidenceError.self) { try append(day: 2) }
        #expect(error?.code == .envelopeSignature)
        #expect(try directory.read(month) == bytes)
    }

    @Test func `what a verifier would refuse is not signed`() throws {
        let store = try EvidenceStore(path: directory.path("state"))
        let key = try store.hostKey()
        let wrong: [(ChainLink) -> JSONValue] = [
            { _ in "x" }, { _ in SampleReport.payload(sequence: 7, previous: SampleReport.digest) },
            { _ in SampleReport.payload(host: String(repeating: "b2", count: 16)) },
            { _ in SampleReport.payload().setting("predicate.summary.pass", 9) },
        ]
        for payload in wrong {
            #expect(throws: EvidenceError.self) {
                try store.append(hostId: SampleReport.hostId, key: key) { payload($0).bytes }
            }
        }
        let error = #expect(throws: EvidenceError.self) {
            try store.append(hostId: "../x", key: key) { _ in [] }
        }
        #expect(error?.code == .stateKind)
        #expect(directory.names("state/reports/\(SampleReport.hostId)") == ["lock"])
    }

    @Test func `runs at the same time take one place each`() async throws {
        let path = directory.path("state")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for day in 1...5 { try append(day: day, to: path) }
                }
            }
            try await group.waitForAll()
        }
        let series = try verified(hostKey())
        #expect(series.entries.count == 40)
        #expect(series.chains.map(\.last.sequence) == [40])
    }

    @Test func `a report of 200 days ago is found behind those of another key`() throws {
        let other = try Signer()
        try append(day: 1)
        for day in 1...20 { try append(day: day, month: "2026-04", key: other.pem) }
        #expect(try append(day: 21, month: "2026-04").link.sequence == 2)
    }
}
