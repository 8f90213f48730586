import Collectors
import Facts
import Testing

/// The stored passwords of accounts and groups.
struct PasswordVerifiersTests {
    static let strong =
        "$y$j9T$GwV2HumvPbidV.o85x6lo0$JY0bmYdwO1IAtKDddbTIxz9v/mqpZ9EVRXu5TA.v.JB"
    static let other =
        "$y$j9T$AwV2HumvPbidV.o85x6lo0$KY0bmYdwO1IAtKDddbTIxz9v/mqpZ9EVRXu5TA.v.JB"
    static let md5 = "$1$abcdefgh$G//4keteveJp0qb8z2DxG/"

    static func passwd(_ names: String...) -> String {
        names.map { "\($0):x:1000:1000::/home/\($0):/bin/bash\n" }.joined()
    }

    static func gathered(
        _ files: [HostPath: String], errors: [HostPath: HostError.Code] = [:],
        links: [HostPath: HostPath] = [:], kind: HostKind = .offline
    ) -> Gathering {
        Gathering(PasswordVerifiers(), files: files, errors: errors, links: links, kind: kind)
    }

    @Test func `an account in passwd and shadow is one row`() {
        let table = Self.gathered([
            "/etc/passwd": Self.passwd("alice"),
            "/etc/shadow": "alice:\(Self.strong):19000:0:99999:7:::\n",
        ])
        #expect(table.keys == ["alice in /etc/shadow"])
        #expect(table["alice in /etc/shadow", "strength"] == .text("strong"))
        #expect(table["alice in /etc/shadow", "salt_bits"] == .integer(128))
        #expect(table.codes.isEmpty)
    }

    @Test func `an account that says x and has no shadow line is a row and a gap`() {
        let table = Self.gathered([
            "/etc/passwd": Self.passwd("alice", "bob"), "/etc/shadow": "bob:*:19000::::::\n",
        ])
        #expect(table["alice in /etc/passwd", "strength"] == .null)
        #expect(table["alice in /etc/passwd", "state"] == .null)
        #expect(table.codes == [.heldElsewhere])
        #expect(table.table.gaps.first?.object == "alice")
    }

    @Test func `without any shadow file every account is unknown`() {
        let table = Self.gathered(["/etc/passwd": Self.passwd("alice")])
        #expect(table.keys == ["alice in /etc/passwd"])
        #expect(table.codes == [.heldElsewhere])
    }

    @Test(arguments: ["/etc/shadow", "/etc/passwd", "/etc/gshadow", "/etc/tcb"] as [HostPath])
    func `a database that may not be read leaves every column unknown`(path: HostPath) {
        var files: [HostPath: String] = [
            "/etc/passwd": Self.passwd("alice"), "/etc/shadow": "alice:*:1::::::\n",
        ]
        files[path] = nil
        let table = Self.gathered(files, errors: [path: .notPermitted])
        #expect(table.table.state == .partial)
        #expect(table.table.gaps.allSatisfy { $0.code == .notPermitted && $0.columns.isEmpty })
        #expect(!table.table.gaps.isEmpty)
    }

    @Test func `what passwd itself holds counts beside shadow`() {
        let table = Self.gathered([
            "/etc/passwd": "svc:\(Self.md5):1000:1000::/:/bin/sh\nopen::1001:1001::/:/bin/sh\n",
            "/etc/shadow": "svc:*:1::::::\nopen:!:1::::::\n",
        ])
        #expect(table["svc in /etc/passwd", "strength"] == .text("weak"))
        #expect(table["svc in /etc/shadow", "state"] == .text("none"))
        #expect(table["open in /etc/passwd", "state"] == .text("empty"))
        #expect(table.codes.isEmpty)
    }

    @Test func `every line of a name that stands twice is a row`() {
        let table = Self.gathered([
            "/etc/passwd": Self.passwd("alice"),
            "/etc/shadow": "alice:\(Self.strong):1::::::\nalice:\(Self.md5):1::::::\n",
        ])
        #expect(table.keys == ["alice in /etc/shadow", "alice in line 2 in /etc/shadow"])
        #expect(table["alice in line 2 in /etc/shadow", "strength"] == .text("weak"))
        #expect(table.codes.isEmpty)
    }

    @Test(arguments: ["john.doe", "a$b", "x y", "Ü", "a-b_c"])
    func `any name is an account`(name: String) {
        let table = Self.gathered([
            "/etc/passwd": "\(name):x:1:1::/:/\n", "/etc/shadow": "\(name):\(Self.md5)\n",
        ])
        #expect(table["\(name) in /etc/shadow", "strength"] == .text("weak"))
        #expect(table.codes.isEmpty)
    }

    @Test(arguments: ["+::::::\n", "+@admins::::::\n", "-bob::::::\n"])
    func `a line that asks NIS leaves the accounts unknown`(line: String) {
        let table = Self.gathered([
            "/etc/passwd": Self.passwd("alice") + line, "/etc/shadow": "alice:*:1::::::\n",
        ])
        #expect(table.codes == [.heldElsewhere])
        #expect(table.keys == ["alice in /etc/shadow"])
    }

    @Test func `a stored password of no known form is a gap of its columns`() {
        let table = Self.gathered([
            "/etc/passwd": Self.passwd("alice"), "/etc/shadow": "alice:$zz$abc:1::::::\n",
        ])
        #expect(table["alice in /etc/shadow", "scheme"] == .null)
        #expect(table["alice in /etc/shadow", "state"] == .text("set"))
        #expect(table.codes == [.notParsed])
        #expect(table.table.gaps.first?.columns.contains("strength") == true)
    }

    @Test func `group passwords are rows, and a group without one is none`() {
        let table = Self.gathered([
            "/etc/passwd": "", "/etc/shadow": "",
            "/etc/group": "projx:x:1:\nusers:x:2:\nold:abJnggxhB/yWI:3:\nfree::4:\n",
            "/etc/gshadow": "projx:abJnggxhB/yWI::\n",
        ])
        #expect(table["projx in /etc/gshadow", "strength"] == .text("weak"))
        #expect(table["projx in /etc/gshadow", "kind"] == .text("group"))
        #expect(table["old in /etc/group", "strength"] == .text("weak"))
        #expect(table["users in /etc/group", "state"] == .text("none"))
        #expect(table["free in /etc/group", "state"] == .text("none"))
        #expect(table.codes.isEmpty)
    }

    @Test func `former passwords are rows of their own`() {
        let table = Self.gathered([
            "/etc/passwd": Self.passwd("alice"), "/etc/shadow": "alice:\(Self.strong):1::::::\n",
            "/etc/security/opasswd":
                "alice:1000:3:\(Self.md5),\(Self.other),$md5,rounds=5$abcdefgh$$hash\n",
        ])
        let source = "/etc/security/opasswd"
        #expect(table["alice in old password 1 in \(source)", "scheme"] == .text("md5crypt"))
        #expect(table["alice in old password 2 in \(source)", "scheme"] == .text("yescrypt"))
        #expect(table["alice in old password 3 in \(source)", "scheme"] == .text("sunmd5"))
        #expect(table.keys.count == 4)
    }

    @Test func `backups of one generation are no verifiers, other copies are`() {
        let table = Self.gathered([
            "/etc/passwd": Self.passwd("alice"), "/etc/shadow": "alice:*:1::::::\n",
            "/etc/shadow-": "alice:\(Self.md5):1::::::\n",
            "/var/backups/shadow.bak": "alice:\(Self.md5):1::::::\n",
            "/etc/shadow.2019": "alice:\(Self.md5):1::::::\nbob:*:1::::::\n",
        ])
        #expect(table.keys == ["alice in /etc/shadow", "alice in /etc/shadow.2019"])
        let copies = Gathering(
            PasswordCopies(),
            files: [
                "/etc/shadow-": "alice:\(Self.md5):1::::::\nbob:!:1::::::\n",
                "/etc/passwd-": Self.passwd("alice") + "bob:\(Self.strong):1:1::/:\n",
            ])
        #expect(copies.keys == ["bob in /etc/passwd-", "alice in /etc/shadow-"])
    }

    @Test func `the extra database of extrausers is read`() {
        let table = Self.gathered([
            "/etc/passwd": Self.passwd("alice"), "/etc/shadow": "alice:*:1::::::\n",
            "/var/lib/extrausers/passwd": Self.passwd("eve"),
            "/var/lib/extrausers/shadow": "eve:\(Self.md5):1::::::\n",
        ])
        #expect(table["eve in /var/lib/extrausers/shadow", "strength"] == .text("weak"))
        #expect(table.codes.isEmpty)
    }

    @Test func `altfiles count where nsswitch asks for them`() {
        let files: [HostPath: String] = [
            "/etc/passwd": "", "/etc/shadow": "", "/usr/lib/passwd": "eve:\(Self.md5):1:1::/:\n",
        ]
        #expect(Self.gathered(files).keys.isEmpty)
        var asked = files
        asked["/etc/nsswitch.conf"] = "passwd: files altfiles # both\n"
        #expect(Self.gathered(asked)["eve in /usr/lib/passwd", "strength"] == .text("weak"))
    }

    @Test func `the shadow files of tcb are read`() {
        let table = Self.gathered([
            "/etc/passwd": Self.passwd("alice"),
            "/etc/tcb/alice/shadow": "alice:\(Self.md5):1::::::\n",
        ])
        #expect(table["alice in /etc/tcb/alice/shadow", "strength"] == .text("weak"))
        #expect(table.codes.isEmpty)
    }

    @Test(arguments: ["/etc/shadow", "/etc/passwd"] as [HostPath])
    func `a line without a field is a gap`(path: HostPath) {
        var files: [HostPath: String] = [
            "/etc/passwd": Self.passwd("alice"), "/etc/shadow": "alice:*:1::::::\n",
        ]
        files[path, default: ""] += "# a comment\n\ngarbage\n"
        #expect(Self.gathered(files).codes == [.notParsed])
    }

    @Test func `a root without users has no rows`() {
        let table = Self.gathered(["/etc/group": "root:x:0:\n", "/etc/gshadow": "root:*::\n"])
        #expect(table.keys.isEmpty && table.table.state == .complete)
    }

    @Test func `a root without users hides no weak password of a group`() {
        let table = Self.gathered(["/etc/group": "old:abJnggxhB/yWI:3:\n"])
        #expect(table.keys == ["old in /etc/group"])
    }

    @Test func `accounts of a directory that was not inspected are a gap`() {
        let table = Self.gathered([
            "/etc/passwd": Self.passwd("alice"), "/etc/shadow": "alice:*:1::::::\n",
            "/etc/nsswitch.conf": "passwd: files ldap\nshadow: files\n",
        ])
        #expect(table.codes == [.heldElsewhere])
        #expect(table.table.gaps.first?.columns.isEmpty == true)
    }
}
