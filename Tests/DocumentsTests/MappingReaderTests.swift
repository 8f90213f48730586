import Documents
import Testing

@Suite struct MappingReaderTests {
    private enum Colour: String, CaseIterable { case red, green, blue }

    private struct Sample: Equatable {
        var name: String
        var count: Int64
        var colour: Colour?
        var roles: [Colour]
        var lines: [String]
        var isBright: Bool
    }

    private func reading(_ text: String) -> Reading<Sample> {
        YAMLDocument.reading(SourceFile(name: "f.yaml", text: text)).flatMap { document in
            MappingReader.reading(document) { reader in
                Sample(
                    name: reader.text("name"), count: reader.integer("count", in: 1...10),
                    colour: reader.optionalChoice("colour", of: Colour.self),
                    roles: reader.choices("roles", of: Colour.self), lines: reader.texts("lines"),
                    isBright: reader.truth("bright", or: false))
            }
        }
    }

    private func messages(_ text: String) -> [String] {
        reading(text).diagnostics.map(\.description)
    }

    @Test func `a file without a mistake is read`() {
        let sample = reading(
            "name: n\ncount: 3\ncolour: red\nroles: [blue]\nlines: [a, b]\nbright: true\n")
        #expect(sample.diagnostics.isEmpty)
        #expect(
            sample.value
                == Sample(
                    name: "n", count: 3, colour: .red, roles: [.blue], lines: ["a", "b"],
                    isBright: true))
    }

    @Test func `all mistakes of a file are shown at once, in its order`() {
        let text = """
            nmae: n
            count: eleven
            colour: gren
            roles: [blue, blue, 1]
            lines: a
            bright: 1
            """
        #expect(
            messages(text) == [
                "f.yaml:1:1: error: missing key 'name'",
                "f.yaml:1:1: error: unknown key 'nmae'\n  hint: did you mean 'name'?",
                "f.yaml:2:8: error: 'count' must be a number, not a text",
                "f.yaml:3:9: error: 'gren' is not a value of 'colour'\n"
                    + "  hint: did you mean 'green'?",
                "f.yaml:4:15: error: 'blue' stands twice",
                "f.yaml:4:21: error: 'roles' must be a text, not a number\n"
                    + "  hint: write it in quotes",
                "f.yaml:5:8: error: 'lines' must be a list, not a text",
                "f.yaml:6:9: error: 'bright' must be true or false, not a number",
            ])
    }

    @Test(arguments: [
        (
            "count: \"3\"",
            "2:8: error: 'count' must be a number, not a text\n  hint: write it without quotes"
        ),
        ("count: 11", "2:8: error: 'count' must be between 1 and 10"),
        ("count: 03", "2:8: error: 'count' must be a whole decimal number without leading zeros"),
        ("count: 1.5", "2:8: error: 'count' must be a whole decimal number without leading zeros"),
        ("count: 0x3", "2:8: error: 'count' must be a whole decimal number without leading zeros"),
        (
            "count: 99999999999999999999",
            "2:8: error: 'count' must be a whole decimal number without leading zeros"
        ),
        ("count: [1]", "2:8: error: 'count' must be a number, not a list"),
        ("count:", "2:7: error: 'count' must be a number, not nothing"),
    ])
    func `a number is written as a number`(line: String, message: String) {
        #expect(messages("name: n\n\(line)\nroles: [red]\n") == ["f.yaml:" + message])
    }

    @Test(arguments: [
        ("name: 10", "1:7: error: 'name' must be a text, not a number\n  hint: write it in quotes"),
        (
            "name: true",
            "1:7: error: 'name' must be a text, not a truth value\n  hint: write it in quotes"
        ),
        ("name: ~", "1:7: error: 'name' must be a text, not nothing"),
        ("name: \"  \"", "1:7: error: 'name' is empty"),
        ("name: { a: b }", "1:7: error: 'name' must be a text, not a mapping"),
    ])
    func `a text is written as a text`(line: String, message: String) {
        #expect(messages("\(line)\ncount: 1\nroles: [red]\n") == ["f.yaml:" + message])
    }

    @Test(arguments: [
        ("roles: []", "3:8: error: 'roles' is empty"),
        ("roles: red", "3:8: error: 'roles' must be a list, not a text"),
        (
            "roles: [purple]",
            "3:9: error: 'purple' is not a value of 'roles'\n  hint: known here: red, green, blue"
        ),
    ])
    func `a list of words holds known words`(line: String, message: String) {
        #expect(messages("name: n\ncount: 1\n\(line)\n") == ["f.yaml:" + message])
    }

    @Test func `an unknown key is shown without its control characters and not at length`() {
        let key = "\\e[31m" + String(repeating: "x", count: 100)
        let shown = messages("name: n\ncount: 1\nroles: [red]\n\"\(key)\": 1\n").joined()
        #expect(
            shown.contains("unknown key '\\u{1b}[31m" + String(repeating: "x", count: 55) + "…'"))
    }

    @Test(arguments: ["severty", "serverity", "Severity", "seveirty", "severitys"])
    func `a slip of the pen finds its word`(word: String) {
        #expect(
            Suggestion.hint(for: word, among: ["roles", "severity", "why"])
                == "did you mean 'severity'?")
    }

    @Test(arguments: ["yes", "no", "On", "off"])
    func `a word that was once a truth is not guessed`(word: String) {
        #expect(
            messages("name: n\ncount: 1\nroles: [red]\nbright: \(word)\n") == [
                "f.yaml:4:9: error: 'bright' must be true or false, not a text\n"
                    + "  hint: write true or false"
            ])
    }

    @Test func `a file that is no mapping is an error`() {
        #expect(messages("[1]") == ["f.yaml:1:1: error: the file must be a mapping, not a list"])
    }
}
