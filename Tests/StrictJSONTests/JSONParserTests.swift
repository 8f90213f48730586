import StrictJSON
import Testing

struct JSONParserTests {
    static let readable: [(text: String, value: JSONValue)] = [
        ("null", JSONValue.null), ("true", true), ("false", false), ("0", 0), (" 7 ", 7),
        ("9007199254740991", 9_007_199_254_740_991), ("\"\"", ""), ("\"a\\/b\"", "a/b"),
        (#""\"\\\b\f\n\r\t""#, "\"\\\u{8}\u{C}\n\r\t"), (#""\u00e8\u20AC""#, "è€"),
        (#""\ud83d\ude00""#, "😀"), ("\"è\"", "è"), ("[]", []), ("[ ]", []),
        ("[1,[2],\"3\"]", [1, [2], "3"]), ("{}", .object([])),
        ("\t{ \"b\" : 1 ,\r\n\"a\":null}", .object([.init("b", 1), .init("a", .null)])),
    ]

    @Test(arguments: readable)
    func `what RFC 8259 allows is read`(text: String, expected: JSONValue) throws {
        #expect(try JSONValue(parsing: Array(text.utf8), limits: .evidence) == expected)
    }

    @Test(arguments: [
        "", " ", "{", "[", "\"", "[1,]", "{\"a\":1,}", "[1 2]", "{\"a\" 1}", "{a:1}", "{'a':1}",
        "{1:1}", "tru", "truE", "nulll", "1 1", "{}{}", "[1]x", "// a\n1", "\"\\x\"", "\"\\u12\"",
        "\"\\u12g4\"", "\"\\u+123\"", "\"a\nb\"", "\"a\u{0}b\"", "\u{FEFF}1", "\u{A0}1", ",", "}",
        "[}", "{]", "\"\\",
    ])
    func `what is not JSON is a syntax error`(text: String) {
        #expect(code(text) == .syntax)
    }

    @Test(arguments: [
        [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
        [0x22, 0xF5, 0x80, 0x80, 0x80, 0x22], [0x22, 0xC3, 0x22], [0xFF, 0xFE, 0x31, 0x00],
        [0x22, 0x5C, 0x6E, 0xC3, 0x22],
    ])
    func `what is not UTF-8 is a syntax error`(bytes: [UInt8]) {
        #expect(throws: JSONError.self) {
            try JSONValue(parsing: bytes, limits: .evidence)
        }
        #expect(throws: JSONError.self) { try JSONValue(parsing: bytes, limits: .host()) }
    }

    @Test(arguments: [
        #"{"verdict":"fail","verdict":"pass"}"#, #"{"a":1,"\u0061":2}"#, #"[{"a":{"b":1,"b":1}}]"#,
    ])
    func `two members of one name are refused, however they are written`(text: String) {
        #expect(code(text) == .duplicate)
        #expect(code(text, .host()) == .duplicate)
    }

    @Test func `a duplicate among thousands of names is found`() throws {
        let names = (0..<5_000).map { "\"n\($0)\":0" }
        let good = "{\(names.joined(separator: ","))}"
        #expect(code(good) == nil)
        for twin in [0, 31, 32, 33, 4_999] {
            #expect(code("\(good.dropLast()),\"n\(twin)\":1}") == .duplicate)
        }
    }

    @Test
    func `names that differ only in normalisation are two names to a host and none to evidence`()
        throws
    {
        let text = #"{"caf\u00e9":1,"cafe\u0301":2}"#
        #expect(code(text) == .key)
        let value = try JSONValue(parsing: Array(text.utf8), limits: .host())
        #expect(value.members?.count == 2)
        #expect(value["cafe\u{301}"] == 2)
    }

    @Test(arguments: [
        #""\u0000""#, #""\ud800""#, #""\udc00""#, #""\ud800x""#, #""\ud800\n""#,
        #""\ud800\u0041""#, #""\ud800\ud800""#,
    ])
    func `a text of half a surrogate or U+0000 is refused`(text: String) {
        #expect(code(text) == .string)
        #expect(code(text, .host()) == .string)
    }

    @Test(arguments: [
        "-1", "-0", "42.0", "4.2e1", "1E5", "NaN", "Infinity", "-Infinity", "+1", ".5", "01", "-",
        "1.", "1e", "9007199254740992", "9007199254740993", "1000000000000000000000000000000",
    ])
    func `evidence holds no number but the integers that all readers share`(text: String) {
        #expect(code("{\"sequence\":\(text)}") == .number)
    }

    static let hostNumbers: [(text: String, value: JSONValue)] = [
        ("-1", JSONValue.integer(-1)), ("-0", 0), ("42.0", "42.0"), ("4.2e+1", "4.2e+1"),
        ("-9223372036854775808", .integer(.min)), ("9223372036854775808", "9223372036854775808"),
    ]

    @Test(arguments: hostNumbers)
    func `a host's number that is no Int64 is kept as it is written`(
        text: String, expected: JSONValue
    ) throws {
        #expect(try JSONValue(parsing: Array(text.utf8), limits: .host()) == expected)
    }

    @Test(arguments: [(JSONLimits.evidence, 16), (.host(), 64)])
    func `a document may be as deep as the limit and no deeper`(limits: JSONLimits, depth: Int) {
        for (open, inner, close) in [("[", "", "]"), ("{\"a\":", "0", "}")] {
            let at = { (depth: Int) in
                String(repeating: open, count: depth) + inner
                    + String(repeating: close, count: depth)
            }
            #expect(code(at(depth), limits) == nil)
            #expect(code(at(depth + 1), limits) == .limit)
            #expect(code(String(repeating: open, count: 1_000_000), limits) == .limit)
        }
    }

    @Test func `strings, values and documents have a limit`() {
        let text = String(repeating: "a", count: 64 << 10)
        #expect(code("\"\(text)\"") == nil)
        #expect(code("\"\(text)a\"") == .limit)
        #expect(code("\"\(text)\\n\"") == .limit)
        var limits = JSONLimits.evidence
        limits.values = 4
        #expect(code("[1,2,3]", limits) == nil)
        #expect(code("[1,2,[]]", limits) == nil)
        #expect(code("[1,2,3,4]", limits) == .limit)
        limits.document = 6
        #expect(code("[1,2 ]", limits) == nil)
        #expect(code("[1,2  ]", limits) == .limit)
    }

    @Test func `an error says at which byte`() {
        #expect(error("{\"a\":1,\"a\":2}")?.offset == 7)
        #expect(error("[1,x]")?.offset == 3)
        let bytes = Array("..[1,x]".utf8)
        #expect(throws: JSONError(.syntax, at: 3)) {
            try JSONValue(parsing: bytes[2...], limits: .evidence)
        }
    }

    @Test func `what is written is read back`() throws {
        let value = JSONValue.object([
            "z": "\u{1}\u{7F}\"\\\u{FFFF}😀", "a": [1, true, .null, .array([])], "": .object([]),
        ])
        let read = try JSONValue(parsing: value.bytes, limits: .evidence)
        #expect(read.bytes == value.bytes)
        #expect(read["z"] == value["z"])
    }

    private func error(_ text: String, _ limits: JSONLimits = .evidence) -> JSONError? {
        do throws(JSONError) {
            _ = try JSONValue(parsing: Array(text.utf8), limits: limits)
            return nil
        } catch {
            return error
        }
    }

    private func code(_ text: String, _ limits: JSONLimits = .evidence) -> JSONError.Code? {
        error(text, limits)?.code
    }
}

/// Which numbers a program of the host may print.
struct WholeNumberTests {
    static let limits: JSONLimits = {
        var limits = JSONLimits.host()
        limits.numbers = .whole
        return limits
    }()

    @Test(arguments: ["0", "-0", "-9223372036854775808", "9223372036854775807"])
    func `a whole number is one`(text: String) throws {
        #expect(try JSONValue(parsing: Array(text.utf8), limits: Self.limits).integer != nil)
    }

    @Test(arguments: ["1.0", "1e3", "9223372036854775808", "-9223372036854775809", "01", "+1"])
    func `what is no Int64 is no number, and no text either`(text: String) {
        #expect(throws: JSONError(.number, at: 0)) {
            try JSONValue(parsing: Array(text.utf8), limits: Self.limits)
        }
    }
}
