import Facts
import Testing

@testable import Collectors

/// Who holds the sockets that wait for packets.
struct ListeningPortsTests {
    static func host(_ units: [HostPath: String]) -> GivenHost {
        let tcp = """
            head
             0: 00000000:0016 00000000:0000 0A 0:0 00:0 00 0 0 100 1
             1: 0100007F:0277 00000000:0000 0A 0:0 00:0 00 0 0 101 1
             2: 00000000:1538 00000000:0000 0A 0:0 00:0 00 0 0 102 1
             3: 00000000:1539 010200C0:9C40 01 0:0 00:0 00 0 0 103 1
            """
        var nodes: [HostPath: GivenHost.Node] = [
            "/proc/1/ns/net": .link("net:[1]"), "/proc/1/net/tcp": .file(Array(tcp.utf8)),
            "/proc/1/comm": .file(Array("systemd\n".utf8)),
            "/proc/1/cgroup": .file(Array("0::/init.scope\n".utf8)),
            "/proc/1/fd/3": .link("socket:[100]"), "/proc/1/fd/4": .link("socket:[101]"),
            "/proc/1/fd/5": .link("socket:[102]"), "/proc/9/ns/net": .link("net:[1]"),
            "/proc/9/fd/3": .link("socket:[102]"), "/proc/9/comm": .file(Array("pg\n".utf8)),
            "/proc/9/cgroup": .file(Array("0::/system.slice/pg.service\n".utf8)),
        ]
        for (path, text) in units { nodes[path] = .file(Array(text.utf8)) }
        return GivenHost(nodes, kind: .live)
    }

    static func units(_ files: [HostPath: String]) throws -> [String?] {
        guard case .complete(let rows) = ListeningPorts().collect(from: host(files)) else {
            Issue.record("the table is not complete")
            return []
        }
        return rows.sorted { $0.port < $1.port }.map(\.unit)
    }

    @Test
    func `a socket that systemd holds is its unit's, and one that a process took is that one's`()
        throws
    {
        let units = try Self.units([
            "/usr/lib/systemd/system/ssh.socket": "[Socket]\nListenStream=22\nAccept=no\n",
            "/usr/lib/systemd/system/cups.socket":
                "[Socket]\nListenStream=/run/cups/cups.sock\n",
            "/etc/systemd/system/cups.socket.d/port.conf":
                "[Socket]\nListenStream=127.0.0.1:631\n",
            "/usr/lib/systemd/system/pg.socket": "[Socket]\nListenStream=5432\n",
        ])
        #expect(units == ["ssh.socket", "cups.socket", "pg.service"])
    }

    @Test func `a socket that no unit names, or two do, is the first process's`() throws {
        #expect(try Self.units([:]) == ["init.scope", "init.scope", "pg.service"])
        let both = try Self.units([
            "/usr/lib/systemd/system/a.socket": "[Socket]\nListenStream=22\n",
            "/usr/lib/systemd/system/b.socket":
                "[Socket]\nListenStream=0.0.0.0:22\nListenDatagram=127.0.0.1:631\n",
        ])
        #expect(both == ["init.scope", "init.scope", "pg.service"])
    }
}
