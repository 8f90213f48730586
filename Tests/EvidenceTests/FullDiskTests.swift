import Evidence
import FoundationEssentials
import Linux
import OpenSSL
import StrictJSON
import Testing

/// A small file system of its own is needed, which only root may mount.
struct FullDiskTests {
    static let canMount: Bool = {
        guard let directory = try? TemporaryDirectory() else { return false }
        let mount = "test $(id -u) = 0; mkdir m; mount -t tmpfs -o size=64k assay-test m; umount m"
        return (try? Command.shell(mount, in: directory.url)) != nil
    }()

    @Test(.enabled(if: canMount, "root is needed to mount a small file system"))
    func `a full disk leaves the series as it was`() throws {
        let directory = try TemporaryDirectory()
        _ = try Command.shell(
            "mkdir m; mount -t tmpfs -o size=64k,mode=0700 assay-test m", in: directory.url)
        defer { _ = try? Command.shell("umount m", in: directory.url) }
        let store = try EvidenceStore(path: directory.path("m"))
        let key = try store.hostKey()
        var appended = 0
        var refused: EvidenceError?
        while refused == nil, appended < 100 {
            do throws(EvidenceError) {
                _ = try store.append(hostId: SampleReport.hostId, key: key) { link in
                    SampleReport.payload(sequence: link.sequence, previous: link.previousSha256)
                        .bytes
                }
                appended += 1
            } catch {
                refused = error
            }
        }
        #expect(refused?.code == .stateFull)
        #expect(appended > 2)
        var verifier = Verifier(Trust(key.publicKey))
        try verifier.read(
            LineReader(path: directory.path("m/reports/\(SampleReport.hostId)/2026-03.jsonl")))
        #expect(try verifier.series().entries.count == appended)
        #expect(throws: EvidenceError.self) {
            try store.append(hostId: SampleReport.hostId, key: key) { link in
                SampleReport.payload(sequence: link.sequence, previous: link.previousSha256)
                    .setting("predicate.timing.finishedAt", "2026-04-01T00:00:00Z").bytes
            }
        }
        let series = "m/reports/\(SampleReport.hostId)"
        #expect(directory.names(series) == ["2026-03.jsonl", "lock"])
        let facts = [(sha256: SampleReport.digest, bytes: [UInt8](repeating: 0x20, count: 80_000))]
        #expect(throws: EvidenceError.self) { try store.keepFacts(facts) }
        #expect(directory.names("m/facts").isEmpty)
    }
}
