import Agent
import Facts
import Linux
import Probes
import Testing

/// Real executables, run as foreign collectors.
@Suite(.enabled(if: Identity.effective.user == 0, "only root can confine collectors"))
struct ForeignCollectorTests {
    static let row = #"[{"door":"front","locks":1,"layer":"running"}]"#

    /// What becomes of a script in a directory of root's, `setup` having been done to it.
    static func gathered(
        _ script: String, setup: String = "", path: String = "collector", seconds: Int = 10
    ) throws -> GatheredTable {
        let place = try RootDirectory(
            """
            cat >collector <<'END'
            #!/bin/bash
            \(script)
            END
            chmod 755 collector
            \(setup)
            """)
        let run = HostPath("\(place.path)/\(path)")
        return ForeignTable(ForeignTableTests.collector(run), seconds: seconds)
            .gathered(from: try LinuxHost.live())
    }

    static let prints = "echo '\(row)'"

    @Test func `what a collector prints is its table, and its complaints are nothing`() throws {
        let table = try Self.gathered("echo 'a complaint' >&2; \(Self.prints)")
        #expect(table.state == .complete)
        #expect(table.rows == [[.text("front"), .integer(1), .text("running")]])
    }

    @Test(arguments: [
        ("chmod g+w collector", "collector"), ("chmod o+w collector", "collector"),
        ("chown nobody collector", "collector"), ("chmod o+w .", "collector"),
        ("chown nobody .", "collector"),
        ("mkdir in; chmod 777 in; mv collector in", "in/collector"),
        ("ln -s collector link", "link"),
        ("mkdir in; mv collector in; ln -s in to", "to/collector"),
        ("chown nobody collector; chmod u+s,a+x collector", "collector"),
        (
            "cp /bin/bash shell; chmod 777 shell; sed -i \"1s|.*|#!$PWD/shell|\" collector",
            "collector"
        ),
        ("chmod a-x collector", "collector"),
    ])
    func `one that others could have placed, or that is no program, is not permitted`(
        setup: String, path: String
    ) throws {
        let table = try Self.gathered(Self.prints, setup: setup, path: path)
        #expect(table.state == .unavailable)
        #expect(table.gaps.map(\.code) == [.notPermitted])
    }

    @Test(arguments: [
        ("exit 3", GapCode.notAvailable), ("kill -9 $$", .notAvailable),
        ("kill -SEGV $$", .notAvailable),
        ("\(prints); exit 1", .notAvailable), ("echo garbage", .notParsed), ("true", .notParsed),
        ("echo '[{\"door\":1}]'", .notParsed), ("printf '[\\0]'", .notParsed),
        ("yes", .tooLarge), ("\(prints); sleep 20", .timedOut), ("while :; do :; done", .timedOut),
        ("x=$(head -c 900000000 /dev/zero | tr '\\0' x); \(prints)", .notAvailable),
    ])
    func `a misdeed leaves the table unavailable, in time`(script: String, code: GapCode) throws {
        let start = ContinuousClock.now
        let table = try Self.gathered(
            "set -e; set -o pipefail; \(script)", seconds: code == .timedOut ? 1 : 10)
        #expect(table.state == .unavailable && table.rows.isEmpty)
        // A collector that spins has used up its time when it has used up its processor time.
        let also: [GapCode] = code == .timedOut ? [.notAvailable] : []
        #expect(
            table.gaps.count == 1 && table.gaps.allSatisfy { ([code] + also).contains($0.code) })
        #expect(ContinuousClock.now - start < .seconds(8))
    }

    @Test(arguments: [
        // A datagram has a way as soon as there is any device that is up.
        "/dev/udp/127.0.0.1/53", "/dev/udp/192.0.2.1/53", "/dev/tcp/192.0.2.1/80",
    ])
    func `a collector reaches nobody over the network`(address: String) throws {
        let table = try Self.gathered(
            "if (exec 3<>\(address)) 2>/dev/null; then exit 1; fi; \(Self.prints)",
            seconds: 5)
        #expect(table.state == .complete, "\(table.gaps)")
    }

    @Test func `a collector gains no power and leaves no process`() throws {
        let table = try Self.gathered(
            """
            grep -q '^NoNewPrivs:.1$' /proc/self/status || exit 1
            [ "$(env | sort | grep -vE '^(PWD|SHLVL|_)=' | tr '\\n' ' ')" = \
            "LC_ALL=C PATH=/usr/sbin:/usr/bin:/sbin:/bin " ] || exit 1
            [ "$(ulimit -v)" -le 524288 ] || exit 1
            sleep 30 &
            \(Self.prints)
            """)
        #expect(table.state == .complete, "\(table.gaps)")
    }

    @Test func `a collector's power to be another group by its file is not given`() throws {
        let table = try Self.gathered(
            Self.prints,
            setup: """
                cp /bin/bash shell; chgrp nogroup shell; chmod 2755 shell
                sed -i "1c #!$PWD/shell -p" collector
                sed -i '1a [ "$(id -g)" = 0 ] || exit 1' collector
                """)
        #expect(table.state == .complete, "\(table.gaps)")
    }

    @Test func `a worker runs it, and on a root that does not run nobody does`() throws {
        let place = try RootDirectory(
            "cat >c <<'END'\n#!/bin/sh\n\(Self.prints)\nEND\nchmod 755 c")
        let collector = ForeignTableTests.collector(HostPath("\(place.path)/c"))
        let tables = try WorkerPoolTests.pool(host: .live)
            .gather([WorkerPoolTests.schema("fine")], foreign: [collector])
        #expect(tables.map(\.state) == [.complete, .complete])
        #expect(tables[1].rows == [[.text("front"), .integer(1), .text("running")]])
        let offline = try WorkerPoolTests.pool().gather([], foreign: [collector])
        #expect(offline.map { $0.gaps.map(\.code) } == [[.notRunning]])
    }

    @Test func `one that is not there, or a directory, leaves the table unavailable`() throws {
        #expect(try Self.gathered("", path: "none").gaps.map(\.code) == [.notAvailable])
        #expect(try Self.gathered("", path: ".").gaps.map(\.code) == [.notRegular])
    }
}
