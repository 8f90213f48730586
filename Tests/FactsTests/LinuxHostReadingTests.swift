import Facts
import Testing

/// Reading files that do not want to be read.
struct LinuxHostReadingTests {
    @Test func `a file is read to its end`() throws {
        let tree = try Tree("mkdir etc; echo hello >etc/motd")
        let host = try tree.host()
        #expect(try host.read("/etc/motd") == Array("hello\n".utf8))
    }

    @Test(arguments: ["pipe", "socket", "directory", "link-to-pipe"])
    func `what is no regular file is not opened`(name: String) throws {
        let tree = try Tree(
            """
            mkfifo pipe; mkdir directory; ln -s pipe link-to-pipe
            python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("socket")'
            """)
        #expect(try code { try tree.host().read(HostPath("/\(name)")) } == .notRegular)
    }

    @Test(.enabled(if: Tree.isRoot, "only root makes devices"))
    func `a device is not opened`() throws {
        let tree = try Tree("mknod zero c 1 5; mknod disk b 7 99; mknod rewinds c 9 128")
        let host = try tree.host()
        for name in ["zero", "disk", "rewinds"] {
            #expect(try code { try host.read(HostPath("/\(name)")) } == .notRegular)
            #expect(try host.status(of: HostPath("/\(name)")).kind == .device)
        }
    }

    @Test func `a file of a terabyte costs no more than the limit`() throws {
        let tree = try Tree("truncate -s 1T sparse")
        let host = try tree.host()
        #expect(try code { try host.read("/sparse", limit: 1000) } == .tooLarge)
        #expect(try host.status(of: "/sparse").size == 1 << 40)
    }

    @Test(arguments: [(5, nil), (4, HostError.Code.tooLarge), (0, .tooLarge), (-1, .tooLarge)])
    func `a limit is the last length that is read`(limit: Int, expected: HostError.Code?) throws {
        let tree = try Tree("printf 12345 >file")
        let host = try tree.host()
        #expect(try code { try host.read("/file", limit: limit) } == expected)
    }

    @Test func `a file that somebody holds a lease on is not waited for`() throws {
        let tree = try Tree("echo x >file")
        let host = try tree.host()
        let holder = try tree.background(
            """
            python3 -c 'import fcntl, signal, time
            signal.signal(signal.SIGIO, signal.SIG_IGN)
            file = open("file", "w")
            fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_WRLCK)
            open("ready", "w")
            time.sleep(20)'
            """)
        while try !host.exists("/ready") { try #require(!holder.hasEnded()) }
        let start = ContinuousClock.now
        #expect(try code { try host.read("/file") } == .readFailed)
        #expect(ContinuousClock.now - start < .seconds(5))
    }

    @Test func `an empty file is empty, whatever the limit`() throws {
        let tree = try Tree(": >file")
        let host = try tree.host()
        #expect(try host.read("/file", limit: 0) == [])
    }

    @Test func `a file whose size says nothing is read to its end`() throws {
        let host = try LinuxHost.offline(root: "/")
        #expect(try host.status(of: "/proc/version").size == 0)
        #expect(try host.read("/proc/version").starts(with: "Linux version ".utf8))
    }

    @Test(arguments: ["/nothing", "/file/below", "/nothing/below", "/dangling"])
    func `absence is seen as absence`(path: String) throws {
        let tree = try Tree(": >file; ln -s nowhere dangling")
        let host = try tree.host()
        #expect(try code { try host.read(HostPath(path)) } == .notFound)
    }

    @Test(.enabled(if: !Tree.isRoot, "root may read everything"))
    func `what may not be read is not absent`() throws {
        let tree = try Tree("mkdir closed; : >closed/file; : >secret; chmod 0 closed secret")
        let host = try tree.host()
        #expect(try code { try host.read("/secret") } == .notPermitted)
        #expect(try code { try host.read("/closed/file") } == .notPermitted)
        #expect(try code { try host.status(of: "/closed/file") } == .notPermitted)
        #expect(try code { try host.list("/closed") } == .notPermitted)
        try tree.run("chmod 700 closed")
    }

    @Test(arguments: ["relative", "", "/nul\0/etc"])
    func `what is no absolute path is neither absent nor read`(path: String) throws {
        let tree = try Tree("echo x >relative")
        let host = try tree.host()
        #expect(try code { try host.read(HostPath(path)) } == .readFailed)
    }

    @Test func `a path of too many components is refused`() throws {
        let tree = try Tree("ln -s . here")
        let host = try tree.host()
        let path = HostPath(String(repeating: "/here", count: 39) + "/x")
        #expect(try code { try host.read(path) } == .notFound)
        let longer = HostPath(String(repeating: "/here", count: 41) + "/x")
        #expect(try code { try host.read(longer) } == .readFailed)
    }
}
