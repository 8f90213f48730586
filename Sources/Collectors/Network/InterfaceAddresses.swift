package import Facts
import PacketFilter

/// Addresses of the host's interfaces.
///
/// Read over rtnetlink(7).
package struct InterfaceAddresses: Collector {
    /// One address.
    package struct Row: Sendable, Equatable {
        var interface: String
        var address: String
        var length: Int64
        var broadcast: String?
        var pointToPoint: String?
    }

    package static let table = FactTable<Row>(
        "interface_addresses", "Addresses of the host's interfaces.",
        key: .joined("interface_address", ["address", "interface"]), layer: .running,
        isShared: true,
        columns: [
            .text("interface", \.interface, "Name of the interface."),
            .text("address", \.address, "The address."),
            .integer("mask", \.length, "Bits of its network."),
            .text("broadcast", \.broadcast, "Where packets for all of the network go."),
            .text("point_to_point", \.pointToPoint, "The other end of the link."),
        ])

    /// Stateless.
    package init() {}

    /// Asks the kernel.
    package func collect(from host: some HostView) -> Gathered<Row> {
        let name = Self.table.schema.name
        if let gap = host.gap(.network, in: name) { return .unavailable(gap) }
        do throws(HostError) {
            let state = try NetworkState(of: host)
            return .complete(
                state.addresses.map { record in
                    Row(
                        interface: state.name(record.index) ?? "\(record.index)",
                        address: record.address.description, length: Int64(record.length),
                        broadcast: record.broadcast?.description,
                        pointToPoint: record.peer?.description)
                })
        } catch {
            return .unavailable(Gap(error, in: name))
        }
    }
}
