import Documents
import Testing

@Suite struct YAMLDocumentTests {
    private func reading(_ text: String) -> Reading<YAMLDocument> {
        YAMLDocument.reading(SourceFile(name: "f.yaml", text: text))
    }

    @Test(arguments: [
        ("", "f.yaml:1:1: error: the file is empty"),
        ("# nothing\n", "f.yaml:2:1: error: the file holds nothing but comments"),
        ("a: 1\nb: &x 2\n", "f.yaml:2:4: error: anchors are not allowed here"),
        ("a: &x [1]\n", "f.yaml:1:4: error: anchors are not allowed here"),
        ("a: &x { b: 1 }\n", "f.yaml:1:4: error: anchors are not allowed here"),
        ("a: *x\n", "f.yaml:1:4: error: aliases are not allowed here"),
        ("<<: *x\n", "f.yaml:1:5: error: aliases are not allowed here"),
        ("a: !!str 1\n", "f.yaml:1:4: error: tags are not allowed here"),
        ("a: !x [1]\n", "f.yaml:1:4: error: tags are not allowed here"),
        ("%YAML 1.1\n---\na: 1\n", "f.yaml:1:1: error: directives are not allowed here"),
        (
            "a: 1\n---\nb: 2\n",
            "f.yaml:2:1: error: a second document begins\n  hint: write one document a file"
        ),
        (
            "a: 1\nb: 2\na: 3\n",
            "f.yaml:3:1: error: duplicate key 'a'\n  hint: it stands in line 1 already"
        ),
        (
            "a:\n  - { x: 1, x: 2 }\n",
            "f.yaml:2:13: error: duplicate key 'x'\n  hint: it stands in line 2 already"
        ),
        ("[1, 2]: 3\n", "f.yaml:1:1: error: a key must be a text"),
        (
            "a: [1\nb: 2\n",
            "f.yaml:2:2: error: not YAML: did not find expected ',' or ']'"
        ),
        (
            "a:\n\tb: 1\n",
            "f.yaml:2:1: error: not YAML: found character that cannot start any token"
        ),
    ])
    func `what could surprise is an error at its place`(text: String, message: String) {
        let reading = reading(text)
        #expect(reading.value == nil)
        #expect(reading.diagnostics.map(\.description) == [message])
    }

    @Test(arguments: [
        ([UInt8(ascii: "a"), 0xFF], "f.yaml:1:2: error: not YAML: invalid leading UTF-8 octet"),
        (
            Array("é: x\nb: \u{7}".utf8),
            "f.yaml:2:4: error: not YAML: control characters are not allowed"
        ),
    ])
    func `bytes that are no text are an error at their place`(bytes: [UInt8], message: String) {
        let reading = YAMLDocument.reading(SourceFile(name: "f.yaml", bytes: bytes))
        #expect(reading.diagnostics.map(\.description) == [message])
    }

    @Test func `a file is read up to its limit and not beyond`() {
        let file = SourceFile(name: "f.yaml", text: "a: 12345\n")
        #expect(YAMLDocument.reading(file, limit: 9).value != nil)
        let refused = YAMLDocument.reading(file, limit: 8)
        #expect(
            refused.diagnostics.map(\.description) == [
                "f.yaml:1:1: error: the file is larger than 8 bytes"
            ])
    }

    @Test func `a list and a mapping end at their limit`() {
        let elements = (0...1_024).map { "k\($0): 1" }
        #expect(reading("{ \(elements.dropLast().joined(separator: ", ")) }").value != nil)
        let message = "a list or mapping has more than 1024 elements"
        for text in [
            "{ \(elements.joined(separator: ", ")) }",
            "[\(String(repeating: "1, ", count: 1_025))]",
        ] {
            #expect(reading(text).diagnostics.map(\.message) == [message])
        }
    }

    @Test func `a byte order mark is refused`() {
        #expect(
            reading("\u{FEFF}a: 1\n").diagnostics.map(\.description) == [
                "f.yaml:1:1: error: the file begins with a byte order mark"
            ])
    }

    // Seeded, so that a failure comes back: what is read must end in a value or in a mistake.
    @Test(arguments: 0..<20) func `whatever bytes are read, there is an answer`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let alphabet = Array("{}[]:,-?&*!|>%@'\"# \n\tab01~<.\\\u{85}é".utf8) + [0, 0xFF, 0xC3]
        for _ in 0..<200 {
            let count = Int.random(in: 1...80, using: &generator)
            let bytes = (0..<count).map { _ in
                alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
            }
            let reading = YAMLDocument.reading(SourceFile(name: "f.yaml", bytes: bytes))
            #expect(
                (reading.value == nil) == reading.diagnostics.contains { $0.severity == .error })
            #expect(reading.diagnostics.allSatisfy { $0.line > 0 && $0.column > 0 })
        }
    }

    @Test func `nesting ends at its limit, and a deep file costs no stack`() {
        let deepest = String(repeating: "[", count: 24) + String(repeating: "]", count: 24)
        #expect(reading(deepest).value != nil)
        let deeper = reading("[" + deepest + "]")
        #expect(
            deeper.diagnostics.map(\.description) == [
                "f.yaml:1:25: error: lists and mappings nest deeper than 24"
            ])
        #expect(reading(String(repeating: "[", count: 500_000)).value == nil)
    }

    @Test(arguments: [
        ("text", YAMLScalar.Kind.text), ("yes", .text), ("10", .number), ("-3", .number),
        ("0x1F", .number), ("0o17", .number), ("1.5", .number), (".inf", .number), (".5", .number),
        ("1e3", .number), ("10.10.0.0/16", .text), ("true", .truth), ("False", .truth),
        ("~", .nothing), ("null", .nothing), ("\"10\"", .text), ("'true'", .text), ("\"\"", .text),
        ("2026-01-01", .text), ("1.2.3", .text), ("+1.e-5", .number), ("-.INF", .number),
        (".nan", .number), ("+.nan", .text), ("0o8", .text), ("0x", .text), ("-0x1", .text),
        (".", .text), ("+", .text), ("1e", .text), ("e3", .text), ("-.e3", .text), ("١", .text),
    ])
    func `a scalar has the type of the core schema`(text: String, kind: YAMLScalar.Kind) throws {
        let root = try #require(reading("[\(text)]").value?.root)
        guard case .list(let elements) = root.content else {
            Issue.record("not a list")
            return
        }
        #expect(elements.first?.scalar?.kind == kind)
    }

    @Test func `every value knows its line and column`() throws {
        let root = try #require(reading("a: x\nb:\n  - y\n  - { c: z }\n").value?.root)
        guard case .mapping(let entries) = root.content,
            case .list(let elements)? = entries.last?.value.content,
            case .mapping(let inner)? = elements.last?.content
        else {
            Issue.record("not of the shape that was written")
            return
        }
        #expect(
            entries.map(\.keyMark) == [
                Mark(file: "f.yaml", line: 1, column: 1), Mark(file: "f.yaml", line: 2, column: 1),
            ])
        #expect(entries.first?.value.mark == Mark(file: "f.yaml", line: 1, column: 4))
        #expect(
            elements.map(\.mark) == [
                Mark(file: "f.yaml", line: 3, column: 5), Mark(file: "f.yaml", line: 4, column: 5),
            ])
        #expect(inner.first?.value.mark == Mark(file: "f.yaml", line: 4, column: 10))
    }
}
