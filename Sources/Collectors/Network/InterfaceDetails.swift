package import Facts

/// Interfaces of the host.
///
/// Read over rtnetlink(7).
package struct InterfaceDetails: Collector {
    /// One interface.
    package struct Row: Sendable, Equatable {
        var interface: String
        var mac: String?
        var kind: String?
        var mtu: Int64?
        var flags: Int64
    }

    package static let table = FactTable<Row>(
        "interface_details", "Interfaces of the host.", key: .column("interface"),
        layer: .running,
        columns: [
            .text("interface", \.interface, "Name of the interface."),
            .text("mac", \.mac, "Hardware address."),
            .text("kind", \.kind, "What made it, such as `bridge`; absent for a device."),
            .integer("mtu", \.mtu, "Bytes of the largest packet."),
            .integer("flags", \.flags, "Flags of netdevice(7)."),
        ])

    /// Stateless.
    package init() {}

    /// Asks the kernel.
    package func collect(from host: some HostView) -> Gathered<Row> {
        let name = Self.table.schema.name
        if let gap = host.gap(.network, in: name) { return .unavailable(gap) }
        do throws(HostError) {
            return .complete(
                try NetworkState(of: host).links.map { link in
                    Row(
                        interface: Readable.text(Array(link.name.utf8)),
                        mac: link.hardwareAddress.map(Self.text), kind: link.kind,
                        mtu: link.mtu.map(Int64.init), flags: Int64(link.flags))
                })
        } catch {
            return .unavailable(Gap(error, in: name))
        }
    }

    private static func text(_ address: [UInt8]) -> String {
        address.map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined(separator: ":")
    }
}
