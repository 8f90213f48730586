import Collectors
import Documents
import Facts
import Linux
package import Probes
import Site

/// Probes and cases that an author checks: the built-in ones, or those of a directory.
package struct AuthoredProbes: Sendable {
    /// The probes to check.
    package var files: [ProbeFile]
    package var check: ProbeCheck

    /// The built-in probes; with a directory, those below it.
    package init(below directory: String?) throws(ScanRun.Failure) {
        var added: [SourceFile] = []
        if let directory {
            let host = try translating({ ScanRun.Failure.noHost($0.code) }) {
                () throws(HostError) in try LinuxHost.live()
            }
            added = try translating({ ScanRun.Failure.diagnostics([$0.diagnostic]) }) {
                () throws(TrustedFiles<LinuxHost>.Refusal) in
                try TrustedFiles(host: host, user: Identity.effective.user)
                    .files(below: HostPath(directory), suffix: ".yaml", depth: 2)
            }
        }
        let isCase = { (file: SourceFile) in file.name.hasSuffix(".cases.yaml") }
        let reading = ProbePack.builtIn(added: added.filter { !isCase($0) })
        guard let pack = reading.value else { throw .diagnostics(reading.diagnostics) }
        files = pack.files.filter { directory == nil || $0.probe.origin == .added }
        check = ProbeCheck(
            of: pack, cases: directory == nil ? ProbePack.builtInCases : added.filter(isCase),
            collectors: allCollectors.map(\.schema)
        ) { host, site, schemas in
            allCollectors.filter { schemas.contains($0.schema) }
                .gather(from: host, knowing: site)
        }
    }
}

extension ProbePack {
    /// The built-in probes, and those that this machine's administrator added.
    package static func installed() throws(ScanRun.Failure) -> ProbePack {
        try ScanRun(host: .live, site: nil, selection: nil, toolVersion: "").pack()
    }
}
