/// The words of one line of an iptables-save document.
struct XtablesLine {
    let words: [String]
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

    var isAtEnd: Bool { position >= words.count }

    /// The next word, without taking it.
    var next: String? { isAtEnd ? nil : words[position] }

    mutating func take() -> String? {
        guard !isAtEnd else { return nil }
        position += 1
        return words[position - 1]
    }

    mutating func take(_ word: String) -> Bool {
        guard next == word else { return false }
        position += 1
        return true
    }
}
