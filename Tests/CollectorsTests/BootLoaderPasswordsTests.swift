import Collectors
import Facts
import Testing

/// The passwords of boot loaders.
struct BootLoaderPasswordsTests {
    static let salt = String(repeating: "AB", count: 64)
    static let pbkdf2 = "grub.pbkdf2.sha512.10000.\(salt).\(salt)"

    static func gathered(_ files: [HostPath: String]) -> Gathering {
        Gathering(BootLoaderPasswords(), files: files)
    }

    @Test func `GRUB's clear and hashed passwords are told apart`() {
        let table = Self.gathered([
            "/boot/grub/grub.cfg":
                "set superusers=\"root\"\n  password_pbkdf2 root \(Self.pbkdf2)\nif true; then password eve B00tMe; fi\n"
        ])
        let source = "/boot/grub/grub.cfg"
        #expect(table["root in \(source)", "strength"] == .text("strong"))
        #expect(table["root in \(source)", "salt_bits"] == .integer(512))
        #expect(table["root in \(source)", "cost"] == .integer(10000))
        #expect(table["eve in \(source)", "strength"] == .text("weak"))
        #expect(table.codes.isEmpty)
    }

    @Test(
        arguments: [
            "/boot/grub2/grub.cfg", "/boot/grub/custom.cfg", "/boot/efi/EFI/debian/grub.cfg",
            "/etc/grub.d/01_users",
        ] as [HostPath])
    func `every place of a clear password is found`(path: HostPath) {
        let table = Self.gathered([path: "#!/bin/sh\nexec tail -n +3 $0\npassword root B00tMe\n"])
        #expect(table["root in \(path)", "strength"] == .text("weak"))
    }

    @Test(arguments: [
        "# password root B00tMe\n", "set password=x\n", "echo password root\n",
        "password_pbkdf2 root ${GRUB2_PASSWORD}\n", "cat <<EOF\nEOF\n",
    ])
    func `what is no password is no row`(text: String) {
        let table = Self.gathered(["/boot/grub/grub.cfg": text])
        #expect(table.keys.isEmpty && table.codes.isEmpty)
    }

    @Test func `Red Hat's user.cfg holds one`() {
        let table = Self.gathered(["/boot/grub2/user.cfg": "GRUB2_PASSWORD=\(Self.pbkdf2)\n"])
        #expect(table["/boot/grub2/user.cfg", "strength"] == .text("strong"))
    }

    @Test(arguments: [
        "password_pbkdf2 root grub.pbkdf2.sha1.10000.AB.CD\n", "password_pbkdf2 root short\n",
        "password_pbkdf2 root $HASH\n", "password root $CLEAR\n",
    ])
    func `what is of no known form is a gap`(text: String) {
        let table = Self.gathered(["/boot/grub/grub.cfg": text])
        #expect(table["root in /boot/grub/grub.cfg", "strength"] == .null)
        #expect(table.codes == [.notParsed])
    }

    @Test func `a hash without a salt is weak`() {
        let hash = "grub.pbkdf2.sha512.10000..\(Self.salt)"
        let table = Self.gathered(["/boot/grub/grub.cfg": "password_pbkdf2 root \(hash)\n"])
        #expect(table["root in /boot/grub/grub.cfg", "strength"] == .text("weak"))
    }

    @Test(
        arguments: [
            ("/boot/grub/menu.lst", "password --md5 $1$abc$hash\n"),
            ("/etc/lilo.conf", "password=x1\n"),
            ("/boot/grub/menu.lst", "password B00tMe /boot/grub/menu-admin.lst\n"),
            ("/boot/syslinux/syslinux.cfg", "MENU MASTER PASSWD secret\n"),
            ("/boot/extlinux/extlinux.conf", "  menu passwd $1$abc$hash\n"),
        ] as [(HostPath, String)])
    func `older boot loaders are read too`(path: HostPath, text: String) {
        let table = Self.gathered([path: text])
        #expect(table[path.description, "strength"] == .text("weak"))
    }
}
