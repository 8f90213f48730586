import Collectors
import Facts
import Testing

/// The JSON records of systemd-userdb and systemd-homed.
struct UserRecordsTests {
    static let md5 = PasswordVerifiersTests.md5
    static let user = #"{"userName":"jane","uid":60500,"gid":60500,"shell":"/bin/bash"}"#

    static func hashed(_ hash: String) -> String {
        #"{"privileged":{"hashedPassword":["\#(hash)"]}}"#
    }

    static func gathered(
        _ files: [HostPath: String], errors: [HostPath: HostError.Code] = [:],
        links: [HostPath: HostPath] = [:], kind: HostKind = .offline
    ) -> Gathering {
        PasswordVerifiersTests.gathered(
            files.merging(["/etc/passwd": "", "/etc/shadow": ""]) { $1 }, errors: errors,
            links: links, kind: kind)
    }

    @Test(arguments: ["/etc/userdb", "/usr/lib/userdb"] as [HostPath])
    func `a hash in a file of its own belongs to the record`(directory: HostPath) {
        let table = Self.gathered(
            [
                directory.appending("jane.user"): Self.user,
                directory.appending("jane.user-privileged"): Self.hashed(Self.md5),
            ], links: [directory.appending("60500.user"): "jane.user"])
        #expect(table.keys == ["jane in \(directory)"])
        #expect(table["jane in \(directory)", "strength"] == .text("weak"))
        #expect(table.codes.isEmpty)
    }

    @Test func `a record without a hash lets nobody in by password`() {
        let table = Self.gathered(["/etc/userdb/jane.user": Self.user])
        #expect(table["jane in /etc/userdb", "state"] == .text("none"))
    }

    @Test func `hashes stand inline too, and there can be several`() {
        let record = #"{"userName":"jane","privileged":{"hashedPassword":["","\#(Self.md5)"]}}"#
        let table = Self.gathered(["/var/lib/systemd/home/jane.identity": record])
        let source = "/var/lib/systemd/home"
        #expect(table["jane in \(source)", "state"] == .text("empty"))
        #expect(table["jane in password 2 in \(source)", "strength"] == .text("weak"))
    }

    @Test func `a secret that is stored is clear text`() {
        let record = #"{"userName":"jane","secret":{"password":["Summer2026"]}}"#
        let table = Self.gathered(["/etc/userdb/jane.user": record])
        #expect(table["jane in /etc/userdb", "state"] == .text("clear"))
    }

    @Test(arguments: ["", "[]", "{", "{\"a\":1,\"a\":2}"])
    func `a record that is no object is a gap`(text: String) {
        let table = Self.gathered(["/etc/userdb/jane.user-privileged": text])
        #expect(table.codes == [.notParsed])
    }

    @Test func `a record that may not be read is a gap`() {
        let table = Self.gathered([:], errors: ["/etc/userdb/jane.user-privileged": .notPermitted])
        #expect(table.codes == [.notPermitted])
    }

    @Test func `a link that leads nowhere hides no other record`() {
        let table = Self.gathered(
            ["/etc/userdb/jane.user-privileged": Self.hashed(Self.md5)],
            links: [
                "/etc/userdb/a.user": "/nowhere/a.user", "/etc/userdb/masked.user": "/dev/null",
            ])
        #expect(table["jane in /etc/userdb", "strength"] == .text("weak"))
    }

    @Test func `what lies below /run counts on a running host alone`() {
        let files: [HostPath: String] = ["/run/userdb/jane.user-privileged": Self.hashed(Self.md5)]
        #expect(Self.gathered(files).keys.isEmpty)
        #expect(Self.gathered(files, kind: .live).keys == ["jane in /run/userdb"])
    }
}
