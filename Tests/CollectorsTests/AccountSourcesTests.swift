import Collectors
import Facts
import Testing

/// Who answers for accounts.
struct AccountSourcesTests {
    static func gathered(
        _ text: String?, _ files: [HostPath: String] = [:],
        errors: [HostPath: HostError.Code] = [:], kind: HostKind = .offline
    ) -> Gathering {
        var all: [HostPath: String] = ["/etc/passwd": "root:x:0:0::/root:/bin/sh\n"]
        all["/etc/nsswitch.conf"] = text
        return Gathering(
            AccountSources(), files: all.merging(files) { $1 }, errors: errors, kind: kind)
    }

    /// Those that were not inspected.
    static func open(_ table: Gathering) -> [String] {
        table.keys.filter { table[$0, "inspected"] != .integer(1) }
    }

    @Test func `Debian's own services are all inspected`() {
        let table = Self.gathered(
            "passwd: files systemd\ngroup:\tfiles systemd\nshadow: files\ngshadow: files\nnetgroup: nis\n"
        )
        #expect(table.keys.count == 6 && Self.open(table).isEmpty && table.codes.isEmpty)
    }

    @Test func `without the file glibc reads files`() {
        let table = Self.gathered(nil)
        #expect(
            table.keys == [
                "files in passwd", "files in shadow", "files in group", "files in gshadow",
            ])
        #expect(Self.open(table).isEmpty)
    }

    @Test(arguments: ["ldap", "winbind", "nis", "oslogin", "something"])
    func `a service that asks elsewhere is not inspected`(service: String) {
        let table = Self.gathered("passwd: files [NOTFOUND=continue] \(service)\nshadow: files\n")
        #expect(Self.open(table) == ["\(service) in passwd"])
    }

    @Test func `sss counts where it is configured`() {
        let text = "passwd: sss files\nshadow: files sss\n"
        #expect(Self.open(Self.gathered(text)).isEmpty)
        for path: HostPath in ["/etc/sssd/sssd.conf", "/etc/sssd/conf.d/corp.conf"] {
            let table = Self.gathered(text, [path: "[sssd]\n"])
            #expect(Self.open(table) == ["sss in passwd", "sss in shadow"])
        }
        let denied = Self.gathered(text, errors: ["/etc/sssd/sssd.conf": .notPermitted])
        #expect(Self.open(denied) == ["sss in passwd", "sss in shadow"])
        #expect(denied.codes == [.notPermitted])
    }

    @Test func `db counts where it has a database`() {
        let text = "passwd: files db\nshadow: files\n"
        #expect(Self.open(Self.gathered(text)).isEmpty)
        #expect(Self.open(Self.gathered(text, ["/var/db/shadow.db": ""])) == ["db in passwd"])
    }

    @Test func `a PAM module that asks elsewhere is not inspected`() {
        let table = Self.gathered(
            nil,
            [
                "/etc/pam.d/common-auth":
                    "auth [success=2 default=ignore] pam_krb5.so\nauth required pam_unix.so\n#auth required pam_ldap.so\naccount required pam_ldap.so\n"
            ])
        #expect(Self.open(table) == ["pam_krb5.so in pam"])
    }

    @Test func `an unknown provider of records is not inspected`() {
        let text = "passwd: files systemd\nshadow: files\n"
        let own: [HostPath: String] = ["/run/systemd/userdb/io.systemd.Home": ""]
        #expect(Self.open(Self.gathered(text, own, kind: .live)).isEmpty)
        let other: [HostPath: String] = ["/run/systemd/userdb/com.example.Directory": ""]
        #expect(Self.open(Self.gathered(text, other, kind: .live)) == ["systemd in passwd"])
        #expect(Self.open(Self.gathered(text, other)).isEmpty)
    }

    @Test func `a file that may not be read is a gap`() {
        let table = Self.gathered(nil, errors: ["/etc/nsswitch.conf": .notPermitted])
        #expect(table.keys.isEmpty && table.codes == [.notPermitted])
    }

    @Test func `a root without users asks nobody`() {
        let table = Gathering(AccountSources(), files: ["/etc/nsswitch.conf": "passwd: ldap\n"])
        #expect(table.keys.isEmpty && table.table.state == .complete)
    }
}
