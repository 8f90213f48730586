package import Facts
import OpenSSL

/// What tells one machine from another, and how it runs.
///
/// The machine id itself is confidential, see `machine-id(5)`: the id here is made from it as
/// `sd_id128_get_machine_app_specific(3)` makes one.
package struct Machine: Collector {
    package struct Row: Sendable, Equatable {
        var name: String
        var id: String?
        var kernel: String?
        var bootId: String?
        var virtualization: String?
    }

    package static let table = FactTable<Row>(
        "machine", "What tells this machine from another, and how it runs.", key: .column("name"),
        layer: .both,
        columns: [
            .text("name", \.name, "Always `host`."),
            .text("id", \.id, "32 hex digits made from the machine id; NULL where it has none."),
            .text("kernel", \.kernel, "The release of the kernel that runs."),
            .text("boot_id", \.bootId, "The id of this boot."),
            .text("virtualization", \.virtualization, "`none`, `vm`, or the kind of container."),
        ])

    // A fixed, random id of this application: another one would make every host another host.
    private static let applicationId: [UInt8] = [
        0x5B, 0x1E, 0x9C, 0x07, 0xD4, 0x3A, 0x4F, 0x62, 0xA8, 0x55, 0x0E, 0x91, 0xC6, 0x2B, 0x7F,
        0x38,
    ]

    package init() {}

    package func collect(from host: some HostView) -> Gathered<Row> {
        var row = Row(name: "host")
        var gaps: [Gap] = []
        if let machineId = text("/etc/machine-id", "id", host, &gaps) {
            do throws(OpenSSLError) {
                row.id = try Self.hostId(of: machineId)
            } catch {
                gaps.append(
                    Gap(
                        .readFailed, in: Self.table.schema.name, columns: ["id"],
                        "the id could not be computed"))
            }
        }
        if host.kind == .live {
            row.kernel = text("/proc/sys/kernel/osrelease", "kernel", host, &gaps)
            row.bootId = text("/proc/sys/kernel/random/boot_id", "boot_id", host, &gaps)
            row.virtualization = virtualization(of: host)
        }
        return .rows([row], gaps: gaps)
    }

    /// The app-specific id of a machine id of 32 hex digits; nil of anything else.
    static func hostId(of machineId: String) throws(OpenSSLError) -> String? {
        guard let key = Hexadecimal.bytes(machineId), key.count == 16 else { return nil }
        var id = Array(try HMACSHA256.code(of: applicationId, key: key).bytes.prefix(16))
        // The version and the variant of a random UUID, as systemd sets them.
        id[6] = id[6] & 0x0F | 0x40
        id[8] = id[8] & 0x3F | 0x80
        return Hexadecimal.text(id)
    }

    private func text(
        _ path: HostPath, _ column: String, _ host: some HostView, _ gaps: inout [Gap]
    ) -> String? {
        do throws(HostError) {
            let first = try host.lines(of: path).first ?? []
            return first.isEmpty ? nil : Readable.text(first)
        } catch  where error.code == .notFound {
            return nil
        } catch {
            gaps.append(Gap(error, in: Self.table.schema.name, columns: [column]))
            return nil
        }
    }

    private func virtualization(of host: some HostView) -> String? {
        var unimportant: [Gap] = []
        if let kind = text("/run/systemd/container", "virtualization", host, &unimportant) {
            return kind
        }
        do throws(HostError) {
            let isGuest = try host.lines(of: "/proc/cpuinfo").contains { line in
                line.starts(with: "flags".utf8)
                    && line.split(separator: 0x20).contains { $0.elementsEqual("hypervisor".utf8) }
            }
            return isGuest ? "vm" : "none"
        } catch {
            return nil
        }
    }
}
