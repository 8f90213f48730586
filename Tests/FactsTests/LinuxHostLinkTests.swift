import Facts
import Testing

/// Which links are followed, and where they can lead.
struct LinuxHostLinkTests {
    static let tree = """
        mkdir etc usr usr/bin home open sticky
        echo inside >etc/passwd; echo program >usr/bin/program
        ln -s usr/bin bin
        ln -s /etc/passwd absolute
        ln -s ../../../../../../../../etc/passwd usr/bin/climbing
        ln -s loop loop
        ln -s /etc/passwd open/link; ln -s . open/self; chmod 775 open
        ln -s /etc/passwd sticky/link; chmod 1777 sticky
        mkdir open/closed; ln -s /etc/passwd open/closed/link
        """

    @Test(arguments: [
        ("/absolute", "/etc/passwd"), ("/usr/bin/climbing", "/etc/passwd"),
        ("/bin/../../etc/passwd", "/etc/passwd"), ("/../../etc/./passwd", "/etc/passwd"),
        ("//etc//passwd", "/etc/passwd"), ("/bin/program", "/usr/bin/program"),
        ("/bin/../bin/program", "/usr/bin/program"),
    ])
    func `every path leads to a place inside the root`(path: String, expected: String) throws {
        let tree = try Tree(Self.tree)
        let host = try tree.host()
        #expect(try host.resolve(HostPath(path)) == HostPath(expected))
        let text = expected == "/etc/passwd" ? "inside\n" : "program\n"
        #expect(try host.read(HostPath(path)) == Array(text.utf8))
    }

    @Test(arguments: ["/open/link", "/sticky/link", "/open/self/x", "/open/closed/link"])
    func `a link that others could have placed is not followed`(path: String) throws {
        let tree = try Tree(Self.tree)
        let host = try tree.host()
        #expect(try code { try host.read(HostPath(path)) } == .unsafeLink)
        #expect(try code { try host.list(HostPath(path)) } == .unsafeLink)
        #expect(try code { try host.resolve(HostPath(path)) } == .unsafeLink)
    }

    @Test(arguments: ["/open/link", "/sticky/link", "/open/closed/link"])
    func `such a link itself can be looked at`(path: String) throws {
        let tree = try Tree(Self.tree)
        #expect(try tree.host().target(ofLink: HostPath(path)) == "/etc/passwd")
    }

    @Test(.enabled(if: Tree.isRoot, "only root gives files away"))
    func `a link in an ordinary user's directory is not followed`() throws {
        let tree = try Tree(
            """
            mkdir -p home/alice/.ssh etc; echo secret >etc/shadow
            ln -s /etc/shadow home/alice/.ssh/authorized_keys
            chown -hR 1000:1000 home/alice
            """)
        let host = try tree.host()
        #expect(try code { try host.read("/home/alice/.ssh/authorized_keys") } == .unsafeLink)
    }

    @Test func `a file in a directory that others write is read when no link leads to it`() throws {
        let tree = try Tree("mkdir open; echo x >open/file; chmod 777 open")
        let host = try tree.host()
        #expect(try host.read("/open/file") == Array("x\n".utf8))
    }

    @Test func `a loop of links ends`() throws {
        let tree = try Tree(Self.tree)
        #expect(try code { try tree.host().read("/loop") } == .readFailed)
    }

    @Test(arguments: ["/proc/self/root/etc/passwd", "/proc/self/exe", "/proc/self/cwd"])
    func `a link of the kernel's that leads anywhere is not followed`(path: String) throws {
        let host = try LinuxHost.offline(root: "/")
        #expect(try code { try host.resolve(HostPath(path)) } == .unsafeLink)
    }

    @Test func `the ordinary links of proc are followed`() throws {
        let host = try LinuxHost.offline(root: "/")
        #expect(try host.read("/proc/mounts").isEmpty == false)
        #expect(try host.resolve("/proc/self").hasPrefix("/proc/"))
    }

    @Test func `a directory that becomes a link while it is read never leads outside`() throws {
        let tree = try Tree(
            """
            mkdir root root/safe outside; echo inside >root/safe/file; echo outside >outside/file
            ln -s ../outside root/escape; ln -s "$PWD/outside" root/absolute
            """)
        let host = try LinuxHost.offline(root: tree.path + "/root")
        let swapper = try tree.background(
            """
            end=$(($(date +%s) + 2))
            while [ $(date +%s) -lt $end ]; do
                mv -T root/safe root/kept; ln -s ../outside root/safe; rm root/safe
                ln -s "$PWD/outside" root/safe; rm root/safe; mv -T root/kept root/safe
            done
            """)
        var seen: [HostError.Code?: Int] = [:]
        while !swapper.hasEnded() {
            var bytes = Array("inside\n".utf8)
            let code = try code { bytes = try host.read("/safe/file") }
            try #require(bytes == Array("inside\n".utf8))
            seen[code, default: 0] += 1
        }
        #expect(seen[nil] != nil, "it was never read")
        #expect(seen[.notFound] != nil, "it was never swapped")
    }
}
