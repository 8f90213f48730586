import Facts

/// One line of a PAM file, in words; see pam.conf(5).
struct PAMLine: Sendable {
    /// Nil for Debian's `@include`, which brings lines of every type.
    var type: String?
    var control: String
    /// The module's path, or the file that is included.
    var target: String
    var arguments: [String]

    /// The file that it asks for, if it asks for one.
    var included: String? {
        isInclude || isSubstack || type == nil ? target : nil
    }

    var isSubstack: Bool { control.lowercased() == "substack" }
    private var isInclude: Bool { control.lowercased() == "include" }

    /// The module's name without its directory, such as `pam_unix.so`.
    var module: String { String(target.split(separator: "/").last ?? "") }

    /// The line of these words; nil of none.
    init?(words: [String]) {
        guard let first = words.first else { return nil }
        if first == "@include" {
            self.init(type: nil, control: "", target: words.dropFirst().first ?? "", arguments: [])
            return
        }
        // A leading `-` only silences the log.
        let type = first.hasPrefix("-") ? first.dropFirst() : first[...]
        self.init(
            type: type.lowercased(), control: words.dropFirst().first ?? "",
            target: words.dropFirst(2).first ?? "", arguments: Array(words.dropFirst(3)))
    }

    private init(type: String?, control: String, target: String, arguments: [String]) {
        self.type = type
        self.control = control
        self.target = target
        self.arguments = arguments
    }

    /// The words of every line: comments are cut, a backslash at the end goes on, brackets hold together.
    ///
    /// Nil where a comment or nothing follows such a backslash: libpam before 1.6 passes over it, and
    /// later ends the line there. A NUL ends a line of C.
    static func words(in bytes: [UInt8]) -> [[String]]? {
        var lines: [[String]] = []
        var assembled = ""
        for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            let line = line.prefix { $0 != 0 }
            let uncommented = line.prefix { $0 != UInt8(ascii: "#") }
            let text = Readable.text(
                uncommented.map { $0 == UInt8(ascii: "\t") ? UInt8(ascii: " ") : $0 })
            guard let end = text.lastIndex(where: { $0 != " " }) else {
                guard assembled.isEmpty else { return nil }
                continue
            }
            if uncommented.count == line.count, text[end] == "\\" {
                assembled += text[..<end] + " "
                continue
            }
            lines.append(Self.words(of: assembled + text))
            assembled = ""
        }
        return lines
    }

    private static func words(of line: String) -> [String] {
        var words: [String] = []
        var word = ""
        var isBracketed = false
        for character in line {
            if isBracketed, character == "]", word.last != "\\" {
                isBracketed = false
                words.append(word)
                word = ""
            } else if !isBracketed, character == "[", word.isEmpty {
                isBracketed = true
            } else if !isBracketed, character == " " {
                if !word.isEmpty { words.append(word) }
                word = ""
            } else {
                word.append(character)
            }
        }
        return word.isEmpty ? words : words + [word]
    }
}
