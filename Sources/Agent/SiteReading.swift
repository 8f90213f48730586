import Documents
import Facts
import Linux
import Probes
import Reports
import Site
import StrictJSON

/// What a worker found in a host's site files.
struct SiteReading: Sendable {
    var declared: Declared
    var diagnostics: [Diagnostic]

    private static let path: HostPath = "/etc/assay/site.yaml"
    private static let fragments: HostPath = "/etc/assay/site.d"

    /// Reads the site files of a host, or the named file of this machine.
    static func reading(_ named: [UInt8], on host: LinuxHost) -> SiteReading {
        let reading = site(named, on: host)
        guard let site = reading.value else {
            return SiteReading(declared: .nothing, diagnostics: reading.diagnostics)
        }
        return SiteReading(
            declared: Declared(
                role: site.role, environment: site.environment, tables: site.tables,
                files: site.sources.map { Report.Declared(name: $0.name, sha256: $0.sha256) }),
            diagnostics: reading.diagnostics)
    }

    /// What these files declare, within the bounds of the built-in catalogue.
    static func site(_ named: [UInt8], on host: LinuxHost) -> Reading<SiteFile> {
        do throws(HostError) {
            let user = Identity.effective.user
            guard named.isEmpty else {
                let own = TrustedFiles(host: try LinuxHost.live(), user: user)
                return site { () throws(TrustedFiles<LinuxHost>.Refusal) in
                    [try own.file(at: HostPath(bytes: named))]
                }
            }
            let files = TrustedFiles(host: host, user: user)
            return site { () throws(TrustedFiles<LinuxHost>.Refusal) in
                let whole = try files.exists(path) ? [try files.file(at: path)] : []
                return whole + (try files.files(below: fragments, suffix: ".yaml", depth: 1))
            }
        } catch {
            return Reading(nil, [TrustedFiles<LinuxHost>.Refusal.unreadable(error).diagnostic])
        }
    }

    private static func site(
        _ files: () throws(TrustedFiles<LinuxHost>.Refusal) -> [SourceFile]
    ) -> Reading<SiteFile> {
        guard let bounds = ProbePack.builtInCatalogue.value?.bounds else {
            let broken = Diagnostic(
                file: "probes/controls/appendix-c.yaml", line: 1, column: 1,
                "the built-in catalogue is broken")
            return Reading(nil, [broken])
        }
        do throws(TrustedFiles<LinuxHost>.Refusal) {
            return SiteFile.reading(try files(), bounds: bounds)
        } catch {
            return Reading(nil, [error.diagnostic])
        }
    }

    init(declared: Declared, diagnostics: [Diagnostic]) {
        self.declared = declared
        self.diagnostics = diagnostics
    }
}
