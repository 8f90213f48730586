import Facts

/// A file of lines with fields between colons: passwd(5), shadow(5), group(5), gshadow(5).
///
/// Blank lines and comments are no entries; lines that begin with `+` or `-` point to another
/// directory; what holds no colon is no entry either, and counted.
struct ColonFile: Sendable {
    /// One entry.
    struct Line: Sendable {
        /// Its place in the file, counted from 1.
        var number: Int
        var fields: [[UInt8]]

        /// The name, safe to print.
        var name: String { Readable.text(fields[0]) }

        /// A field; one that the line does not have is empty.
        subscript(index: Int) -> [UInt8] { index < fields.count ? fields[index] : [] }
    }

    private(set) var lines: [Line] = []
    /// Whether a line asks another directory, as compat of nsswitch.conf(5) has it.
    private(set) var isDelegating = false
    /// Lines that are no entry.
    private(set) var malformed = 0

    /// Reads the bytes of a file.
    init(_ bytes: [UInt8]) {
        let all = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in all.enumerated() {
            let line = line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
            guard let first = line.first, first != UInt8(ascii: "#") else { continue }
            if first == UInt8(ascii: "+") || first == UInt8(ascii: "-") {
                isDelegating = true
                continue
            }
            let fields = line.split(
                separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
            guard fields.count > 1, !fields[0].isEmpty else {
                malformed += 1
                continue
            }
            lines.append(Line(number: index + 1, fields: fields.map(Array.init)))
        }
    }
}
