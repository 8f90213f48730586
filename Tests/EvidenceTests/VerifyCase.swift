import FoundationEssentials
import Testing

/// A case of `verify.yaml`: what a bad input must come to.
struct VerifyCase: Sendable, CustomTestStringConvertible {
    var id: String
    var area: String
    var exit: Int
    var code: String

    var testDescription: String { id }

    /// Every case of the file, which lies beside this one.
    static let all: [VerifyCase] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "verify.yaml")
        guard let data = try? Data(contentsOf: file) else { return [] }
        var cases: [VerifyCase] = []
        for line in String(decoding: data, as: UTF8.self).split(separator: "\n") {
            if line.hasPrefix("- id: ") {
                cases.append(
                    VerifyCase(id: String(line.dropFirst(6)), area: "", exit: -1, code: ""))
            } else if line.hasPrefix("  area: ") {
                cases[cases.count - 1].area = String(line.dropFirst(8))
            } else if line.hasPrefix("  expect: ") {
                let words = line.split { !$0.isLetter && !$0.isNumber && $0 != "." && $0 != "-" }
                cases[cases.count - 1].exit = Int(words[2]) ?? -1
                cases[cases.count - 1].code = String(words[4])
            }
        }
        return cases
    }()
}
