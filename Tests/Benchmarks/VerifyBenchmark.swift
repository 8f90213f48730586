import Evidence
import Linux
import OpenSSL
import StrictJSON

/// How long verification takes: of one report, and of a series as long as a bundle's.
struct VerifyBenchmark {
    var program: Program
    var scratch: String
    var rounds: Int
    var count: Int

    func run(_ figures: Figures) throws {
        let key = try PrivateKey.generate()
        try write(key.publicKey.pem(), "key.pem")
        let payload = try payload()
        try write(try series(of: payload, 1, key), "one.jsonl")
        try write(try series(of: payload, count, key), "many.jsonl")
        figures.show("bytes of a report's payload", "\(payload.bytes.count / 1000) kB")
        let one = try verified("one.jsonl", rounds)
        figures.show(
            "verifying a report, with the start of the program", Figures.milliseconds(one),
            budget: "20 ms")
        let many = try verified("many.jsonl", 1)
        figures.show("verifying \(count) reports of a series", Figures.milliseconds(many))
        if count != 10_000 {
            figures.show(
                "  10,000 would take, in proportion",
                Figures.milliseconds(many * 10_000 / count), budget: "10,000 ms")
        }
        let peak = try program.peaks(arguments("many.jsonl")).first.values.max() ?? 0
        figures.show("peak memory of it", Figures.megabytes(peak), budget: "60 MB")
    }

    private func arguments(_ file: String) -> [String] {
        ["verify", "--key", scratch + "/key.pem", scratch + "/" + file]
    }

    private func verified(_ file: String, _ rounds: Int) throws -> Duration {
        try (0..<rounds).map { _ in
            try program.duration(arguments(file), statuses: [0])
        }.median
    }

    // That of the scan's own last report: what is verified is as large as what is made.
    private func payload() throws -> JSONValue {
        let find = "cat \"$(ls \(scratch)/state/reports/*/*.jsonl | tail -n 1)\" | tail -n 1"
        let line = try Program(path: "/bin/sh").output(["-c", find])
        let envelope = try JSONValue(parsing: Array(line.utf8), limits: .evidence)
        guard let text = envelope["payload"]?.string, let bytes = Base64.bytes(of: text) else {
            throw Program.Failed(description: "the scan left no report")
        }
        return try JSONValue(parsing: bytes, limits: .evidence)
    }

    private func series(
        of payload: JSONValue, _ count: Int, _ key: borrowing PrivateKey
    ) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var previous: String?
        for sequence in 1...Int64(count) {
            let chain = JSONValue.object([
                "sequence": .integer(sequence), "previousSha256": previous.map(JSONValue.string),
            ])
            let report = payload.setting(["predicate", "chain"], chain).bytes
            previous = try SHA256.hex(of: report)
            bytes += try Envelope.line(signing: report, with: key) + [0x0A]
        }
        return bytes
    }

    private func write(_ bytes: [UInt8], _ name: String) throws {
        try StateDirectory(path: scratch, creating: false).replace([.init(name, bytes)])
    }
}

extension JSONValue {
    // The document with another value at a path of members.
    fileprivate func setting(_ path: [String], _ value: JSONValue) -> JSONValue {
        guard let name = path.first else { return value }
        let rest = Array(path.dropFirst())
        return .object(
            (members ?? []).map { member in
                member.name == name
                    ? JSONMember(name, member.value.setting(rest, value)) : member
            })
    }
}
