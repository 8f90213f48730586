/// A word, sign or constant of SQL, and where it stands.
///
/// See <https://www.sqlite.org/lang.html>; comments and white space are no tokens.
package struct SQLToken: Sendable, Hashable {
    /// What the token is.
    package enum Kind: Sendable, Hashable {
        /// A keyword or a name without quotes.
        case word
        /// A name in double quotes, backticks or brackets.
        case name
        case string, number, blob
        /// An operator or a bracket.
        case sign
    }

    var kind: Kind
    var text: String
    /// Bytes of the SQL.
    var range: Range<Int>

    /// Whether it is this keyword, in any case, or this sign.
    func isWord(_ word: String) -> Bool {
        (kind == .word && text.uppercased() == word) || (kind == .sign && text == word)
    }
}

extension SQLToken {
    /// The tokens of a statement; nil where a constant or a comment does not end.
    package static func tokens(of sql: String) -> [SQLToken]? {
        var scanner = SQLScanner(sql)
        return scanner.tokens()
    }
}

/// Cuts SQL into tokens.
private struct SQLScanner {
    private let bytes: [UInt8]
    private var index = 0

    init(_ sql: String) {
        bytes = Array(sql.utf8)
    }

    mutating func tokens() -> [SQLToken]? {
        var tokens: [SQLToken] = []
        while true {
            guard skipBlanks() else { return nil }
            guard index < bytes.count else { return tokens }
            let start = index
            guard let kind = scan() else { return nil }
            let text = String(decoding: bytes[start..<index], as: UTF8.self)
            tokens.append(SQLToken(kind: kind, text: text, range: start..<index))
        }
    }

    private func byte(_ offset: Int = 0) -> UInt8? {
        index + offset < bytes.count ? bytes[index + offset] : nil
    }

    /// False where a comment does not end.
    private mutating func skipBlanks() -> Bool {
        while let byte = byte() {
            if byte == UInt8(ascii: "-"), self.byte(1) == UInt8(ascii: "-") {
                while let byte = self.byte(), byte != UInt8(ascii: "\n") { index += 1 }
            } else if byte == UInt8(ascii: "/"), self.byte(1) == UInt8(ascii: "*") {
                index += 2
                while self.byte() != UInt8(ascii: "*") || self.byte(1) != UInt8(ascii: "/") {
                    guard index < bytes.count else { return false }
                    index += 1
                }
                index += 2
            } else if Self.isBlank(byte) {
                index += 1
            } else {
                return true
            }
        }
        return true
    }

    private mutating func scan() -> SQLToken.Kind? {
        guard let first = byte() else { return nil }
        switch first {
        case UInt8(ascii: "'"): return skip(to: first) ? .string : nil
        case UInt8(ascii: "\""), UInt8(ascii: "`"): return skip(to: first) ? .name : nil
        case UInt8(ascii: "["): return skip(to: UInt8(ascii: "]")) ? .name : nil
        case UInt8(ascii: "x"), UInt8(ascii: "X"):
            guard byte(1) == UInt8(ascii: "'") else { break }
            index += 1
            return skip(to: UInt8(ascii: "'")) ? .blob : nil
        default: break
        }
        if Self.isDigit(first) || (first == UInt8(ascii: ".") && byte(1).map(Self.isDigit) == true)
        {
            while let byte = byte(), Self.isWordByte(byte) || byte == UInt8(ascii: ".") {
                index += 1
            }
            return .number
        }
        if Self.isWordByte(first) {
            while let byte = byte(), Self.isWordByte(byte) { index += 1 }
            return .word
        }
        let two = String(decoding: bytes[index..<min(index + 2, bytes.count)], as: UTF8.self)
        index += ["<>", "<=", ">=", "!=", "==", "||", "<<", ">>"].contains(two) ? 2 : 1
        return .sign
    }

    // A doubled quote is one quote of the content.
    private mutating func skip(to end: UInt8) -> Bool {
        index += 1
        while let byte = byte() {
            index += 1
            guard byte == end else { continue }
            guard end != UInt8(ascii: "]"), self.byte() == end else { return true }
            index += 1
        }
        return false
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        isDigit(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$") || byte >= 0x80
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}
