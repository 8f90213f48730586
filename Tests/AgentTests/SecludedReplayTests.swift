import Agent
import Facts
import Glibc
import Linux
import Netlink
import Testing

/// What is loaded for a replay is seen there, and nowhere else.
@Suite(.enabled(if: geteuid() == 0, "root alone has namespaces and programs to replay with"))
struct SecludedReplayTests {
    private static let tables = NetlinkQuestion(.netfilter, type: 0x0A01, body: [0, 0, 0, 0])
    private static let links = NetlinkQuestion(
        .route, type: 18, body: [UInt8](repeating: 0, count: 16))

    private static func replay() throws -> SecludedReplay {
        let itself = try Descriptor.open(Array("/proc/self".utf8), .followedPlace)
        let path = String(decoding: try itself.target(ofLink: Array("exe".utf8)), as: UTF8.self)
        let directory = path.split(separator: "/").dropLast().joined(separator: "/")
        return SecludedReplay(
            try WorkerProgram(path: "/\(directory)/assay", ["assay", "worker"]))
    }

    private static func plan(
        _ commands: [(HostPath, [String])], mayFail: Bool = false, interfaces: [String] = []
    ) -> ReplayPlan {
        ReplayPlan(
            interfaces: interfaces, kinds: ["dummy", "veth", "bridge"],
            loaders: [
                commands.map { ReplayStep(HostCommand($0.0, $0.1), mayFail: mayFail) }
            ])
    }

    private static func names(_ messages: [NetlinkMessage]) -> Set<String> {
        Set(
            messages.compactMap {
                NetlinkAttributes($0.body.dropFirst(16))?.text(3)
            })
    }

    @Test func `a replayed table is in the network of the replay alone`() throws {
        let before = try NetlinkSocket.answer(to: Self.tables)
        let host = try Self.replay().host(
            after: Self.plan([("/usr/sbin/nft", ["add", "table", "inet", "replayed"])]))
        #expect(try host.answer(to: Self.tables).count == 1)
        #expect(try NetlinkSocket.answer(to: Self.tables) == before)
    }

    @Test func `interfaces of a replay have their names and lead nowhere`() throws {
        let host = try Self.replay().host(after: Self.plan([], interfaces: ["wan0", "br-lan"]))
        #expect(
            Self.names(try host.answer(to: Self.links)).isSuperset(of: ["lo", "wan0", "br-lan"]))
    }

    @Test func `a loader stops at its first failure, unless the step may fail`() throws {
        let commands: [(HostPath, [String])] = [
            ("/usr/sbin/nft", ["add", "chain", "inet", "missing", "c"]),
            ("/usr/sbin/nft", ["add", "table", "inet", "replayed"]),
        ]
        let stopped = try Self.replay().host(after: Self.plan(commands))
        #expect(try stopped.answer(to: Self.tables).isEmpty)
        let went = try Self.replay().host(after: Self.plan(commands, mayFail: true))
        #expect(try went.answer(to: Self.tables).count == 1)
    }

    @Test func `a replayed program writes no file and changes no setting of the kernel`() throws {
        let host = try Self.replay().host(after: Self.plan([]))
        let written = try host.run(HostCommand("/usr/bin/touch", ["/var/tmp/assay-replay"]))
        #expect(written.status != 0)
        #expect(throws: SystemError.self) {
            _ = try Descriptor.open(Array("/var/tmp/assay-replay".utf8), .followedPlace)
        }
        let set = try host.run(HostCommand("/usr/sbin/sysctl", ["-w", "kernel.core_pattern=core"]))
        #expect(set.status != 0)
    }
}
