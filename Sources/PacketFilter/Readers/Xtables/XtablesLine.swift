/// The words of one line of an iptables-save document.
struct XtablesLine {
    private(set) var words: [String]
    private(set) var position = 0

    /// The words, with quotation marks and backslashes taken away as `iptables-restore` does.
    init?(_ line: some Collection<UInt8>) {
        var words: [String] = []
        var word: [UInt8] = []
        var (isQuoted, isOpen, isEscaped) = (false, false, false)
        for byte in line {
            if isEscaped {
                word.append(byte)
                isEscaped = false
            } else if byte == UInt8(ascii: "\\"), isQuoted {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
                isOpen = true
            } else if !isQuoted, byte == 0x20 || byte == 0x09 || byte == 0x0D {
                if isOpen || !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
                word = []
                isOpen = false
            } else {
                word.append(byte)
            }
        }
        guard !isQuoted, !isEscaped else { return nil }
        if isOpen || !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
        self.words = words
    }

    /// Quotation marks stand within words, or something is escaped: versions differ.
    static func isAmbiguous(_ line: ArraySlice<UInt8>) -> Bool {
        let quote = UInt8(ascii: "\"")
        guard line.contains(quote) || line.contains(UInt8(ascii: "\\")) else { return false }
        if line.contains(UInt8(ascii: "\\")) || line.contains(UInt8(ascii: "\u{27}")) {
            return true
        }
        var isQuoted = false
        var before: UInt8 = 0x20
        for byte in line {
            if byte == quote {
                if !isQuoted, before != 0x20, before != 0x09 { return true }
                isQuoted.toggle()
            } else if !isQuoted, before == quote, byte != 0x20, byte != 0x09 {
                return true
            }
            before = byte
        }
        return false
    }

    var isAtEnd: Bool { position >= words.count }

    /// The next word, without taking it.
    var next: String? { isAtEnd ? nil : words[position] }

    mutating func take() -> String? {
        guard !isAtEnd else { return nil }
        position += 1
        return words[position - 1]
    }

    /// Takes these words away; whether there were any.
    @discardableResult
    mutating func remove(_ others: Set<String>) -> Bool {
        let count = words.count
        words.removeAll(where: others.contains)
        return words.count < count
    }

    mutating func take(_ word: String) -> Bool {
        guard next == word else { return false }
        position += 1
        return true
    }
}
