import Facts
import Testing

/// What directories hold, and what names are.
struct LinuxHostListingTests {
    @Test func `names come sorted by their bytes, with what they are`() throws {
        let tree = try Tree("mkdir d; mkdir d/b; : >d/a; mkfifo d/c; ln -s a d/B")
        let host = try tree.host()
        let entries = try host.list("/d")
        #expect(entries.map(\.name) == ["B", "a", "b", "c"])
        #expect(entries.map(\.kind) == [.link, .regular, .directory, .pipe])
    }

    @Test func `a name that is not UTF-8 is kept and can be read`() throws {
        let tree = try Tree(#"mkdir d; printf content >"d/$(printf 'caf\351')""#)
        let host = try tree.host()
        let name = try #require(host.list("/d").first?.name)
        #expect(name.bytes == Array("caf".utf8) + [0xE9])
        #expect(name.description == #"caf\xe9"#)
        #expect(try host.read(HostPath("/d").appending(name)) == Array("content".utf8))
    }

    @Test func `many names are all there`() throws {
        let tree = try Tree("mkdir d; cd d; seq -f 'a-rather-long-name-%g' 5000 | xargs touch")
        let host = try tree.host()
        #expect(try host.list("/d").count == 5000)
    }

    @Test func `a file has no names`() throws {
        let tree = try Tree(": >file; ln -s file link")
        let host = try tree.host()
        #expect(try code { try host.list("/file") } == .notRegular)
        #expect(try code { try host.list("/link") } == .notRegular)
        #expect(try code { try host.list("/nothing") } == .notFound)
    }

    @Test func `status and target are those of the link itself`() throws {
        let tree = try Tree("ln -s ../outside link; mkdir d; ln -s d dir-link; : >d/file")
        let host = try tree.host()
        #expect(try host.status(of: "/link").kind == .link)
        #expect(try host.target(ofLink: "/link") == "../outside")
        #expect(try host.status(of: "/dir-link").kind == .link)
        #expect(try host.status(of: "/dir-link/file").kind == .regular)
        #expect(try code { try host.target(ofLink: "/d") } == .notRegular)
    }

    @Test func `mode, size and time are those of the file`() throws {
        let tree = try Tree("printf 123 >f; chmod 4710 f; touch -d @1234567890 f")
        let host = try tree.host()
        let status = try host.status(of: "/f")
        #expect(status.mode == 0o4710)
        #expect(status.size == 3)
        // Whoever sets back the time of the content does not set back when that was done.
        #expect(status.changed > 1_700_000_000_000_000)
    }

    @Test func `the root itself is a directory`() throws {
        let tree = try Tree(": >file")
        let host = try tree.host()
        #expect(try host.status(of: "/").kind == .directory)
        #expect(try host.list("/").map(\.name) == ["file"])
        #expect(try host.resolve("/") == "/")
    }
}
