import Facts
import Testing

/// Which mount a path lies on, as the table says it.
struct MountTableTests {
    static let lines = """
        1 1 0:1 / / rw - rootfs rootfs rw
        20 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
        21 20 0:5 / /proc rw shared:2 master:1 - proc proc rw
        22 20 0:30 / /net rw - autofs systemd-1 rw,fd=30
        23 22 0:31 / /net/server rw - nfs4 server:/ rw
        24 20 0:32 / /boot rw - autofs systemd-1 rw
        25 24 8:2 / /boot rw - ext4 /dev/sda2 rw
        26 20 0:33 / /home/a\\040b rw - fuse.sshfs a:/ rw
        27 20 0:34 / /gone//deleted rw - nfs a:/ rw
        28 20 0:35 / /proc/fs/nfsd rw - nfsd nfsd rw
        """

    static func location(_ path: HostPath) throws -> MountTable.Location {
        try MountTable(Array(lines.utf8), below: "/", rootMount: 20)
            .location(of: path.components)
    }

    @Test(arguments: [
        ("/", UInt64(20), false), ("/etc/passwd", 20, false), ("/proc/1/status", 21, false),
        ("/net", 22, true), ("/net/server/x", 23, true), ("/boot/grub", 25, false),
        ("/home/a b/x", 26, true), ("/home/a", 20, false), ("/gone/x", 20, false),
        ("/netto", 20, false),
    ])
    func `a path lies on the mount that is seen there`(
        path: String, mount: UInt64, isRemote: Bool
    ) throws {
        let location = try Self.location(HostPath(path))
        #expect(location.mount == mount)
        #expect(location.isRemote == isRemote)
    }

    @Test(arguments: [
        ("/proc", true), ("/proc/1", false), ("/boot", true), ("/", false), ("/etc", false),
    ])
    func `a mount point is told from what lies below it`(path: String, isMountPoint: Bool) throws {
        #expect(try Self.location(HostPath(path)).isMountPoint == isMountPoint)
    }

    @Test(arguments: [
        "nfs", "nfs4", "cifs", "smb3", "9p", "ceph", "fuse", "fuseblk", "fuse.portal", "autofs",
        "afs", "lustre", "virtiofs",
    ])
    func `touching it may wait for somebody else`(type: String) throws {
        let table = try MountTable(
            Array("9 1 0:1 / /x rw - \(type) x rw".utf8), below: "/", rootMount: 1)
        #expect(table.location(of: ["x", "y"]).isRemote)
    }

    @Test(arguments: ["ext4", "tmpfs", "overlay", "nfsd", "fusectl", "proc", "squashfs", "zfs"])
    func `touching it waits for nobody`(type: String) throws {
        let table = try MountTable(
            Array("9 1 0:1 / /x rw - \(type) x rw".utf8), below: "/", rootMount: 1)
        #expect(!table.location(of: ["x", "y"]).isRemote)
    }

    @Test func `the root's own mount may be of any type`() throws {
        let table = try MountTable(
            Array("9 1 0:1 / / rw - nfs x rw".utf8), below: "/", rootMount: 9)
        #expect(!table.location(of: ["etc"]).isRemote)
    }

    @Test func `mounts are seen relative to the root`() throws {
        let lines = """
            9 1 0:1 / /srv/image rw - ext4 x rw
            10 9 0:2 / /srv/image/home rw - nfs x rw
            11 1 0:3 / /home rw - tmpfs x rw
            """
        let table = try MountTable(Array(lines.utf8), below: "/srv/image", rootMount: nil)
        #expect(table.rootMount == 9)
        #expect(table.location(of: ["home", "x"]).isRemote)
        #expect(!table.location(of: ["srv", "image", "home"]).isRemote)
    }

    @Test(arguments: [
        "x", "1 1 0:1 / / rw", "1 1 0:1 / etc rw - ext4 x rw", "1 1 0:1 / /a\\04 rw - ext4 x rw",
        "1 1 0:1 / /a\\999 rw - ext4 x rw", "1 1 0:1 / /a\\777 rw - ext4 x rw",
        "-1 1 0:1 / / rw - ext4 x rw", "1 1 0:1 / / rw shared:1 master:2 ext4 x rw",
    ])
    func `a line that is not understood is no table`(line: String) {
        #expect(throws: HostError.self) {
            try MountTable(Array(line.utf8), below: "/", rootMount: 1)
        }
    }

    @Test func `a table that turns in circles ends`() throws {
        let lines = """
            5 6 0:1 / /a rw - ext4 x rw
            6 5 0:1 / /a rw - ext4 x rw
            7 7 0:1 / /a rw - ext4 x rw
            """
        let table = try MountTable(Array(lines.utf8), below: "/", rootMount: 5)
        _ = table.location(of: ["a", "a"])
    }
}
