import Agent
import ArgumentParser
import Evidence
import Linux

/// The keys that a caller believes.
struct TrustOptions: ParsableArguments {
    @Option(
        name: .customLong("key"),
        help: ArgumentHelp(
            "A public key: a PEM file, or sha256:<64 digits>. Repeatable.", valueName: "key"))
    var keys: [String] = []

    /// Trust in exactly these keys; none is an error.
    func trust() throws -> Trust {
        guard !keys.isEmpty else {
            throw CommandFailure(
                .wrongUsage, "no key is trusted",
                hint: "name one with --key FILE or --key sha256:<64 digits>")
        }
        var trust = Trust()
        for key in keys {
            if let digest = key.split(separator: ":", maxSplits: 1).last, key.hasPrefix("sha256:") {
                guard trust.add(sha256: String(digest)) else {
                    throw CommandFailure(.wrongUsage, "--key sha256: takes 64 hexadecimal digits")
                }
            } else {
                try add(file: key, to: &trust)
            }
        }
        return trust
    }

    private func add(file: String, to trust: inout Trust) throws {
        var reader = try reader(of: file)
        var bytes: [UInt8] = []
        do throws(StateError) {
            while let line = try reader.next(limit: 1 << 16), bytes.count < 1 << 16 {
                bytes += line.bytes + [0x0A]
            }
        } catch {
            throw CommandFailure(EvidenceError(error))
        }
        do throws(EvidenceError) {
            try trust.add(pem: bytes, from: file)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Reads a file that was named; one that cannot be opened is wrong usage.
    func reader(of file: String) throws -> LineReader {
        do throws(StateError) {
            return try LineReader(path: file)
        } catch {
            throw CommandFailure(.wrongUsage, "\(file): \(error.code.sentence)")
        }
    }
}
