import Collectors
import Facts
import Testing

/// What hashes the next password.
struct PasswordStacksTests {
    static let debian = """
        # here are the per-package modules, the default is yescrypt
        password\t[success=1 default=ignore]\tpam_unix.so obscure yescrypt
        password\trequisite\t\t\tpam_deny.so
        password\trequired\t\t\tpam_permit.so

        """

    static func gathered(
        _ pam: [HostPath: String], definitions: String? = nil,
        errors: [HostPath: HostError.Code] = [:], links: [HostPath: HostPath] = [:]
    ) -> Gathering {
        var files: [HostPath: String] = ["/etc/passwd": "root:x:0:0::/root:/bin/sh\n"]
        files["/etc/login.defs"] = definitions
        files.merge(pam) { $1 }
        return Gathering(PasswordStacks(), files: files, errors: errors, links: links)
    }

    /// The method of one service whose file has this text.
    static func method(_ text: String, definitions: String? = nil) -> Value {
        gathered(["/etc/pam.d/passwd": text], definitions: definitions)[
            "pam_unix.so in passwd", "method"]
    }

    @Test func `Debian's own stacks have one row for each service, and none for a part`() {
        let table = Self.gathered([
            "/etc/pam.d/common-password": Self.debian,
            "/etc/pam.d/passwd": "@include common-password\n",
            "/etc/pam.d/other": "auth required pam_deny.so\n@include common-password\n",
            "/etc/pam.d/su": "auth sufficient pam_rootok.so\n",
            "/etc/pam.d/common-password.pam-old": "password required pam_unix.so md5\n",
        ])
        #expect(table.keys == ["pam_unix.so in other", "pam_unix.so in passwd"])
        #expect(table["pam_unix.so in passwd", "method"] == .text("yescrypt"))
        #expect(table["pam_unix.so in passwd", "file"] == .text("/etc/pam.d/common-password"))
        #expect(table.codes.isEmpty)
    }

    @Test(arguments: [
        ("md5", "md5"), ("obscure md5 shadow", "md5"), ("sha512 md5", "md5"),
        ("md5 sha512", "sha512"), ("sha512crypt", "sha512"), ("blowfish rounds=4", "blowfish"),
        ("des", "des"), ("bigcrypt", "bigcrypt"), ("gost_yescrypt", "gost_yescrypt"),
        ("debug sha256", "sha256"), ("nullok_secure yescrypt rounds=1", "yescrypt"),
        ("SHA512", "des"), ("# md5", "des"), ("[sha512]", "sha512"),
    ])
    func `the last option of pam_unix counts, by its beginning`(options: String, method: String) {
        #expect(Self.method("password required pam_unix.so \(options)\n") == .text(method))
    }

    @Test(arguments: [
        ("ENCRYPT_METHOD SHA512\n", "sha512"), ("encrypt_method\tsha256\n", "sha256"),
        ("ENCRYPT_METHOD=yescrypt\n", "yescrypt"), ("ENCRYPT_METHOD MD5\n", "md5"),
        ("#ENCRYPT_METHOD SHA512\n", "des"), ("ENCRYPT_METHOD BCRYPT\n", "des"),
        ("ENCRYPT_METHOD \"SHA512\"\n", "des"),
        ("ENCRYPT_METHOD DES\nENCRYPT_METHOD SHA512\n", "des"),
        ("ENCRYPT_METHOD SHA512 # strong\n", "sha512"), ("", "des"),
    ])
    func `without an option login.defs decides, and DES without it`(text: String, method: String) {
        let stack = "password required pam_unix.so obscure\n"
        #expect(Self.method(stack, definitions: text) == .text(method))
        #expect(
            Self.method("password required pam_unix.so sha256", definitions: text)
                == .text("sha256"))
    }

    @Test func `a vendor's login.defs and its fragments count where they are`() {
        let stack: [HostPath: String] = ["/etc/pam.d/passwd": "password required pam_unix.so\n"]
        let vendor: [HostPath: String] = [
            "/usr/etc/login.defs": "ENCRYPT_METHOD MD5\n",
            "/etc/login.defs.d/70-site.defs": "ENCRYPT_METHOD SHA512\n",
        ]
        let both = Self.gathered(stack.merging(vendor) { $1 })
        #expect(both["pam_unix.so in passwd", "method"] == .text("sha512"))
        var without = stack
        without["/etc/login.defs.d/70-site.defs"] = "ENCRYPT_METHOD SHA512\n"
        #expect(Self.gathered(without)["pam_unix.so in passwd", "method"] == .text("des"))
    }

    @Test(arguments: [
        "password [success=1 default=ignore] pam_permit.so\npassword required pam_unix.so md5\npassword required pam_unix.so sha512\n",
        "password required pam_deny.so\npassword required pam_unix.so md5\n",
        "password requisite pam_deny.so\npassword required pam_unix.so md5\n",
        "password sufficient pam_permit.so\npassword required pam_unix.so md5\n",
        "password required pam_unix.so md5\npassword required pam_deny.so\n",
        "auth required pam_unix.so md5\n",
    ])
    func `a line that can never store a password is no row`(text: String) {
        let table = Self.gathered(["/etc/pam.d/passwd": text])
        #expect(table["pam_unix.so in passwd", "method"] != .text("md5"))
    }

    @Test(arguments: [
        "password sufficient pam_ldap.so\npassword required pam_unix.so md5\n",
        "-password optional pam_gnome_keyring.so\n-Password REQUIRED pam_unix.so md5\n",
        "password [default=1] pam_deny.so\npassword required pam_permit.so\npassword required /lib/security/pam_unix.so md5\n",
        "password \\\n  required \\\n  pam_unix.so md5\n",
        "password required pam_unix.so \\\nmd5\n",
        "password substack part\npassword optional pam_gnome_keyring.so\n",
        "password include part\n", "@include part\n", "@include /etc/pam.d/part\n",
        "password [success=2 new_authtok_reqd=ok authtok_err=1 default=bad] pam_deny.so\npassword requisite pam_deny.so\npassword required pam_unix.so md5\n",
        "password sufficient pam_unix.so sha512\npassword sufficient pam_unix.so md5\npassword required pam_deny.so\n",
    ])
    func `every line that can store a password is a row`(text: String) {
        let table = Self.gathered([
            "/etc/pam.d/passwd": text, "/etc/pam.d/part": "password required pam_unix.so md5\n",
        ])
        let index = table.table.schema.sqlColumns.firstIndex { $0.name == "method" }
        let methods = index.map { index in table.table.rows.map { $0[index] } }
        #expect(methods?.contains(.text("md5")) == true)
    }

    @Test func `a substack that ends early ends for itself alone`() {
        let table = Self.gathered([
            "/etc/pam.d/passwd":
                "password substack part\npassword required pam_unix.so md5\npassword required pam_permit.so\n",
            "/etc/pam.d/part":
                "password sufficient pam_permit.so\npassword required pam_unix.so des\n",
        ])
        #expect(table.keys == ["pam_unix.so in passwd"])
        #expect(table["pam_unix.so in passwd", "method"] == .text("md5"))
    }

    @Test func `the file of /etc counts before the vendor's`() {
        let table = Self.gathered([
            "/etc/pam.d/passwd": "password required pam_unix.so sha512\n",
            "/usr/lib/pam.d/passwd": "password required pam_unix.so md5\n",
            "/usr/lib/pam.d/chpasswd": "password required pam_unix.so md5\n",
        ])
        #expect(table["pam_unix.so in passwd", "strength"] == .text("strong"))
        #expect(table["pam_unix.so in chpasswd", "strength"] == .text("weak"))
    }

    @Test func `pam.conf counts where no directory is`() {
        let table = Self.gathered(["/etc/pam.conf": "PASSWD password required pam_unix.so md5\n"])
        #expect(table["pam_unix.so in passwd", "strength"] == .text("weak"))
    }

    @Test(arguments: ["pam_ldap.so", "pam_sss.so", "pam_krb5.so", "pam_winbind.so"])
    func `a distant store that alone hashes is unknown`(module: String) {
        let alone = Self.gathered(["/etc/pam.d/passwd": "password required \(module)\n"])
        #expect(alone.keys == ["\(module) in passwd"])
        #expect(alone.codes == [.heldElsewhere])
        let beside = Self.gathered([
            "/etc/pam.d/passwd":
                "password sufficient pam_unix.so sha512\npassword sufficient \(module)\n"
        ])
        #expect(beside.keys == ["pam_unix.so in passwd"] && beside.codes.isEmpty)
    }

    @Test func `a module that nobody knows is unknown`() {
        let table = Self.gathered([
            "/etc/pam.d/passwd":
                "password required pam_unix.so sha512\npassword optional pam_exec.so /x\n"
        ])
        #expect(table["pam_exec.so in passwd", "strength"] == .null)
        #expect(table.codes == [.notCollected])
    }

    @Test func `files that include each other end, and multiply to a gap`() {
        let loop = Self.gathered([
            "/etc/pam.d/passwd": "@include passwd\npassword required pam_unix.so md5\n"
        ])
        #expect(loop.table.rows.isEmpty || loop["pam_unix.so in passwd", "method"] == .text("md5"))
        let twice = "@include other\n@include other\npassword required pam_unix.so md5\n"
        #expect(Self.gathered(["/etc/pam.d/other": twice]).codes == [.tooLarge])
    }

    @Test(arguments: ["/etc/pam.d", "/etc/pam.d/passwd", "/etc/login.defs"] as [HostPath])
    func `what may not be read is a gap`(path: HostPath) {
        var files: [HostPath: String] = ["/etc/pam.d/other": "password required pam_unix.so\n"]
        if path == "/etc/pam.d" { files = [:] }
        let table = Self.gathered(files, errors: [path: .notPermitted])
        #expect(table.codes == [.notPermitted])
    }

    @Test func `without PAM login.defs decides for passwd, and BusyBox is unknown`() {
        let shadow = Self.gathered(["/usr/bin/passwd": ""], definitions: "ENCRYPT_METHOD SHA512\n")
        #expect(shadow["login.defs in passwd", "strength"] == .text("strong"))
        #expect(
            Self.gathered(["/usr/bin/passwd": ""])["login.defs in passwd", "method"] == .text("des")
        )
        let busybox = Self.gathered(
            ["/bin/busybox": ""], links: ["/usr/bin/passwd": "/bin/busybox"])
        #expect(busybox["busybox in passwd", "strength"] == .null)
        #expect(busybox.codes == [.notCollected])
    }

    @Test func `a program without a service of its own follows login.defs`() {
        let files: [HostPath: String] = [
            "/etc/pam.d/passwd": Self.debian, "/usr/bin/passwd": "", "/usr/sbin/chpasswd": "",
        ]
        let table = Self.gathered(files, definitions: "ENCRYPT_METHOD MD5\n")
        #expect(table.keys == ["pam_unix.so in passwd", "login.defs in chpasswd"])
        #expect(table["login.defs in chpasswd", "strength"] == .text("weak"))
    }

    @Test func `gpasswd follows login.defs, whatever PAM says`() {
        let table = Self.gathered(
            ["/etc/pam.d/passwd": Self.debian, "/usr/bin/gpasswd": ""],
            definitions: "ENCRYPT_METHOD MD5\n")
        #expect(table["login.defs in gpasswd", "stores"] == .text("groups"))
        #expect(table["login.defs in gpasswd", "strength"] == .text("weak"))
        #expect(table["pam_unix.so in passwd", "strength"] == .text("strong"))
    }

    @Test(arguments: [
        ("[defaults]\ncrypt_style = sha512\n", Value.text("strong")),
        ("[defaults]\n crypt_style = MD5\n", .text("weak")),
        ("[defaults]\ncrypt_style = foo\n", .text("weak")),
        ("[import]\ncrypt_style = sha512\n", .null),
    ])
    func `libuser hashes as its own file says`(text: String, strength: Value) {
        let table = Self.gathered(["/etc/libuser.conf": text])
        #expect(table["libuser.conf in libuser", "strength"] == strength)
        #expect(table.codes == (strength == .null ? [.notParsed] : []))
    }

    @Test func `a root without users changes no password`() {
        let table = Gathering(
            PasswordStacks(), files: ["/etc/pam.d/passwd": "password required pam_unix.so md5\n"])
        #expect(table.keys.isEmpty && table.table.state == .complete)
    }
}
