import Facts
import Linux
import Testing

/// The machine that the scan runs on, from inside and outside of namespaces.
struct LinuxHostLiveTests {
    /// What a script prints in a process namespace of its own, whose first process is its shell:
    /// so the test's root may look at that one, whatever sandbox the test runs in.
    static func inside(_ script: String) throws -> String {
        let shell = "reader() { '\(try Tree.reader())' \"$@\"; }\n" + script
        return try Tree("").run("unshare -pf --mount-proc /bin/sh <<'END'\n\(shell)\nEND")
    }

    @Test func `the machine is read`() throws {
        let host = try LinuxHost.live()
        #expect(host.kind == .live)
        #expect(try host.read("/etc/passwd").isEmpty == false)
        #expect(host.now > 1_750_000_000)
        #expect(host.limits.contains("unprivileged") == !Tree.isRoot)
    }

    @Test(.enabled(if: Tree.isRoot, "only root makes namespaces"))
    func `the first process's files are read, whatever a private mount namespace hides`() throws {
        let hidden = """
            mkdir -p /tmp/assay-private; echo seen >/tmp/assay-private/file
            unshare -m sh -c "mount -t tmpfs tmpfs /tmp/assay-private
                '\(try Tree.reader())' live read /tmp/assay-private/file
                '\(try Tree.reader())' live limits"
            rm -r /tmp/assay-private
            """
        #expect(try Self.inside(hidden) == "seen")
    }

    @Test(.enabled(if: Tree.isRoot, "only root makes namespaces"))
    func `a program sees the first process's files too`() throws {
        let hidden = """
            mkdir -p /tmp/assay-programs; echo seen >/tmp/assay-programs/file
            unshare -m sh -c "mount -t tmpfs tmpfs /tmp/assay-programs
                '\(try Tree.reader())' live run /bin/cat /tmp/assay-programs/file"
            rm -r /tmp/assay-programs
            """
        #expect(try Self.inside(hidden) == "0 seen")
    }

    @Test(
        .enabled(if: Tree.isRoot, "only root makes namespaces"),
        arguments: [
            ("", ""), ("-n", "net:different"), ("-p -f", "pid:different"), ("-m", "mnt:different"),
            ("-U -r", "user:different"), ("-n -m", "net:different mnt:different"),
        ])
    func `a namespace that is not the first process's is told`(flags: String, gaps: String) throws {
        let reader = try Tree.reader()
        let command = flags.isEmpty ? "reader" : "unshare \(flags) '\(reader)'"
        #expect(try Self.inside("\(command) live namespaces") == gaps)
    }

    @Test(.enabled(if: Tree.isRoot, "only root becomes somebody else"))
    func `an ordinary user's view is its own, and says so`() throws {
        let nobody = "setpriv --reuid 65534 --regid 65534 --clear-groups"
        let reader = try Tree.reader()
        #expect(try Self.inside("\(nobody) '\(reader)' live limits") == "unprivileged")
        #expect(try Self.inside("\(nobody) '\(reader)' live namespaces") == "")
        #expect(
            try Self.inside("\(nobody) '\(reader)' live read /etc/shadow") == "error notPermitted")
        let apart = "unshare -n -m \(nobody) '\(reader)' live"
        #expect(try Self.inside("\(apart) limits") == "unprivileged otherMounts")
        #expect(try Self.inside("\(apart) namespaces") == "net:different mnt:different")
    }

    @Test func `what proc tells of the reader is told of the first process`() throws {
        #expect(try LinuxHost.live().resolve("/proc/self") == "/proc/1")
        #expect(try LinuxHost.live().resolve("/proc/net/tcp") == "/proc/1/net/tcp")
        #expect(try LinuxHost.live().resolve("/proc/mounts") == "/proc/1/mounts")
    }

    @Test(.enabled(if: Tree.isRoot, "only root makes namespaces"))
    func `the network of the first process is read from inside another namespace`() throws {
        let reader = try Tree.reader()
        let devices = "live read /proc/net/dev | wc -l"
        #expect(
            try Self.inside("[ $(reader \(devices)) -gt 3 ] && unshare -n '\(reader)' \(devices)")
                == Self.inside("reader \(devices)"))
    }

    @Test func `what another namespace leaves unknown is a gap`() {
        let gap = NamespaceGap(.network, .different).gap(in: "listening_ports")
        #expect(gap.code == .otherNamespace && gap.table == "listening_ports")
        #expect(GivenHost().gap(.network, in: "listening_ports") == nil)
    }
}
