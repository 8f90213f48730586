import Evidence
import FoundationEssentials
import Linux
import OpenSSL
import StrictJSON
import Testing

/// What `reports/report-v1.md` and `reports/report-v1.schema.json` tell readers without our code.
struct FormatDocumentTests {
    static let reports = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "reports")

    /// The commands of the document, one text for each block of them.
    static func commands() throws -> [String] {
        let text = try String(
            contentsOf: reports.appending(path: "report-v1.md"), encoding: .utf8)
        return text.components(separatedBy: "```sh\n").dropFirst().compactMap {
            $0.components(separatedBy: "```").first
        }
    }

    static let hasTools = ["openssl", "jq", "base64", "sha256sum"].allSatisfy(Command.exists)
    static let hasSchemaChecker =
        Command.exists("python3")
        && (try? Command.python("import jsonschema", in: reports)) != nil

    @Test(.enabled(if: hasTools, "openssl, jq and base64 are needed"))
    func `the commands of the document verify a line, and refuse a changed one`() throws {
        let commands = try #require(FormatDocumentTests.commands().first)
        let directory = try TemporaryDirectory()
        let signer = try Signer()
        let line = try signer.line(SampleReport.payload())
        try directory.write(signer.publicKey.pem(), "host.pem")
        try directory.write(line, "line.json")
        #expect(try Command.shell(commands, in: directory.url) == "Verified OK\n")
        #expect(try directory.read("payload.json") == SampleReport.payload().bytes)
        let identity = try Command.shell(
            "sha256sum payload.json; openssl pkey -pubin -in host.pem -outform DER | sha256sum",
            in: directory.url)
        #expect(try identity.hasPrefix(SHA256.hex(of: SampleReport.payload().bytes)))
        #expect(identity.contains("\n\(signer.publicKey.keyId) "))

        let input = try BadInput.envelopes["env-payload-bit"].map { try $0(signer) }?.first
        try directory.write(#require(input).file, "line.json")
        #expect(throws: Command.Failure.self) {
            try Command.shell(commands, in: directory.url)
        }
        try directory.write(line, "line.json")
        try directory.write(Signer().publicKey.pem(), "host.pem")
        #expect(throws: Command.Failure.self) {
            try Command.shell(commands, in: directory.url)
        }
    }

    @Test(.enabled(if: hasTools, "openssl, jq and base64 are needed"))
    func `a line that openssl signed is verified`() throws {
        let directory = try TemporaryDirectory()
        try directory.write(SampleReport.payload().bytes, "payload.json")
        let line = try Command.shell(
            """
            openssl ecparam -name prime256v1 -genkey -noout > key.pem
            openssl pkey -in key.pem -pubout > host.pem
            { printf 'DSSEv1 28 application/vnd.in-toto+json %d ' "$(wc -c < payload.json)"; cat payload.json; } > signed.bin
            openssl dgst -sha256 -sign key.pem signed.bin | base64 -w0 > signature
            base64 -w0 payload.json > payload
            jq -nc --rawfile p payload --rawfile s signature \
                '{payloadType: "application/vnd.in-toto+json", payload: $p, signatures: [{sig: $s}]}'
            """, in: directory.url)
        var trust = Trust()
        try trust.add(pem: directory.read("host.pem"), from: "host.pem")
        let outcome = VerifyCaseTests.outcome(of: BadInput(Array(line.utf8), trust))
        #expect(outcome == ("ok", 0))
    }

    @Test(.enabled(if: hasTools, "jq and base64 are needed"))
    func `the loop of the document is silent on a good series alone`() throws {
        let loop = try #require(FormatDocumentTests.commands().last)
        let directory = try TemporaryDirectory()
        let signer = try Signer()
        var payloads = try signer.series(4)
        try directory.write(payloads.flatMap(signer.line), "series.jsonl")
        #expect(try Command.shell(loop, in: directory.url) == "")
        payloads.remove(at: 1)
        try directory.write(payloads.flatMap(signer.line), "series.jsonl")
        #expect(try Command.shell(loop, in: directory.url).contains("broken before"))
    }

    @Test(.enabled(if: hasSchemaChecker, "Python with jsonschema is needed"))
    func `the schema accepts and refuses what we do`() throws {
        let directory = try TemporaryDirectory()
        var expected: [String: Bool] = [:]
        for change in ReportSchemaTests.accepted {
            expected[change.name] = true
            try directory.write(change.payload.bytes, "\(change.name).json")
        }
        for change in ReportSchemaTests.refused where change.isInSchema {
            expected[change.name] = false
            try directory.write(change.payload.bytes, "\(change.name).json")
        }
        let printed = try Command.python(
            """
            import glob, json, jsonschema
            schema = json.load(open("\(FormatDocumentTests.reports.path)/report-v1.schema.json"))
            jsonschema.Draft202012Validator.check_schema(schema)
            validator = jsonschema.Draft202012Validator(schema)
            for name in sorted(glob.glob("*.json")):
                print(name[:-5], validator.is_valid(json.load(open(name))))
            """, in: directory.url)
        var answered: [String: Bool] = [:]
        for line in printed.split(separator: "\n") {
            let words = line.split(separator: " ")
            answered[String(words[0])] = words[1] == "True"
        }
        #expect(answered == expected)
    }
}
