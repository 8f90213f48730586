import Collectors
import Crypt
import Facts
import Testing

/// What provisioning left behind.
struct ProvisioningLeftoversTests {
    static let userData: HostPath = "/var/lib/cloud/instances/i-1/user-data.txt"

    /// An account whose password is `Secret123`, and one that is locked.
    static func gathered(
        _ files: [HostPath: String], account: String = "ubuntu", password: String = "Secret123",
        setting: String = "$6$rounds=1000$abcdefgh$", shadow: String? = nil,
        errors: [HostPath: HostError.Code] = [:]
    ) -> Gathering {
        let hash =
            CryptLibrary()?.hash(of: Array(password.utf8), like: Array(setting.utf8)) ?? []
        let text = String(validating: hash, as: UTF8.self) ?? ""
        let base: [HostPath: String] = [
            "/etc/passwd":
                "\(account):x:1000:1000::/home/\(account):/bin/bash\nother:x:1001:1001::/home/other:/bin/sh\n",
            "/etc/shadow": shadow ?? "\(account):\(text):1::::::\nother:*:1::::::\n",
        ]
        return Gathering(
            ProvisioningLeftovers(), files: base.merging(files) { $1 }, errors: errors)
    }

    static func answers(_ table: Gathering) -> [Value] {
        table.keys.map { table[$0, "verifies"] }
    }

    @Test(arguments: [
        "#cloud-config\nusers:\n - name: ubuntu\n   plain_text_passwd: Secret123\n   lock_passwd: false\n",
        "users:\n- plain_text_passwd: 'Secret123'\n  name: ubuntu\n",
        "users: [{name: ubuntu, plain_text_passwd: \"Secret123\"}]\n",
        "- {\"plain_text_passwd\": \"Secret123\", \"name\": \"ubuntu\"}\n",
        "password: Secret123 # the first one\nssh_pwauth: true\n",
        "chpasswd:\n  expire: false\n  list: |\n    root:other\n    ubuntu:Secret123\n",
        "chpasswd:\n  list:\n    - ubuntu:Secret123\n",
        "chpasswd: { list: \"root:x1\\nubuntu:Secret123\", expire: false }\n",
        "chpasswd:\n  users:\n    - {name: ubuntu, password: Secret123, type: text}\n",
        "chpasswd:\n  users:\n    - name: ubuntu\n      password: Secret123\n      type: text\n",
        "runcmd:\n - echo 'ubuntu:Secret123' | chpasswd\n",
        "runcmd:\n - [sh, -c, \"echo ubuntu:Secret123 | chpasswd\"]\n",
        "runcmd:\n - \"echo 'ubuntu:Secret123' | /usr/sbin/chpasswd\"\n",
        "{\n  \"users\": [\n    {\n      \"plain_text_passwd\": \"Secret123\",\n      \"name\": \"ubuntu\"\n    }\n  ]\n}\n",
    ])
    func `the clear password of an account is found in cloud-init's data`(text: String) {
        let table = Self.gathered([Self.userData: text])
        #expect(Self.answers(table).contains(.integer(1)))
        let found = table.keys.first { table[$0, "verifies"] == .integer(1) } ?? ""
        #expect(table[found, "account"] == .text("ubuntu"))
        #expect(table.codes.isEmpty)
    }

    @Test(
        arguments: [
            ("/root/anaconda-ks.cfg", "rootpw --plaintext Secret123\n"),
            ("/root/anaconda-ks.cfg", "user --name=ubuntu --password=Secret123 --plaintext\n"),
            ("/preseed.cfg", "d-i passwd/root-password password Secret123\n"),
            ("/var/cache/debconf/passwords.dat", "Name: passwd/user-password\nValue: Secret123\n"),
            ("/etc/ansible/group_vars/all.yml", "ansible_become_password: Secret123\n"),
            ("/etc/ansible/hosts", "web1 ansible_user=ubuntu ansible_password=Secret123\n"),
            ("/etc/vsftpd/users.txt", "ubuntu\nSecret123\n"),
            ("/root/.bash_history", "echo \"ubuntu:Secret123\" | chpasswd\n"),
            ("/root/.bash_history", "chpasswd <<EOF\nubuntu:Secret123\nEOF\n"),
            ("/root/.bash_history", "chpasswd <<< 'ubuntu:Secret123'\n"),
            ("/home/ubuntu/.bash_history", "echo Secret123 | passwd --stdin ubuntu\n"),
            ("/home/ubuntu/.bash_history", "echo -e \"Secret123\\nSecret123\" | passwd ubuntu\n"),
            ("/home/ubuntu/.zsh_history", ": 1:0;sshpass -p Secret123 ssh host\n"),
            ("/home/ubuntu/.bash_history", "export ROOT_PASSWORD=Secret123\n"),
            (
                "/var/log/cloud-init-output.log",
                "Set the following 'random' passwords\nubuntu:Secret123\n"
            ),
            ("/var/lib/cloud/scripts/per-boot/set.sh", "echo ubuntu:Secret123|chpasswd\n"),
            ("/var/lib/cloud/seed/nocloud/user-data", "password: Secret123\n"),
        ] as [(HostPath, String)])
    func `it is found wherever it is left`(path: HostPath, text: String) {
        let table = Self.gathered([path: text])
        #expect(Self.answers(table).contains(.integer(1)))
    }

    @Test func `it is found in a part that is written in base64`() {
        // `users:`, ` - name: ubuntu`, `   plain_text_passwd: Secret123`, one line each.
        let text = """
            Content-Type: multipart/mixed; boundary="b"

            --b
            Content-Type: text/cloud-config
            Content-Transfer-Encoding: base64

            dXNlcnM6CiAtIG5hbWU6IHVidW50dQogICBwbGFpbl90ZXh0X3Bhc3N3ZDog
            U2VjcmV0MTIzCg==
            --b--
            """
        #expect(Self.answers(Self.gathered([Self.userData: text])).contains(.integer(1)))
    }

    @Test func `a password that matches nothing does no harm`() {
        let table = Self.gathered([
            Self.userData: "users:\n - name: ubuntu\n   plain_text_passwd: Changed1\n"
        ])
        #expect(Self.answers(table) == [.integer(0)])
        #expect(table.codes.isEmpty)
    }

    @Test(arguments: [
        "users:\n - name: ubuntu\n   passwd: $6$abcdefgh$hash\n   lock_passwd: true\nssh_pwauth: yes\n",
        "chpasswd:\n  expire: false\n  list: |\n    ubuntu:RANDOM\n",
        "# password: Secret123\n", "disable_root: true\npackages: [passwd, openssl]\n",
        "system_info:\n  default_user:\n    name: debian\n    lock_passwd: True\n    gecos: Debian\n",
    ])
    func `ordinary user data holds no candidate that matches`(text: String) {
        let table = Self.gathered([Self.userData: text])
        #expect(!Self.answers(table).contains(.integer(1)))
        #expect(table.codes.isEmpty)
    }

    @Test func `a candidate stays open where the stored passwords were not all seen`() {
        let text = "password: Secret123\n"
        let table = Gathering(
            ProvisioningLeftovers(),
            files: ["/etc/passwd": "ubuntu:x:1000:1000::/:/\n", Self.userData: text],
            errors: ["/etc/shadow": .notPermitted])
        #expect(Self.answers(table) == [.null])
        #expect(table.codes == [.notPermitted])
    }

    @Test(arguments: [
        "$6$rounds=999999999$abcdefgh$" + String(repeating: "h", count: 86),
        "$2b$31$" + CryptVerifierTests.h53, "$y$jZT$abcdefgh$" + CryptVerifierTests.h43,
        "$y$j9zzzzz$abcdefgh$" + CryptVerifierTests.h43,
        "$7$CzzzzzzzzzzAbcdefgh$" + CryptVerifierTests.h43,
    ])
    func `a hash that takes too long is not tried`(hash: String) {
        let table = Self.gathered(
            [Self.userData: "password: Secret123\n"], shadow: "ubuntu:\(hash):1::::::\n")
        #expect(Self.answers(table) == [.null])
        #expect(table.codes == [.tooLarge])
    }

    @Test func `a scheme that libcrypt does not have is not available`() {
        let hash = "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzYWx0$" + CryptVerifierTests.h43
        let table = Self.gathered(
            [Self.userData: "password: Secret123\n"],
            shadow: "ubuntu:\(hash):1::::::\nother:*:1::::::\n")
        #expect(Self.answers(table) == [.null])
        #expect(table.codes == [.notAvailable])
    }

    @Test func `more candidates than are tried are a gap`() {
        let lines = (0..<2000).map { " - {name: u\($0), plain_text_passwd: Wrong\($0)}\n" }
        let table = Self.gathered(
            [Self.userData: "users:\n" + lines.joined()], shadow: "other:*:1::::::\n")
        #expect(table.codes.contains(.tooLarge))
        #expect(table.keys.count == 512)
    }

    @Test func `a host without leftovers has no rows`() {
        let table = Self.gathered(["/etc/cloud/cloud.cfg": "disable_root: true\n"])
        #expect(table.keys.isEmpty && table.table.state == .complete)
    }

    @Test func `a file that may not be read is a gap`() {
        let table = Self.gathered([:], errors: [Self.userData: .notPermitted])
        #expect(table.codes == [.notPermitted])
    }
}
