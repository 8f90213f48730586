import Collectors
import Facts
import Testing

/// No secret of a host becomes a fact.
struct SecrecyTests {
    static let secrets = [
        "SaltySaltySalt", "Hunter22", "B00tMe", "GwV2HumvPbidV", "JY0bmYdwO1IAtKD", "G//4ketev",
        String(repeating: "h", count: 20), "abJnggxhB/yWI", "ZebraWord",
    ]

    static let host: [HostPath: String] = [
        "/etc/passwd":
            "alice:x:1000:1000::/home/alice:/bin/sh\nbob:Hunter22:1001:1001::/home/bob:/bin/sh\n",
        "/etc/shadow": """
        alice:\(PasswordVerifiersTests.strong):1::::::
        carl:$6$SaltySaltySalt$\(CryptVerifierTests.h86):1::::::
        dora:$6$SaltySaltySalt$short:1::::::
        emil:$zz$ZebraWord:1::::::
        fritz:ZebraWord:1::::::
        Hunter22
        """,
        "/etc/shadow-": "alice:\(PasswordVerifiersTests.md5):1::::::\nx:$zz$ZebraWord:1::::::\n",
        "/etc/gshadow": "projx:abJnggxhB/yWI::\n",
        "/etc/security/opasswd": "alice:1000:1:\(PasswordVerifiersTests.md5),ZebraWord\n",
        "/etc/userdb/jane.user": #"{"userName":"jane","secret":{"password":["Hunter22"]}}"#,
        "/etc/userdb/jim.user": #"{"privileged":{"hashedPassword":["$zz$ZebraWord"}}"#,
        "/boot/grub/grub.cfg": "password root B00tMe\npassword_pbkdf2 root ZebraWord\n",
        "/var/lib/cloud/instances/i-1/user-data.txt":
            "password: Hunter22\nchpasswd:\n  list: |\n    Hunter22\n    alice:ZebraWord\n    root:passwZebraWord: 1\n    passwZebraWord: x\n",
        "/preseed.cfg":
            "d-i passw/ZebraWord password B00tMe\nName: passwZebraWord\nValue: B00tMe\n",
        "/etc/pam.d/passwd": "password required pam_tcb.so prefix=$2y$ZebraWord\n",
        "/root/.bash_history":
            "echo 'alice:ZebraWord' | chpasswd\nsshpass -pB00tMe ssh h\npassZebraWord=1 x\n",
    ]

    @Test(arguments: allCollectors.map(\.schema.name))
    func `no cell and no gap holds a secret`(name: String) throws {
        let collector = try #require(allCollectors.first { $0.schema.name == name })
        let host = GivenHost(files: Self.host, kind: .live)
        let table = collector.gather(from: host)
        let cells = table.rows.joined().compactMap(\.text)
        let gaps = table.gaps.flatMap { [$0.object ?? "", $0.sentence] }
        for text in cells + gaps {
            #expect(!Self.secrets.contains { text.contains($0) })
        }
    }

    @Test func `tables are listed in the order of their names`() {
        let names = allCollectors.map(\.schema.name)
        #expect(names == names.sorted() && Set(names).count == names.count)
    }
}
