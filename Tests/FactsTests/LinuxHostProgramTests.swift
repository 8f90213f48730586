import Facts
import Linux
import Testing

/// Which programs are run, and what they see.
struct LinuxHostProgramTests {
    static func command(
        _ path: HostPath, _ arguments: String..., seconds: Int = 10, limit: Int = 1 << 16
    ) -> HostCommand {
        HostCommand(path, arguments, seconds: seconds, limit: limit)
    }

    static func text(_ output: HostOutput) -> String {
        String(decoding: output.output, as: UTF8.self)
    }

    @Test(arguments: ["/usr/bin/echo", "/bin/echo", "//bin/./echo"])
    func `a package's program is run with its arguments, and no shell`(path: String) throws {
        let output = try LinuxHost.live().run(Self.command(HostPath(path), "a  b", "$HOME;id", "*"))
        #expect(Self.text(output) == "a  b $HOME;id *\n")
        #expect(output.status == 0)
    }

    @Test func `a program inherits no environment and no input, and is in a session of its own`()
        throws
    {
        let host = try LinuxHost.live()
        let environment = Self.text(try host.run(Self.command("/usr/bin/env")))
        #expect(environment == "PATH=/usr/sbin:/usr/bin:/sbin:/bin\nLC_ALL=C\n")
        #expect(Self.text(try host.run(Self.command("/usr/bin/cat"))) == "")
        let files = try host.run(Self.command("/usr/bin/ls", "/proc/self/fd"))
        #expect(Self.text(files) == "0\n1\n2\n3\n")
        let status = Self.text(try host.run(Self.command("/usr/bin/cat", "/proc/self/status")))
        #expect(status.contains("NoNewPrivs:\t1\n"))
    }

    @Test func `the status is that of the program, and its errors are no output`() throws {
        let output = try LinuxHost.live().run(Self.command("/usr/bin/cat", "/nothing"))
        #expect(output == HostOutput(status: 1, output: []))
    }

    @Test func `a program that does not end is killed at its deadline`() throws {
        let start = ContinuousClock.now
        let command = Self.command("/usr/bin/sleep", "20", seconds: 1)
        #expect(try code { try LinuxHost.live().run(command) } == .timedOut)
        #expect(ContinuousClock.now - start < .seconds(5))
    }

    @Test func `a program that prints without end is killed at the limit`() throws {
        #expect(try code { try LinuxHost.live().run(Self.command("/usr/bin/yes")) } == .tooLarge)
    }

    @Test func `what a program leaves behind is not waited for`() throws {
        let start = ContinuousClock.now
        let command = Self.command("/bin/sh", "-c", "sleep 15 & echo done")
        #expect(Self.text(try LinuxHost.live().run(command)) == "done\n")
        #expect(ContinuousClock.now - start < .seconds(5))
    }

    @Test func `a program that a signal kills has failed`() throws {
        let command = Self.command("/bin/sh", "-c", "kill -9 $$")
        #expect(try code { try LinuxHost.live().run(command) } == .programFailed)
    }

    @Test(arguments: [
        ("/etc/passwd", HostError.Code.notPermitted), ("/usr/bin", .notRegular),
        ("/nothing", .notFound), ("/dev/null", .notRegular),
    ])
    func `what is no program is not run`(path: String, expected: HostError.Code) throws {
        let code = try code { try LinuxHost.live().run(Self.command(HostPath(path))) }
        // No package lists a configuration file that the installer made.
        #expect(code == expected || code == .notTrusted)
    }

    @Test func `a program in a directory that others can write is not run`() throws {
        let tree = try Tree("cp /usr/bin/true program")
        let path = HostPath(tree.path + "/program")
        #expect(try code { try LinuxHost.live().run(Self.command(path)) } == .notTrusted)
        #expect(try code { try LinuxHost.live().runForeign(Self.command(path)) } == .notTrusted)
    }

    @Test func `no program is run on an offline root`() throws {
        let host = try LinuxHost.offline(root: "/")
        #expect(try code { try host.run(Self.command("/usr/bin/true")) } == .notRunning)
        #expect(try code { try host.runForeign(Self.command("/usr/bin/true")) } == .notRunning)
    }

    @Test func `a script runs by the descriptor that was checked`() throws {
        // ldd(1) is a shell script of libc-bin.
        let output = try LinuxHost.live().run(Self.command("/usr/bin/ldd", "--version"))
        #expect(output.status == 0 && Self.text(output).hasPrefix("ldd "))
    }

    @Test(.enabled(if: !Tree.isRoot, "root can confine programs"))
    func `a foreign collector that cannot be confined is not run`() throws {
        let command = Self.command("/usr/bin/true")
        #expect(try code { try LinuxHost.live().runForeign(command) } == .notIsolated)
    }
}

/// Programs on mounts of a test's own, where only root can write.
@Suite(.enabled(if: Tree.isRoot, "only root mounts"))
struct LinuxHostForeignProgramTests {
    static func running(_ script: String, _ arguments: String) throws -> String {
        try Tree("").runWithMounts(
            """
            mount -t tmpfs -o mode=755 tmpfs /mnt; mkdir /mnt/own /mnt/open; chmod 775 /mnt/open
            cp /bin/echo /mnt/own/echo; cp /bin/echo /mnt/open/echo; ln -s own /mnt/link
            printf '#!/bin/sh\\ncat /proc/self/net/dev\\n' >/mnt/own/script; chmod 755 /mnt/own/script
            \(script)
            reader live \(arguments)
            """)
    }

    @Test func `a program that no package owns is not run as the host's`() throws {
        #expect(try Self.running("", "run /mnt/own/echo hi") == "error notTrusted")
    }

    @Test func `a foreign collector that only root can write is run`() throws {
        #expect(try Self.running("", "foreign /mnt/own/echo hi") == "0 hi")
    }

    @Test(arguments: [
        ("", "/mnt/open/echo"), ("", "/mnt/link/echo"),
        ("chmod g+w /mnt/own/echo", "/mnt/own/echo"),
        ("chown 1000 /mnt/own/echo", "/mnt/own/echo"), ("chown 1000 /mnt/own", "/mnt/own/echo"),
        ("chmod o+w /mnt", "/mnt/own/echo"),
        ("ln /mnt/open/echo /mnt/own/e; chmod 777 /mnt/open/echo", "/mnt/own/e"),
        (#"printf '#!/mnt/open/echo\n' >/mnt/own/script"#, "/mnt/own/script"),
        ("mount --bind /bin/cat /mnt/own/echo", "/mnt/own/echo"),
    ])
    func `one that others could have placed or changed is not run`(script: String, path: String)
        throws
    {
        #expect(try Self.running(script, "foreign \(path)") == "error notTrusted")
    }

    @Test func `a foreign collector sees no network`() throws {
        let lines = try Self.running("", "foreign /mnt/own/script").split(separator: "\n")
        // Two lines of heading, and the loopback device, which is down.
        #expect(lines.count == 3 && lines.last?.contains("lo:") == true)
    }

    @Test func `a foreign collector cannot go back to the host's network`() throws {
        let back =
            #"printf '#!/bin/sh\nnsenter -t %s -n true 2>/dev/null || echo held\n' $$ >/mnt/own/script"#
        #expect(try Self.running(back, "foreign /mnt/own/script") == "0 held")
    }

    @Test func `without the power to confine it, it is not run`() throws {
        let script = "reader() { setpriv --bounding-set -sys_admin '\(try Tree.reader())' \"$@\"; }"
        #expect(try Self.running(script, "foreign /mnt/own/echo") == "error notIsolated")
    }
}
