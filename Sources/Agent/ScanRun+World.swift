import Collectors
import Documents
import Evidence
import Facts
import Linux
import OpenSSL
import Probes
import Reports

/// What a scan asks of the machine that it runs on.
extension ScanRun {
    var kind: HostKind {
        switch host {
        case .live, .replaying, .secluded: .live
        case .offline: .offline
        }
    }

    /// The built-in probes, and those that this machine's administrator added.
    func pack() throws(Failure) -> ProbePack {
        let reading = ProbePack.builtIn(added: try addedProbes())
        guard let pack = reading.value else { throw .diagnostics(reading.diagnostics) }
        let conflicts = pack.conflicts(with: Rejudgement.schemas)
        guard conflicts.isEmpty else { throw .diagnostics(conflicts) }
        return pack
    }

    private func addedProbes() throws(Failure) -> [SourceFile] {
        let files = TrustedFiles(host: try own(), user: Identity.effective.user)
        return try translating({ Failure.diagnostics([$0.diagnostic]) }) {
            () throws(TrustedFiles<LinuxHost>.Refusal) in
            try files.files(below: "/etc/assay/probes.d", suffix: ".yaml", depth: 2)
                .filter { !$0.name.hasSuffix(".cases.yaml") }
        }
    }

    /// The machine that the scan runs on.
    private func own() throws(Failure) -> LinuxHost {
        try translating({ Failure.noHost($0.code) }) { () throws(HostError) in try LinuxHost.live()
        }
    }

    /// The signing host, where an image is scanned.
    func signer() throws(Failure) -> Report.Machine? {
        guard case .offline = host else { return nil }
        let own = try own()
        return try translating({ _ in Failure.broken("digests cannot be computed") }) {
            () throws(OpenSSLError) in
            let tables = [Machine().gather(from: own), OSVersion().gather(from: own)]
            var files: [TableFile] = []
            for table in tables { files.append(try TableFile(KeyedTable(table))) }
            return Scan.machine(in: files)
        }
    }

    /// The digest of the program that runs.
    func toolDigest() throws(Failure) -> String {
        let program = try translating({ _ in Self.cannotReadItself }) {
            () throws(SystemError) in
            try Descriptor.open(Array("/proc/self/exe".utf8), .followedPlace)
                .reopened(through: Descriptor.open(Array("/proc/self/fd".utf8), .followedPlace))
        }
        do throws(OpenSSLError) {
            var digest = try SHA256Stream()
            // A part at a time: the whole would be the largest thing in memory.
            while let part = try? program.readSome(1 << 18) {
                guard part.isEmpty else {
                    try digest.update(part)
                    continue
                }
                return try digest.digest().hex
            }
        } catch {
            throw .broken("digests cannot be computed")
        }
        throw Self.cannotReadItself
    }

    private static var cannotReadItself: Failure { .broken("the program cannot read itself") }

    func random(_ count: Int) throws(Failure) -> [UInt8] {
        try translating({ _ in Failure.broken("there is no randomness") }) {
            () throws(OpenSSLError) in try randomBytes(count)
        }
    }

    /// A version 4 UUID (RFC 9562).
    func uuid() throws(Failure) -> String {
        var bytes = try random(16)
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        let digits = Array(Hexadecimal.text(bytes))
        let parts = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
        return parts.map { String(digits[$0]) }.joined(separator: "-")
    }
}
