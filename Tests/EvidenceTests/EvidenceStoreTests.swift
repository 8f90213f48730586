import Evidence
import FoundationEssentials
import Linux
import OpenSSL
import StrictJSON
import Testing

struct EvidenceStoreTests {
    private let directory: TemporaryDirectory
    private var state: String { directory.path("a/b/state") }

    init() throws { directory = try TemporaryDirectory() }

    private func code(_ body: () throws -> Void) -> EvidenceCode? {
        #expect(throws: EvidenceError.self, performing: body)?.code
    }

    private func hostKey() throws -> PublicKey {
        try EvidenceStore(path: state).hostKey().publicKey
    }

    @Test func `a host's key is made once, for its owner alone`() throws {
        let first = try hostKey()
        #expect(try hostKey() == first)
        #expect(try directory.mode("a/b/state") == 0o700)
        #expect(try directory.mode("a/b/state/keys") == 0o700)
        #expect(try directory.mode("a/b/state/keys/host.pem") == 0o600)
        #expect(directory.names("a/b/state/keys") == ["host.pem"])
    }

    @Test func `who only looks makes neither a state nor a key`() throws {
        #expect(code { _ = try EvidenceStore(path: state, creating: false) } == .stateNotFound)
        #expect(directory.names() == [])
        let store = try EvidenceStore(path: state)
        #expect(code { _ = try store.hostKey(creating: false) } == .stateNotFound)
        #expect(directory.names("a/b/state") == [])
        let made = try store.hostKey().publicKey
        #expect(try store.hostKey(creating: false).publicKey == made)
    }

    @Test(arguments: [0o640, 0o604, 0o660, 0o610])
    func `a key that others might read is refused`(mode: Int) throws {
        _ = try hostKey()
        try directory.setMode(mode, "a/b/state/keys/host.pem")
        #expect(code { _ = try hostKey() } == .stateMode)
    }

    @Test(arguments: [0o750, 0o701, 0o770])
    func `a directory of keys that others might enter is refused`(mode: Int) throws {
        _ = try hostKey()
        try directory.setMode(mode, "a/b/state/keys")
        #expect(code { _ = try hostKey() } == .stateMode)
    }

    @Test(arguments: [0o777, 0o1777, 0o720])
    func `a state that others might write to is refused`(mode: Int) throws {
        _ = try hostKey()
        try directory.setMode(mode, "a/b/state")
        #expect(code { _ = try hostKey() } == .stateMode)
    }

    @Test func `a state that others may look at is used`() throws {
        _ = try hostKey()
        try directory.setMode(0o755, "a/b/state")
        _ = try hostKey()
    }

    @Test func `links are not followed`() throws {
        _ = try hostKey()
        let keys = "a/b/state/keys"
        try FileManager.default.moveItem(
            atPath: directory.path("\(keys)/host.pem"), toPath: directory.path("stolen.pem"))
        try FileManager.default.createSymbolicLink(
            atPath: directory.path("\(keys)/host.pem"),
            withDestinationPath: directory.path("stolen.pem"))
        #expect(code { _ = try hostKey() } == .stateKind)
        try FileManager.default.moveItem(
            atPath: directory.path(keys), toPath: directory.path("elsewhere"))
        try FileManager.default.createSymbolicLink(
            atPath: directory.path(keys), withDestinationPath: directory.path("elsewhere"))
        #expect(code { _ = try hostKey() } == .stateKind)
    }

    @Test(arguments: ["", "x", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
    func `a key that cannot be read is not replaced`(text: String) throws {
        _ = try hostKey()
        try directory.write(Array(text.utf8), "a/b/state/keys/host.pem")
        try directory.setMode(0o600, "a/b/state/keys/host.pem")
        #expect(code { _ = try hostKey() } == .keyUnusable)
        #expect(try directory.read("a/b/state/keys/host.pem") == Array(text.utf8))
    }

    @Test func `runs at the same time end with one key`() async throws {
        let state = state
        let ids = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<8 {
                group.addTask { try EvidenceStore(path: state).hostKey().publicKey.keyId }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(ids.count == 1)
        #expect(directory.names("a/b/state/keys") == ["host.pem"])
    }

    @Test func `facts are kept under their digests, once`() throws {
        let store = try EvidenceStore(path: state)
        let files = try ["one\n", "two\n"].map { text in
            (sha256: try SHA256.hex(of: Array(text.utf8)), bytes: Array(text.utf8))
        }
        try store.keepFacts(files)
        try store.keepFacts(files)
        let names = directory.names("a/b/state/facts")
        #expect(names == files.map { "\($0.sha256).jsonl" }.sorted())
        #expect(try directory.read("a/b/state/facts/\(files[0].sha256).jsonl") == files[0].bytes)

        try directory.write([0x6F], "a/b/state/facts/\(files[0].sha256).jsonl")
        try directory.setMode(0o600, "a/b/state/facts/\(files[0].sha256).jsonl")
        try store.keepFacts(files)
        #expect(try directory.read("a/b/state/facts/\(files[0].sha256).jsonl") == files[0].bytes)
    }

    @Test func `a report that stands alone is a file of one line, and is not replaced`() throws {
        let signer = try Signer()
        let store = try EvidenceStore(path: state)
        let line = try signer.envelope(SampleReport.payload().bytes).bytes
        let id = "00000000-0000-4000-8000-000000000001"
        try store.keepManual(reportId: id, line: line)
        let name = "a/b/state/reports/manual/\(id).json"
        #expect(try directory.read(name) == line + [0x0A])
        #expect(throws: EvidenceError.self) { try store.keepManual(reportId: id, line: [0x78]) }
        #expect(try directory.read(name) == line + [0x0A])
        #expect(code { try store.keepManual(reportId: "../../x", line: line) } == .stateKind)
    }
}
