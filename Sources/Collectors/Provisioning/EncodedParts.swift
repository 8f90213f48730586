import FoundationEssentials

/// The parts of a MIME message that are written in base64, as cloud-init keeps them; see RFC 2045.
struct EncodedParts: Sendable {
    /// The decoded lines of one part, and the line of the message that it begins at, counted from 1.
    struct Part: Sendable {
        var firstLine: Int
        var lines: [String]
    }

    private(set) var parts: [Part] = []

    /// Finds and decodes them; what is not base64 of UTF-8 is no part.
    init(in lines: [String]) {
        var isEncoded = false
        var start: Int?
        var text = ""
        for (index, line) in (lines + ["--"]).enumerated() {
            if let first = start {
                if line.hasPrefix("--") {
                    add(text, first)
                    start = nil
                    isEncoded = false
                } else {
                    text += line
                }
            } else if line.lowercased().hasPrefix("content-transfer-encoding:") {
                isEncoded = line.lowercased().contains("base64")
            } else if isEncoded, line.allSatisfy(\.isWhitespace) {
                start = index + 2
                text = ""
            }
        }
    }

    private mutating func add(_ text: String, _ first: Int) {
        guard let data = Data(base64Encoded: text, options: .ignoreUnknownCharacters),
            let decoded = String(validating: data, as: UTF8.self)
        else { return }
        let lines = decoded.split(separator: "\n", omittingEmptySubsequences: false)
        parts.append(Part(firstLine: first, lines: lines.map(String.init)))
    }
}
