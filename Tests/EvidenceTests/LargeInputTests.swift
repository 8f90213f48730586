import Evidence
import FoundationEssentials
import Linux
import OpenSSL
import StrictJSON
import Testing

struct LargeInputTests {
    @Test(arguments: ["", #"{"payload":""#])
    func `a line of 2 GiB is refused without being read to its end`(beginning: String) throws {
        let directory = try TemporaryDirectory()
        try directory.write(Array(beginning.utf8), "huge.jsonl")
        _ = try Command.shell("truncate -s 2G huge.jsonl", in: directory.url)
        var verifier = try Verifier(Signer().trust)
        let error = #expect(throws: EvidenceError.self) {
            try verifier.read(LineReader(path: directory.path("huge.jsonl")))
        }
        #expect(error?.code == .jsonLimit)
    }

    @Test(arguments: ["[", "[0],"])
    func `a payload of more values than are read is refused`(
        unit: String
    ) throws {
        let signer = try Signer()
        let count = (4 << 20) / unit.utf8.count
        let text = "[\(String(repeating: unit, count: count))0]"
        let line = try Envelope.line(
            signing: Array(text.utf8), with: PrivateKey(pem: signer.pem))
        let outcome = VerifyCaseTests.outcome(of: BadInput(line + [0x0A], signer.trust))
        #expect(
            outcome.code
                == "json.limit")
    }

    @Test func `a payload of the allowed size is verified`() throws {
        let signer = try Signer()
        let text = JSONValue.string(String(repeating: "a", count: 60 << 10))
        let many = JSONValue.array(Array(repeating: text, count: 260))
        let payload = SampleReport.payload().setting("predicate.more", many)
        let input = BadInput(try signer.line(payload), signer.trust)
        #expect(VerifyCaseTests.outcome(of: input).code == "ok")
    }

    @Test func `lines are the same however the file is cut into reads`() throws {
        let directory = try TemporaryDirectory()
        var expected: [[UInt8]] = []
        for length in [0, 1, 65_535, 65_536, 65_537, 3, 200_000, 0, 131_072] {
            expected.append([UInt8](repeating: 0x78, count: length))
        }
        try directory.write(expected.flatMap { $0 + [0x0A] } + [0x79], "lines")
        var lines = try LineReader(path: directory.path("lines"))
        for line in expected {
            let read = try lines.next(limit: 200_000)
            #expect(read?.bytes == line)
            #expect(read?.isTerminated == true)
        }
        let last = try lines.next(limit: 10)
        #expect(last?.bytes == [0x79])
        #expect(last?.isTerminated == false)
        let none = try lines.next(limit: 10)
        #expect(none == nil)
    }

    @Test(arguments: [[], [0x0A]] as [[UInt8]])
    func `a line may be as long as the limit and no longer`(newline: [UInt8]) throws {
        let ten = [UInt8](repeating: 0x78, count: 10)
        var lines = LineReader(ten + newline, name: "x")
        let line = try lines.next(limit: 10)
        #expect(line?.bytes == ten)
        var longer = LineReader(ten + [0x78] + newline, name: "x")
        do throws(StateError) {
            _ = try longer.next(limit: 10)
            Issue.record("a longer line was given")
        } catch {
            #expect(error.code == .tooLarge)
        }
    }
}
