/// Cuts the bytes of one file into tokens, as nft's scanner does.
struct NftLexer {
    private let bytes: [UInt8]
    private let file: String
    private var position = 0
    private var line = 1

    init(_ bytes: [UInt8], file: String) {
        self.bytes = bytes
        self.file = file
    }

    /// How far the file was read.
    var end: Int { position }

    private var place: SourcePlace { SourcePlace(file: file, line: line) }

    /// The bytes of a stretch of the file as one line, cut after so many.
    func text(_ range: Range<Int>, longest: Int = 500) -> String {
        let part = bytes[range.clamped(to: bytes.indices)].prefix(longest)
        var text: [UInt8] = []
        for byte in part {
            let isBlank = byte <= 0x20 || byte == 0x7F
            if isBlank, text.last == 0x20 || text.isEmpty { continue }
            text.append(isBlank ? 0x20 : byte)
        }
        if text.last == 0x20 { text.removeLast() }
        return String(decoding: text, as: UTF8.self)
    }

    mutating func next() throws(NftError) -> NftToken {
        skipBlanks()
        guard position < bytes.count else {
            return NftToken(kind: .end, text: "", place: place, range: position..<position)
        }
        let byte = bytes[position]
        if byte == UInt8(ascii: "\n") { return newline() }
        if byte == UInt8(ascii: "\"") { return try quoted() }
        if let length = addressLength() ?? wordLength() { return take(length, .word) }
        return take(signLength(), .sign)
    }

    private mutating func newline() -> NftToken {
        let token = NftToken(
            kind: .newline, text: "\n", place: place, range: position..<(position + 1))
        position += 1
        line += 1
        return token
    }

    private mutating func take(_ length: Int, _ kind: NftToken.Kind) -> NftToken {
        let range = position..<(position + length)
        position = range.upperBound
        return NftToken(
            kind: kind, text: String(decoding: bytes[range], as: UTF8.self), place: place,
            range: range)
    }

    private mutating func skipBlanks() {
        while position < bytes.count {
            let byte = bytes[position]
            if byte == 0x20 || byte == 0x09 {
                position += 1
            } else if byte == UInt8(ascii: "\\"), position + 1 < bytes.count,
                bytes[position + 1] == UInt8(ascii: "\n")
            {
                position += 2
                line += 1
            } else if byte == UInt8(ascii: "#") {
                let isWholeLine = standsAtBeginOfLine
                position = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
                // A line that is a comment has no end of its own.
                if isWholeLine, position < bytes.count {
                    position += 1
                    line += 1
                }
            } else {
                return
            }
        }
    }

    private var standsAtBeginOfLine: Bool {
        let before = bytes[..<position].last { $0 != 0x20 && $0 != 0x09 }
        return before == nil || before == UInt8(ascii: "\n")
    }

    private mutating func quoted() throws(NftError) -> NftToken {
        let start = position + 1
        guard let end = bytes[start...].firstIndex(of: UInt8(ascii: "\"")) else {
            throw NftError(.refused, place, "a quotation mark that nothing closes")
        }
        let token = NftToken(
            kind: .quoted, text: String(decoding: bytes[start..<end], as: UTF8.self),
            place: place, range: position..<(end + 1))
        line += bytes[start..<end].count { $0 == UInt8(ascii: "\n") }
        position = end + 1
        return token
    }

    /// The length of an IPv6 or hardware address that starts here.
    private func addressLength() -> Int? {
        let first = bytes[position]
        guard first.isHexDigit || first == UInt8(ascii: ":") || first == UInt8(ascii: "[") else {
            return nil
        }
        if first == UInt8(ascii: "[") { return bracketLength() }
        var end = position
        var colons = 0
        while end < bytes.count, end - position < 46,
            bytes[end].isHexDigit || bytes[end] == UInt8(ascii: ":")
                || bytes[end] == UInt8(ascii: ".") && colons > 1
        {
            if bytes[end] == UInt8(ascii: ":") { colons += 1 }
            end += 1
        }
        guard colons >= 2, end == bytes.count || !bytes[end].isNftLetter else { return nil }
        // `22 :accept` has a colon, but `::` or a whole address it is not.
        while end > position {
            let text = String(decoding: bytes[position..<end], as: UTF8.self)
            if Address(text) != nil || HardwareAddress(text) != nil { return end - position }
            end -= 1
        }
        return nil
    }

    private func bracketLength() -> Int? {
        let limit = min(bytes.count, position + 48)
        guard let end = bytes[position..<limit].firstIndex(of: UInt8(ascii: "]")),
            Address(String(decoding: bytes[(position + 1)..<end], as: UTF8.self)) != nil
        else { return nil }
        return end + 1 - position
    }

    private func wordLength() -> Int? {
        let first = bytes[position]
        var end = position
        if first.isDecimalDigit {
            while end < bytes.count,
                bytes[end].isNftLetter || bytes[end].isDecimalDigit
                    || bytes[end] == UInt8(ascii: ".") && end + 1 < bytes.count
                        && bytes[end + 1].isDecimalDigit
            {
                end += 1
            }
            return end - position
        }
        guard first.isNftLetter || first == UInt8(ascii: ".") && isLetter(at: position + 1) else {
            return nil
        }
        while end < bytes.count, bytes[end].isNftWord { end += 1 }
        // `eth*`, written bare or with a backslash.
        if end + 1 < bytes.count, bytes[end] == UInt8(ascii: "\\"),
            bytes[end + 1] == UInt8(ascii: "*")
        {
            end += 2
        } else if end < bytes.count, bytes[end] == UInt8(ascii: "*") {
            end += 1
        }
        return end - position
    }

    private func isLetter(at index: Int) -> Bool {
        index < bytes.count && bytes[index].isNftLetter
    }

    private func signLength() -> Int {
        guard position + 1 < bytes.count else { return 1 }
        switch (bytes[position], bytes[position + 1]) {
        case (UInt8(ascii: "="), UInt8(ascii: "=")), (UInt8(ascii: "!"), UInt8(ascii: "=")),
            (UInt8(ascii: "<"), UInt8(ascii: "=")), (UInt8(ascii: ">"), UInt8(ascii: "=")),
            (UInt8(ascii: "<"), UInt8(ascii: "<")), (UInt8(ascii: ">"), UInt8(ascii: ">")):
            return 2
        default: return 1
        }
    }
}

extension UInt8 {
    fileprivate var isDecimalDigit: Bool { (0x30...0x39).contains(self) }

    fileprivate var isHexDigit: Bool {
        isDecimalDigit || (0x41...0x46).contains(self) || (0x61...0x66).contains(self)
    }

    fileprivate var isNftLetter: Bool {
        (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) || self == 0x5F
    }

    /// What may follow in a name: letters, digits and `/-_.`.
    fileprivate var isNftWord: Bool {
        isNftLetter || isDecimalDigit || self == UInt8(ascii: "/") || self == UInt8(ascii: "-")
            || self == UInt8(ascii: ".")
    }
}
