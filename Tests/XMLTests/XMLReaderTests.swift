import Testing
import XML

@Suite struct XMLReaderTests {
    private func events(_ text: String) throws -> [XMLEvent] {
        try XMLReader().events(of: Array(text.utf8))
    }

    private func code(_ text: String) -> XMLSyntaxError.Code? {
        do throws(XMLSyntaxError) {
            _ = try XMLReader().events(of: Array(text.utf8))
            return nil
        } catch {
            return error.code
        }
    }

    @Test func `elements come in order with their lines, attributes and texts`() throws {
        let events = try events("<zone target=\"DROP\">\n<entry>a&amp;b</entry><forward/>\n</zone>")
        #expect(
            events == [
                XMLEvent(.start(["target": "DROP"]), "zone", line: 1),
                XMLEvent(.start([:]), "entry", line: 2), XMLEvent(.end("a&b"), "entry", line: 2),
                XMLEvent(.start([:]), "forward", line: 2), XMLEvent(.end(""), "forward", line: 2),
                XMLEvent(.end("\n"), "zone", line: 3),
            ])
    }

    @Test(arguments: [
        "", "<zone>", "<zone></zon>", "<a/><b/>", "<a b=1/>", "<a b='1' b='2'/>", "<a>&lt</a>",
        "<a>&nothing;</a>", "<a>\u{1}</a>",
    ])
    func `a document that is not well-formed is refused`(text: String) {
        #expect(code(text) == .notWellFormed)
    }

    @Test(arguments: [
        "<!DOCTYPE a><a/>", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
        "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
        "<?xml version='1.0' encoding='windows-1252'?><a/>",
    ])
    func `what could bring in something else is not followed`(text: String) {
        #expect(code(text) == .notFollowed)
    }

    @Test func `size, depth and count are bounded`() {
        #expect(code(String(repeating: "<a>", count: 1000)) == .tooLarge)
        #expect(
            code("<a>" + String(repeating: "<b/>", count: 110_000) + "</a>") == .tooLarge)
        #expect(
            code("<a>" + String(repeating: " ", count: XMLReader.largestSize) + "</a>")
                == .tooLarge)
    }
}
