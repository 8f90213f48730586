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
        case .live: .live
        case .offline: .offline
        }
    }

    /// The built-in probes, and those that this machine's administrator added.
    func pack() throws(Failure) -> ProbePack {
        let reading = ProbePack.builtIn(added: try addedProbes())
        guard let pack = reading.value else { throw .diagnostics(reading.diagnostics) }
        return pack
    }

    private func addedProbes() throws(Failure) -> [SourceFile] {
        do throws(HostError) {
            return try AddedProbes(of: try LinuxHost.live()).files()
        } catch {
            throw .diagnostics([
                Diagnostic(
                    file: error.path.description, line: 1, column: 1, error.code.sentence,
                    hint: "added probes and the directories above them must be root's alone")
            ])
        }
    }

    /// What bounds the whole scan, as codes.
    func limits() throws(Failure) -> [String] {
        ["host-root-trusted"] + (try answer(to: .limits)).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The signing host, where an image is scanned.
    func signer() throws(Failure) -> Report.Machine? {
        guard case .offline = host else { return nil }
        do throws(HostError) {
            let own = try LinuxHost.live()
            var files: [TableFile] = []
            do throws(OpenSSLError) {
                for table in AgentQuestion.machineTables(of: own) {
                    files.append(try TableFile(KeyedTable(table)))
                }
            } catch {
                throw Failure.broken("digests cannot be computed")
            }
            return Scan.machine(in: files)
        } catch let error as Failure {
            throw error
        } catch {
            throw .broken("this machine cannot be read")
        }
    }

    func toolDigest() throws(Failure) -> String {
        do {
            let program = try Descriptor.open(Array("/proc/self/exe".utf8), .followedPlace)
            return try program.digest()
        } catch {
            throw .broken("the program cannot read itself")
        }
    }

    func random(_ count: Int) throws(Failure) -> [UInt8] {
        do throws(OpenSSLError) {
            return try randomBytes(count)
        } catch {
            throw .broken("there is no randomness")
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

    func kept<Result>(
        _ body: () throws(EvidenceError) -> Result
    ) throws(Failure) -> Result {
        do throws(EvidenceError) {
            return try body()
        } catch {
            throw .evidence(error)
        }
    }
}
