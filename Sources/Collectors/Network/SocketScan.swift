import Facts
import PacketFilter

/// Looks for sockets that wait for packets, in every network namespace that a process lives in.
struct SocketScan<View: HostView> {
    /// A process that holds sockets.
    private struct Holder {
        var pid: Int64
        var namespace: String
        var sockets: Set<UInt64>
    }

    let host: View
    private(set) var rows: [ListeningPorts.Row] = []
    /// Processes whose descriptors could not be read.
    private(set) var unseen = 0
    /// Read when the first process holds a socket.
    private var socketUnits: SocketUnits?

    private static var files: [(name: String, transport: String, family: Address.Family)] {
        [
            ("tcp", "tcp", .v4), ("tcp6", "tcp", .v6), ("udp", "udp", .v4), ("udp6", "udp", .v6),
            ("udplite", "udplite", .v4), ("udplite6", "udplite", .v6), ("raw", "raw", .v4),
            ("raw6", "raw", .v6),
        ]
    }

    init(host: View) {
        self.host = host
    }

    /// Reads everything; a process that ends meanwhile is passed over.
    mutating func run() throws(HostError) {
        let holders = try holders()
        var seen: Set<String> = []
        for holder in holders where seen.insert(holder.namespace).inserted {
            let inside = holders.filter { $0.namespace == holder.namespace }
            for file in Self.files {
                let path = Self.process(holder.pid, "net/\(file.name)")
                guard let lines = try? host.lines(of: path) else { continue }
                for line in lines.dropFirst() {
                    guard let socket = SocketLine(line, file.family) else { continue }
                    guard socket.waits(file.transport) else { continue }
                    add(socket, file.transport, holder.namespace, holders: holders, inside)
                }
            }
        }
    }

    private mutating func holders() throws(HostError) -> [Holder] {
        var holders: [Holder] = []
        for entry in try host.list("/proc") {
            guard let pid = Int64(entry.name.description) else { continue }
            guard let target = try? host.target(ofLink: Self.process(pid, "ns/net")) else {
                unseen += 1
                continue
            }
            holders.append(
                Holder(
                    pid: pid, namespace: target.description, sockets: sockets(of: pid)))
        }
        return holders.sorted { $0.pid < $1.pid }
    }

    private mutating func sockets(of pid: Int64) -> Set<UInt64> {
        let directory = Self.process(pid, "fd")
        let entries: [DirectoryEntry]
        do throws(HostError) {
            entries = try host.list(directory)
        } catch {
            if error.code != .notFound { unseen += 1 }
            return []
        }
        let prefix = "socket:["
        return Set(
            entries.compactMap { entry in
                guard let target = try? host.target(ofLink: directory.appending(entry.name)),
                    target.hasPrefix(prefix)
                else { return nil }
                return UInt64(target.description.dropFirst(prefix.count).dropLast())
            })
    }

    private mutating func add(
        _ socket: SocketLine, _ transport: String, _ namespace: String, holders: [Holder],
        _ inside: [Holder]
    ) {
        // A socket may have been handed to a process of another namespace.
        var owners = inside.filter { $0.sockets.contains(socket.inode) }
        if owners.isEmpty { owners = holders.filter { $0.sockets.contains(socket.inode) } }
        // The first process holds the sockets of units for them.
        let others = owners.filter { $0.pid != 1 }
        let shown = others.isEmpty ? owners.map { $0.pid as Int64? } : others.map(\.pid)
        for pid in shown.isEmpty ? [nil] : shown {
            rows.append(row(socket, transport, namespace, pid))
        }
    }

    private mutating func row(
        _ socket: SocketLine, _ transport: String, _ namespace: String, _ pid: Int64?
    ) -> ListeningPorts.Row {
        let name = pid.flatMap { try? host.read(Self.process($0, "comm"), limit: 256) }.map {
            Readable.text($0.prefix { $0 != 0x0A })
        }
        let path = pid.flatMap { try? host.target(ofLink: Self.process($0, "exe")) }
        let address = socket.address.description
        let place =
            address.contains(":") ? "[\(address)]:\(socket.port)" : "\(address):\(socket.port)"
        let number = namespace.filter(\.isNumber)
        var words = [transport, place, name ?? "nobody"]
        if let pid { words.append("(\(pid))") }
        words.append("net \(number) socket \(socket.inode)")
        return ListeningPorts.Row(
            listener: words.joined(separator: " "), pid: pid, port: Int64(socket.port),
            transport: transport, family: Int64(socket.address.family.rawValue),
            address: address, namespace: number, name: name, path: path?.description,
            unit: pid.flatMap { $0 == 1 ? unitHeld(socket, transport) : unit($0) })
    }

    // The first process's own unit says nothing of what it holds for others.
    private mutating func unitHeld(_ socket: SocketLine, _ transport: String) -> String? {
        let units = socketUnits ?? SocketUnits(of: host)
        socketUnits = units
        return units.unit(transport, socket.address, port: socket.port) ?? unit(1)
    }

    // The innermost unit of the process's control group; see cgroups(7).
    private func unit(_ pid: Int64) -> String? {
        guard let lines = try? host.lines(of: Self.process(pid, "cgroup")) else { return nil }
        let own = lines.first { $0.starts(with: "0::".utf8) } ?? []
        return HostPath(bytes: Array(own.dropFirst(3))).components.last {
            $0.hasSuffix(".service") || $0.hasSuffix(".scope")
        }?.description
    }

    private static func process(_ pid: Int64, _ name: String) -> HostPath {
        HostPath("/proc/\(pid)/\(name)")
    }
}
