import Facts
import PacketFilter

/// The units for which systemd, as the first process, holds sockets; see systemd.socket(5).
///
/// Who holds a socket is not told by the kernel but as the first process: the unit is the one whose
/// files name the protocol, address and port.
struct SocketUnits {
    private struct Place: Hashable {
        var transport: String
        /// Nothing: every address.
        var address: Address?
        var port: UInt16
    }

    private var units: [Place: [String]] = [:]

    /// Reads the files of all units of this kind; those that cannot be read name nothing.
    init(of host: some HostView) {
        guard let lookup = try? UnitLookup(host: host) else { return }
        var names: Set<String> = []
        for directory in UnitLookup<GivenHost>.directories {
            let entries = (try? host.list(directory)) ?? []
            names.formUnion(entries.map(\.name.description).filter { $0.hasSuffix(".socket") })
        }
        for text in names.sorted() {
            guard let name = UnitName(text), case .unit(let own, let file)? = try? lookup.find(name)
            else { continue }
            for (key, transport) in [("ListenStream", "tcp"), ("ListenDatagram", "udp")] {
                for value in file.values(key, in: "Socket") {
                    guard let place = Self.place(value, transport) else { continue }
                    if units[place]?.contains(own.text) != true {
                        units[place, default: []].append(own.text)
                    }
                }
            }
        }
    }

    /// The unit of a socket; nil where none, or more than one, names it.
    func unit(_ transport: String, _ address: Address, port: UInt16) -> String? {
        let exact = Place(transport: transport, address: address, port: port)
        let every = Place(transport: transport, address: nil, port: port)
        let found = (units[exact] ?? []) + (address.number == 0 ? units[every] ?? [] : [])
        return Set(found).count == 1 ? found[0] : nil
    }

    // A port, or an address and a port; paths and other families are no sockets of the network.
    private static func place(_ value: String, _ transport: String) -> Place? {
        if let port = UInt16(value) { return Place(transport: transport, port: port) }
        guard let colon = value.lastIndex(of: ":"),
            let port = UInt16(value[value.index(after: colon)...])
        else { return nil }
        var name = value[..<colon]
        if name.hasPrefix("["), name.hasSuffix("]") { name = name.dropFirst().dropLast() }
        guard let address = Address(name) else { return nil }
        return Place(transport: transport, address: address, port: port)
    }
}
