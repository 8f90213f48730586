import Facts
import Testing

/// What is mounted on a host, and what that leaves unknown.
@Suite(.enabled(if: Tree.isRoot, "only root mounts"))
struct LinuxHostMountTests {
    static let files = """
        mkdir -p etc/systemd/system usr/lib/systemd/system home mnt/x data
        echo real >etc/passwd; echo false >data/passwd; echo below >data/below

        """

    /// What the reader says after a script in the tree.
    static func reading(_ script: String, _ arguments: String) throws -> String {
        try Tree(files).runWithMounts(
            Tree.silentMount + script + "\ntimeout 10 '\(Tree.reader())' \"$PWD\" " + arguments)
    }

    @Test(arguments: ["read", "status"])
    func `a file that another is mounted over is not what the host configured`(word: String) throws
    {
        let script = "mount --bind data/passwd etc/passwd"
        #expect(try Self.reading(script, word + " /etc/passwd") == "error overmounted")
    }

    @Test(arguments: [
        "echo '/data/passwd /etc/passwd none bind 0 0' >etc/fstab",
        "echo '# a comment' >etc/fstab; echo '/data\t/etc/passwd\tnone\tbind' >>etc/fstab",
        ": >etc/systemd/system/etc-passwd.mount", ": >usr/lib/systemd/system/etc-passwd.mount",
        "mkdir -p run/systemd/generator; : >run/systemd/generator/etc-passwd.mount",
    ])
    func `a file that the host itself mounts over another is configured so`(by: String) throws {
        let script = by + "\nmount --bind data/passwd etc/passwd"
        #expect(try Self.reading(script, "read /etc/passwd") == "false")
    }

    @Test func `the name of a unit for a path is the one that systemd gives it`() throws {
        let script = #"""
            mkdir 'etc/.a-b é'; : >'etc/.a-b é/.c'; mount --bind data/passwd 'etc/.a-b é/.c'
            : >'etc/systemd/system/etc-.a\x2db\x20\xc3\xa9-.c.mount'
            """#
        #expect(try Self.reading(script, "read '/etc/.a-b é/.c'") == "false")
        let hidden = #"""
            mkdir .hidden; : >.hidden/x; mount --bind data/passwd .hidden/x
            : >'etc/systemd/system/\x2ehidden-x.mount'
            """#
        #expect(try Self.reading(hidden, "read /.hidden/x") == "false")
    }

    @Test(arguments: [
        "echo '#/data/passwd /etc/passwd none bind' >etc/fstab",
        "echo '/etc/passwd /elsewhere none bind' >etc/fstab",
        "echo '/data /etc/passwd none bind' >data/fstab; : >etc/fstab; mount --bind data/fstab etc/fstab",
        ": >etc/systemd/system/etc-shadow.mount",
        "ln -s /dev/null etc/systemd/system/etc-passwd.mount",
    ])
    func `what declares another mount, or nothing, declares not this one`(by: String) throws {
        let script = by + "\nmount --bind data/passwd etc/passwd"
        #expect(try Self.reading(script, "read /etc/passwd") == "error overmounted")
    }

    @Test func `a directory that is mounted is what the host has`() throws {
        let script = "mount -t tmpfs tmpfs etc; echo new >etc/passwd"
        #expect(try Self.reading(script, "read /etc/passwd") == "new")
    }

    @Test(arguments: [
        ("read", "/home/alice/x"), ("list", "/home"), ("status", "/home"), ("read", "/link/x"),
        ("read", "/home/../etc/passwd"), ("status", "/link/x"), ("read", "/home/below/link"),
    ])
    func `a mount that a user's program serves is never touched`(word: String, path: String) throws
    {
        let script = "ln -s home link; silent home"
        #expect(try Self.reading(script, "\(word) \(path)") == "error remoteFileSystem")
    }

    @Test func `beside such a mount everything is read`() throws {
        let script = "silent home; silent mnt/x; ln -s /etc home2"
        #expect(try Self.reading(script, "list /") == "data etc home home2 mnt usr")
        #expect(try Self.reading(script, "list /mnt") == "x")
        #expect(try Self.reading(script, "read /home2/passwd") == "real")
    }

    @Test func `a mount that is covered by another is not what a path leads to`() throws {
        let script = "silent mnt/x; mount -t tmpfs tmpfs mnt; mkdir mnt/x; echo seen >mnt/x/file"
        #expect(try Self.reading(script, "read /mnt/x/file") == "seen")
        let same = "silent mnt; mount -t tmpfs tmpfs mnt; echo seen >mnt/file"
        #expect(try Self.reading(same, "read /mnt/file") == "seen")
    }

    @Test func `a mount that is made after the host was opened is noticed`() throws {
        let mount = "mount -t tmpfs tmpfs etc; echo new >etc/passwd"
        #expect(
            try Self.reading("", "after /etc/passwd \"cd '$PWD'; \(mount)\"") == "error changed")
    }

    @Test func `mounts outside the root do not count`() throws {
        let script =
            "mkdir root; cp -a etc root; mount -t tmpfs tmpfs home; reader \"$PWD/root\" read /etc/passwd"
        #expect(try Tree(Self.files).runWithMounts(script) == "real")
    }

    @Test func `a root whose own mount is of any kind is read`() throws {
        let script =
            "mount -t tmpfs tmpfs mnt; mkdir mnt/etc; echo x >mnt/etc/motd; reader \"$PWD/mnt\" read /etc/motd"
        #expect(try Tree(Self.files).runWithMounts(script) == "x")
    }

    @Test func `names with spaces and backslashes are mount points like others`() throws {
        let script = #"mkdir 'my \040 home'; silent 'my \040 home'; ln -s 'my \040 home' odd"#
        #expect(try Self.reading(script, "read /odd/file") == "error remoteFileSystem")
    }
}
