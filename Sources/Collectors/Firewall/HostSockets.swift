import Facts
package import PacketFilter

/// The sockets of a running host's own network namespace, as those who ask what is reachable need
/// them.
struct HostSockets {
    /// Each once, with the processes that hold it.
    let holders: [ListeningSocket: [ListeningPorts.Row]]
    /// What was not seen of the processes, in the name of no table.
    let gaps: [Gap]

    /// More would be a program that wants the scan to take long.
    private static let limit = 2_000

    /// Nil where the sockets are not seen, or are too many.
    init?(of host: some HostView) {
        guard let own = try? host.target(ofLink: "/proc/1/ns/net") else { return nil }
        let namespace = own.description.filter(\.isNumber)
        switch ListeningPorts().collect(from: host) {
        case .complete(let rows): self.init(rows.filter { $0.namespace == namespace }, gaps: [])
        case .partial(let rows, let gaps):
            self.init(rows.filter { $0.namespace == namespace }, gaps: gaps)
        case .unavailable: return nil
        }
    }

    // Nil where they are too many.
    private init?(_ rows: [ListeningPorts.Row], gaps: [Gap]) {
        var holders: [ListeningSocket: [ListeningPorts.Row]] = [:]
        for row in rows {
            if let socket = ListeningSocket(row) { holders[socket, default: []].append(row) }
        }
        guard holders.count <= Self.limit else { return nil }
        self.holders = holders
        self.gaps = gaps
    }

    /// In the order of their ports.
    var sockets: [ListeningSocket] {
        holders.keys.sorted {
            ($0.port, $0.transport, $0.family.rawValue, $0.address?.number ?? 0)
                < ($1.port, $1.transport, $1.family.rawValue, $1.address?.number ?? 0)
        }
    }

    /// What listens where a packet that gets in ends; nil where nothing does.
    func listener(
        behind packet: Witness, in analysis: FirewallAnalysis
    ) throws(PacketFilterError) -> String? {
        var found: [ListeningSocket] = []
        for socket in sockets where socket.transport == packet.transport {
            let reaching = try analysis.packets(reaching: socket)
            if try analysis.packets(of: packet, in: reaching) != .none { found.append(socket) }
        }
        return text(of: found)
    }

    /// Programs with their units and addresses, such as `sshd (ssh.service) 0.0.0.0:22`; nil of no
    /// socket.
    func text(of sockets: [ListeningSocket]) -> String? {
        var order: [String] = []
        var places: [String: [String]] = [:]
        for socket in sockets {
            for row in holders[socket] ?? [] {
                let name = row.name ?? "an unknown program"
                let holder = row.unit.map { "\(name) (\($0))" } ?? name
                if places[holder] == nil { order.append(holder) }
                let place = socket.text
                if places[holder]?.contains(place) != true {
                    places[holder, default: []].append(place)
                }
            }
        }
        guard !order.isEmpty else { return nil }
        let shown = order.prefix(Self.shown).map { holder in
            let all = places[holder] ?? []
            let more = all.count > Self.shown ? " …" : ""
            return holder + " " + all.prefix(Self.shown).joined(separator: " ") + more
        }
        let rest = order.count - shown.count
        return Readable.text(
            (shown + (rest > 0 ? ["\(rest) more"] : [])).joined(separator: "; "))
    }

    private static let shown = 8
}

extension ListeningSocket {
    /// The socket of a row; nil of a raw one, which sees copies and opens no port.
    package init?(_ row: ListeningPorts.Row) {
        guard row.transport != "raw", let number = Transport.number(row.transport),
            let address = Address(row.address), let port = UInt16(exactly: row.port)
        else { return nil }
        self.init(number, address, port: port)
    }

    /// The address that it is bound to.
    var place: String { address?.description ?? (family == .v4 ? "0.0.0.0" : "::") }

    /// Its address and port as people write them.
    var text: String { family == .v4 ? "\(place):\(port)" : "[\(place)]:\(port)" }
}
