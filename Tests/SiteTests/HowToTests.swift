import Documents
import FoundationEssentials
import Site
import Testing

@Suite struct HowToTests {
    @Test func `the site file of the how-to is read without a word`() throws {
        let page = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../docs/how-to/declare-a-site.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        let block = try #require(text.split(separator: "```yaml\n").dropFirst().first)
        let yaml = try #require(block.split(separator: "```\n").first)
        #expect(SiteSample.messages(String(yaml)) == [])
    }
}
