import Facts
import Testing

/// What a report shows of people.
struct PseudonymsTests {
    static func pseudonyms() -> Pseudonyms {
        Pseudonyms(
            key: [1, 2, 3],
            accounts: [
                .init(name: "alice", home: "/home/alice", isPersonal: true),
                .init(name: "bob", home: "/srv/people/bob", isPersonal: true),
                .init(name: "daemon", home: "/usr/sbin", isPersonal: false),
            ])
    }

    static func hidden(_ owner: String, _ path: String) throws -> (String?, String?) {
        var pseudonyms = pseudonyms()
        let table = GatheredTable(
            schema: TableFileTests.schema, state: .complete,
            rows: [[.text(path), .text(owner), .integer(1)]], gaps: [])
        let row = try pseudonyms.apply(to: table).rows[0]
        return (row[1].text, row[0].text)
    }

    @Test(arguments: [
        ("alice", "/home/alice/.ssh/id"), ("bob", "/srv/people/bob/x"),
        ("stranger", "/home/stranger/x"), ("alice", "/etc/tcb/alice/shadow"),
        ("alice", "/etc/userdb/alice.user-privileged"),
    ])
    func `a person's name stands nowhere`(name: String, path: String) throws {
        let (owner, shown) = try Self.hidden(name, path)
        #expect(owner?.hasPrefix("p-") == true)
        #expect(shown?.contains(name) == false)
        #expect(shown?.contains("p-") == true)
    }

    @Test func `accounts and files of the system are shown as they are`() throws {
        let (owner, path) = try Self.hidden("daemon", "/etc/shadow")
        #expect(owner == "daemon" && path == "/etc/shadow")
    }

    @Test func `one name has one pseudonym under one key, and the host can translate it back`()
        throws
    {
        var pseudonyms = Self.pseudonyms()
        let table = GatheredTable(
            schema: TableFileTests.schema, state: .complete,
            rows: [[.text("/home/alice/x"), .text("alice"), .null]], gaps: [])
        let row = try pseudonyms.apply(to: table).rows[0]
        let name = try #require(row[1].text)
        #expect(row[0].text == "~\(name)/x")
        #expect(Pseudonyms.reveal("\(name) in ~\(name)/x", pseudonyms.names) == "alice in ~alice/x")
    }
}
