import Collectors
import Facts
import Testing

/// Files that were written to lead a parser astray.
struct HostileFilesTests {
    /// Numbers that are the same in every run.
    struct Dice: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    static let paths: [HostPath] = [
        "/etc/passwd", "/etc/shadow", "/etc/group", "/etc/gshadow", "/etc/security/opasswd",
        "/etc/shadow-", "/etc/shadow.old", "/etc/login.defs", "/etc/nsswitch.conf",
        "/etc/pam.d/passwd", "/etc/pam.d/other", "/etc/pam.d/part", "/etc/libuser.conf",
        "/etc/userdb/jane.user", "/etc/userdb/jane.user-privileged", "/boot/grub/grub.cfg",
        "/boot/grub/menu.lst", "/etc/lilo.conf", "/preseed.cfg", "/root/anaconda-ks.cfg",
        "/root/.bash_history", "/var/lib/cloud/instances/i/user-data.txt", "/etc/vsftpd/a.txt",
    ]

    static let pieces = [
        ":", "\n", "$", "$$", "$6$", "$y$j9T$", "!", "*", "+", "-", "x", "root", "a:b:c\n", "\0",
        "\\\n",
        "[", "]", "{", "}", "\"", "'", " ", "\t", "#", ",", "=", "|", "<<", "chpasswd", "passwd",
        "password ", "include ", "substack ", "@include part\n", "[success=1 default=ignore]",
        "[success=999999999999999999999]", "pam_unix.so ", "rounds=99999999999999999999$",
        "\u{FFFD}",
        "password_pbkdf2 ", "grub.pbkdf2.sha512.", "rootpw ", "--password", "list:", "- name: ",
        "\r",
        String(repeating: "A", count: 70), "_", "{\"privileged\":", "Value: ", "-p", "\\n",
        "content-transfer-encoding: base64\n\n",
    ]

    @Test(arguments: 0..<150)
    func `no text makes a collector fall over`(seed: Int) {
        var dice = Dice(state: UInt64(seed) &* 7919 &+ 1)
        var nodes: [HostPath: GivenHost.Node] = [:]
        for path in Self.paths {
            var bytes: [UInt8] = []
            for _ in 0..<Int.random(in: 0...40, using: &dice) {
                bytes += Array(Self.pieces.randomElement(using: &dice)?.utf8 ?? "".utf8)
                if Int.random(in: 0...15, using: &dice) == 0 {
                    bytes.append(UInt8.random(in: 0...255, using: &dice))
                }
            }
            nodes[path] = .file(bytes)
        }
        let host = GivenHost(nodes, kind: seed.isMultiple(of: 2) ? .live : .offline)
        for collector in allCollectors {
            let table = collector.gather(from: host)
            let width = table.schema.columns.count
            #expect(table.rows.allSatisfy { $0.count == width })
            #expect(table.state == .complete || !table.gaps.isEmpty)
        }
    }

    @Test func `long lines and many of them take linear time`() {
        let long = String(repeating: "password 'a:b' chpasswd ", count: 8_000)
        let many = String(repeating: "- {name: a, passwd: b}\n", count: 20_000)
        let host = GivenHost(files: [
            "/etc/passwd": "a:x:1000:1000::/home/a:/bin/sh\n" + long, "/etc/shadow": long,
            "/root/.bash_history": long, "/var/lib/cloud/instances/i/user-data.txt": long,
            "/var/lib/cloud/instances/j/user-data.txt": many, "/boot/grub/grub.cfg": long,
            "/etc/pam.d/other": long, "/etc/login.defs": long, "/etc/nsswitch.conf": long,
        ])
        let clock = ContinuousClock()
        let time = clock.measure {
            for collector in allCollectors { _ = collector.gather(from: host) }
        }
        #expect(time < .seconds(30))
    }
}
