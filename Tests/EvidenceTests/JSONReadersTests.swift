import FoundationEssentials
import StrictJSON
import Testing

/// What we read, and what Python reads in the same bytes.
struct JSONReadersTests {
    static let hasPython = Command.exists("python3")

    /// Documents that are made from a number, the same ones in every run.
    private struct Documents {
        var state: UInt64

        mutating func number(below limit: UInt64) -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state >> 33) % limit
        }

        mutating func value(depth: Int) -> JSONValue {
            switch number(below: depth == 0 ? 5 : 7) {
            case 0: return .null
            case 1: return .bool(number(below: 2) == 0)
            case 2: return .integer(Int64(number(below: 1 << 31)) << Int64(number(below: 22)))
            case 3, 4: return .string(text())
            case 5: return .array((0..<number(below: 5)).map { _ in value(depth: depth - 1) })
            default:
                return .object(
                    (0..<number(below: 5)).map {
                        JSONMember("\($0)\(name())", value(depth: depth - 1))
                    })
            }
        }

        private mutating func name() -> String {
            String(
                decoding: (0..<number(below: 6)).map { _ in UInt8(0x20 + number(below: 95)) },
                as: UTF8.self)
        }

        private mutating func text() -> String {
            let ranges: [UInt64] = [0x7F, 0x7FF, 0xFFFF, 0x10FFFF]
            var text = ""
            for _ in 0..<number(below: 12) {
                let limit = ranges[Int(number(below: 4))]
                if let scalar = Unicode.Scalar(UInt32(1 + number(below: limit))) {
                    text.unicodeScalars.append(scalar)
                }
            }
            return text
        }
    }

    /// The value with every text as its UTF-8 in hexadecimal, so that both sides print the same.
    private static let canon = """
        import json, sys
        def canon(v):
            if v is None: return "n"
            if v is True: return "t"
            if v is False: return "f"
            if isinstance(v, int): return str(v)
            if isinstance(v, str): return "s" + v.encode().hex()
            if isinstance(v, list): return "[" + ",".join(map(canon, v)) + "]"
            return "{" + ",".join(canon(k) + canon(v[k]) for k in sorted(v, key=str.encode)) + "}"
        for line in open("documents.jsonl", encoding="utf-8", newline="\\n"):
            print(canon(json.loads(line)))
        """

    private static func canon(_ value: JSONValue) -> String {
        switch value {
        case .null: "n"
        case .bool(let truth): truth ? "t" : "f"
        case .integer(let number): "\(number)"
        case .string(let text): "s" + text.utf8.map(hexadecimal).joined()
        case .array(let elements): "[" + elements.map(canon).joined(separator: ",") + "]"
        case .object(let members):
            "{"
                + members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
                .map { canon(.string($0.name)) + canon($0.value) }.joined(separator: ",") + "}"
        }
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }

    @Test(.enabled(if: hasPython, "Python is needed"))
    func `what we write is read by Python as we read it`() throws {
        var documents = Documents(state: 20_260_301)
        var file: [UInt8] = []
        var expected: [String] = []
        for _ in 0..<2_000 {
            let bytes = documents.value(depth: 5).bytes
            let read = try JSONValue(parsing: bytes, limits: .evidence)
            file += bytes + [0x0A]
            expected.append(JSONReadersTests.canon(read))
        }
        let directory = try TemporaryDirectory()
        try directory.write(file, "documents.jsonl")
        let printed = try Command.python(JSONReadersTests.canon, in: directory.url)
        #expect(printed.split(separator: "\n").map(String.init) == expected)
    }

    @Test(.enabled(if: hasPython, "Python is needed"))
    func `a document with one byte changed is read alike, or refused by us`() throws {
        var documents = Documents(state: 7)
        var file: [UInt8] = []
        var expected: [String] = []
        for _ in 0..<5_000 {
            var bytes = documents.value(depth: 3).bytes
            let place = Int(documents.number(below: UInt64(bytes.count)))
            bytes[place] = UInt8(0x20 + documents.number(below: 95))
            guard let read = try? JSONValue(parsing: bytes, limits: .evidence) else { continue }
            file += bytes + [0x0A]
            expected.append(JSONReadersTests.canon(read))
        }
        #expect(expected.count > 300)
        let directory = try TemporaryDirectory()
        try directory.write(file, "documents.jsonl")
        let printed = try Command.python(JSONReadersTests.canon, in: directory.url)
        #expect(printed.split(separator: "\n").map(String.init) == expected)
    }
}
