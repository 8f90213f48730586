import Foundation
import PacketFilter
import Testing

/// What a kernel told of the rules of a file, as `Tests/Firewall/record.py` wrote it.
struct RecordedDump: CustomTestStringConvertible {
    /// All of them; `Dumps` has one for each kind of construct.
    static let all = [
        "addresses", "beyond", "chosen", "concatenations", "connections", "devices", "dormant",
        "extensions",
        "headers", "hidden", "interfaces", "maps", "marks", "ports", "translations",
    ].map { RecordedDump(name: $0) }

    static let native = all.filter { $0.name != "extensions" }

    /// Those whose listing the reader of listings knows.
    static let listed = all.filter { $0.name != "beyond" }

    var name: String
    var testDescription: String { name }

    private static let directory = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Dumps")

    private func text(_ kind: String) throws -> String {
        let file = RecordedDump.directory.appending(path: "\(name).\(kind)")
        return String(decoding: try Data(contentsOf: file), as: UTF8.self)
    }

    /// What nft or iptables-save listed.
    func listing() throws -> [UInt8] { Array(try text("listing").utf8) }

    /// The kernel's own bytes.
    func bytes() throws -> [UInt8] {
        let digits = try text("hex").split(separator: "\n").filter { !$0.hasPrefix("link ") }
            .joined()
        return stride(from: 0, to: digits.utf8.count, by: 2).compactMap { place in
            let start = digits.index(digits.startIndex, offsetBy: place)
            return UInt8(digits[start...].prefix(2), radix: 16)
        }
    }

    /// The interfaces that there were.
    func names() throws -> KernelNames {
        var names = KernelNames()
        for line in try text("hex").split(separator: "\n") where line.hasPrefix("link ") {
            let words = line.split(separator: " ")
            names.links[UInt32(words[1]) ?? 0] = KernelLink(
                String(words[2]), type: UInt16(words[3]) ?? 0)
        }
        return names
    }

    /// The rules as the kernel's bytes have them.
    func ruleset() throws -> Ruleset {
        var ruleset = Ruleset()
        try ruleset.read(kernelDump: KernelDump(try bytes()), names: try names())
        return ruleset
    }
}
