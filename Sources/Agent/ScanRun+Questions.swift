package import Documents
import Facts
import Probes
import Reports
import StrictJSON

/// What a scan has workers read for it.
extension ScanRun {
    /// The answer of a worker; a worker that cannot answer ends the scan.
    private func answer(
        to question: AgentQuestion, _ argument: [UInt8] = []
    ) throws(Failure) -> JSONValue {
        let bytes = try translating({ Self.failure($0, question) }) {
            () throws(WorkerFailure) in try pool.answer(to: question.rawValue, argument)
        }
        return try translating({ _ in Self.failure(.notParsed, question) }) {
            () throws(JSONError) in try JSONValue(parsing: bytes, limits: .host())
        }
    }

    private static func failure(_ failure: WorkerFailure, _ question: AgentQuestion) -> Failure {
        if case .noHost(let code) = failure { return .noHost(code) }
        return .broken("no worker could answer about \(question.rawValue): \(failure)")
    }

    /// What bounds the whole scan, as codes.
    func limits() throws(Failure) -> [String] {
        let limits = try answer(to: .limits).array ?? []
        return ["host-root-trusted"] + limits.compactMap(\.string)
    }

    /// What the operator declares; a file that is not understood ends the scan, and tables that are
    /// gathered from now on are held against these files and no others.
    func declared() throws(Failure) -> (Declared, [Diagnostic]) {
        let json = try answer(to: .site, site.map { Array($0.utf8) } ?? [])
        guard let reading = SiteReading(json) else {
            throw .broken("a worker's answer about the site file was not understood")
        }
        guard !reading.diagnostics.contains(where: { $0.severity == .error }) else {
            throw .diagnostics(reading.diagnostics)
        }
        pool.site.digests = reading.declared.files.map(\.sha256)
        return (reading.declared, reading.diagnostics)
    }
}

extension ScanRun {
    /// A site file to begin with, from what the host shows.
    package func template() throws(Failure) -> String {
        try answer(to: .template).string ?? ""
    }

    /// The way of a packet through the host's firewall.
    package func way(of packet: String) throws(Failure) -> PacketAnswer {
        // Declarations that are not understood are told with their places.
        _ = try declared()
        var argument = PackedWriter()
        argument.append([site ?? "", packet])
        let json = try answer(to: .packet, argument.bytes)
        if let mistake = json["mistake"]?.string {
            throw .usage(Readable.text(mistake.utf8), hint: json["hint"]?.string)
        }
        guard let answer = PacketAnswer(json) else {
            throw .broken("a worker's answer about the packet was not understood")
        }
        return answer
    }

    /// What is declared, for a person who writes it: the role, the files and the warnings.
    package func checkedSite() throws(Failure) -> (
        role: String?, files: [String], warnings: [Diagnostic]
    ) {
        let (declared, diagnostics) = try declared()
        return (declared.role?.rawValue, declared.files.map(\.name), diagnostics)
    }
}
