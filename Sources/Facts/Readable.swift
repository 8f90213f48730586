/// Makes text out of bytes that a host holds.
package enum Readable {
    /// The bytes as UTF-8; what is not UTF-8, and every control character, is written `\xNN`.
    package static func text(_ bytes: some Sequence<UInt8>) -> String {
        var text = ""
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            if let (character, length) = scalar(at: rest), !isControl(character) {
                text.unicodeScalars.append(character)
                rest = rest.dropFirst(length)
            } else {
                text += escape(rest[rest.startIndex])
                rest = rest.dropFirst()
            }
        }
        return text
    }

    private static func escape(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: false)
        return "\\x" + (digits.utf8.count == 1 ? "0" + digits : digits)
    }

    /// The first scalar of the bytes and its length in bytes, if they begin with valid UTF-8.
    private static func scalar(at bytes: ArraySlice<UInt8>) -> (Unicode.Scalar, Int)? {
        guard let first = bytes.first else { return nil }
        if first < 0x80 { return (Unicode.Scalar(first), 1) }
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
        var decoder = UTF8()
        var iterator = bytes.prefix(length).makeIterator()
        guard case .scalarValue(let scalar) = decoder.decode(&iterator) else { return nil }
        return (scalar, UTF8.width(scalar))
    }

    // Besides C0 and C1, the characters that reorder or break a line on a terminal.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse: true
        default: false
        }
    }
}
