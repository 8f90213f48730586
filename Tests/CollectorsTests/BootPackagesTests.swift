import Facts
import Testing

/// What packages brought is taken at its word, as long as it is what they brought.
@Suite struct BootPackagesTests {
    private typealias Given = BootHooksTests

    private static let computed = "it runs text that only exists when it runs"

    // What dpkg writes down of a package with one file.
    private static func listed(_ path: String, _ digest: String) -> [HostPath: GivenHost.Node] {
        [
            "/var/lib/dpkg/info/x.list": Given.file("/.\n\(path)\n"),
            "/var/lib/dpkg/info/x.md5sums": Given.file("\(digest)  \(path.dropFirst())\n"),
        ]
    }

    private func reason(_ parts: [HostPath: GivenHost.Node]...) throws -> String? {
        try BootSuspicionsTests().reason(parts.reduce(into: [:]) { $0.merge($1) { $1 } })
    }

    private static func script(_ text: String, at path: HostPath) -> [HostPath: GivenHost.Node] {
        BootSuspicionsTests.script(text, at: path)
    }

    @Test(arguments: [
        ("/usr/lib/y", "3c0d0a1d2bf89b5765f5f92a0e09c2fb", true),
        ("/lib/y", "3c0d0a1d2bf89b5765f5f92a0e09c2fb", true),
        ("/usr/lib/y", "00000000000000000000000000000000", false),
        ("/usr/lib/z", "3c0d0a1d2bf89b5765f5f92a0e09c2fb", false),
    ])
    func `a script of a package is taken at its word until it is edited`(
        path: String, digest: String, isTaken: Bool
    ) throws {
        let script = Self.script("#!/bin/sh\neval \"$x\"\n", at: "/usr/lib/y")
        let reason = try reason(script, Self.listed(path, digest))
        #expect(reason == (isTaken ? nil : Self.computed))
    }

    @Test func `an edited script is followed to where it leads`() throws {
        let script = Self.script("#!/bin/sh\n/opt/y\n", at: "/usr/lib/y")
        let flush: [HostPath: GivenHost.Node] = ["/opt/y": Given.program(Given.flush)]
        let same = Self.listed("/usr/lib/y", "01d90735e334462701ea78bd5c74d7a8")
        #expect(try reason(script, flush, same) == nil)
        let other = Self.listed("/usr/lib/y", "01d90735e334462701ea78bd5c74d7a9")
        #expect(try reason(script, flush, other) != nil)
        let unknown: [HostPath: GivenHost.Node] = [
            "/var/lib/dpkg/info/x.list": Given.file("/.\n/usr/lib/y\n")
        ]
        #expect(try reason(script, flush, unknown) != nil)
    }

    @Test(arguments: [
        (" /etc/cron.daily/y 3f19dad6be738b87151b51963fef5d98\n", true),
        (" /etc/cron.daily/y 3f19dad6be738b87151b51963fef5d98 obsolete\n", true),
        (" /etc/cron.daily/y 3f19dad6be738b87151b51963fef5d99\n", false),
        (" /etc/cron.daily/z 3f19dad6be738b87151b51963fef5d98\n", false),
    ])
    func `a hook among the files of settings is held against the status`(
        line: String, isTaken: Bool
    ) throws {
        let nodes: [HostPath: GivenHost.Node] = [
            "/etc/cron.daily/y": Given.program("#!/bin/sh\neval \"$X\"\n"),
            "/var/lib/dpkg/status": Given.file("Package: y\nConffiles:\n\(line)Version: 1\n"),
            "/var/lib/dpkg/info/y.list": Given.file("/.\n/etc/cron.daily/y\n"),
        ]
        #expect(try reason(nodes) == (isTaken ? nil : Self.computed))
    }

    @Test(arguments: [true, false])
    func `the unit of a package is taken at its word until it is edited`(isSame: Bool) throws {
        let path = "/usr/lib/systemd/system/y.service"
        let unit: [HostPath: GivenHost.Node] = [
            HostPath(path): Given.file("[Service]\nExecStart=/bin/sh -c \"eval $$X\"\n"),
            "/etc/systemd/system/sysinit.target.wants/y.service": .link(HostPath(path)),
        ]
        let digest = "f6d2aeeb712aeb8a92db8e194dd0932" + (isSame ? "9" : "8")
        let reason = try reason(unit, Self.listed(path, digest))
        #expect(reason == (isSame ? nil : Self.computed))
    }

    @Test func `without their lists no script is a package's`() throws {
        let script = Self.script("#!/bin/sh\neval \"$x\"\n", at: "/usr/lib/y")
        #expect(
            try reason(script, ["/var/lib/dpkg/info": .error(.notPermitted)]) == Self.computed)
    }

    @Test(arguments: [
        "/usr/sbin/netfilter-persistent", "/usr/share/netfilter-persistent/plugins.d/15-ip4tables",
    ])
    func `a loader that is known is known as its package brought it`(path: String) throws {
        let unit = "/usr/lib/systemd/system/netfilter-persistent.service"
        let nodes: [HostPath: GivenHost.Node] = [
            HostPath(unit): Given.file(
                "[Service]\nExecStart=/usr/sbin/netfilter-persistent start\n"),
            "/etc/systemd/system/sysinit.target.wants/netfilter-persistent.service": .link(
                HostPath(unit)),
            HostPath(path): Given.program("#!/bin/sh\n/opt/y\n"),
        ]
        let same = Self.listed(path, "01d90735e334462701ea78bd5c74d7a8")
        #expect(try reason(nodes, same) == nil)
        let other = Self.listed(path, "01d90735e334462701ea78bd5c74d7a9")
        #expect(try reason(nodes, other) != nil)
    }
}
