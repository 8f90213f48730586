extension JSONParser {
    /// A string, from its opening quotation mark.
    mutating func string() throws(JSONError) -> String {
        let start = position
        position += 1
        var isASCII = skipPlain()
        if next == UInt8(ascii: "\"") {
            defer { position += 1 }
            return try text(bytes[(start + 1)..<position], isASCII, at: start)
        }
        var unescaped = Array(bytes[(start + 1)..<position])
        while let byte = next {
            if byte == UInt8(ascii: "\"") {
                position += 1
                return try text(unescaped[...], isASCII, at: start)
            }
            guard byte == UInt8(ascii: "\\") else { throw error(.syntax) }
            if try escape(into: &unescaped) >= 0x80 { isASCII = false }
            let plain = position
            if !skipPlain() { isASCII = false }
            unescaped += bytes[plain..<position]
        }
        throw error(.syntax)
    }

    /// Stops at a quotation mark, a backslash, a control character or the end.
    ///
    /// It says whether all that was skipped is ASCII.
    private mutating func skipPlain() -> Bool {
        let bytes = self.bytes
        let span = bytes.span
        var index = position - bytes.startIndex
        var all: UInt8 = 0
        while index < span.count {
            let byte = span[index]
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { break }
            all |= byte
            index += 1
        }
        position = index + bytes.startIndex
        return all < 0x80
    }

    private func text(
        _ utf8: ArraySlice<UInt8>, _ isASCII: Bool, at start: Int
    ) throws(JSONError) -> String {
        guard utf8.count <= limits.string else { throw error(.limit, at: start) }
        let text = String(decoding: utf8, as: UTF8.self)
        // What is not UTF-8 was repaired, and then it is not what was read.
        guard isASCII || text.utf8.elementsEqual(utf8) else { throw error(.syntax, at: start) }
        return text
    }

    /// Gives the last byte that it added.
    private mutating func escape(into unescaped: inout [UInt8]) throws(JSONError) -> UInt8 {
        let start = position
        position += 1
        guard let byte = next else { throw error(.syntax) }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): unescaped.append(byte)
        case UInt8(ascii: "b"): unescaped.append(0x08)
        case UInt8(ascii: "f"): unescaped.append(0x0C)
        case UInt8(ascii: "n"): unescaped.append(0x0A)
        case UInt8(ascii: "r"): unescaped.append(0x0D)
        case UInt8(ascii: "t"): unescaped.append(0x09)
        case UInt8(ascii: "u"):
            let scalar = try scalar(at: start)
            unescaped += UTF8.encode(scalar).map(Array.init) ?? []
        default: throw error(.syntax, at: start)
        }
        return unescaped.last ?? 0
    }

    /// The scalar of `\uXXXX`, or of two that are a surrogate pair; `u` was taken.
    private mutating func scalar(at start: Int) throws(JSONError) -> Unicode.Scalar {
        let first = try hexadecimal()
        if let scalar = Unicode.Scalar(first) {
            guard scalar.value != 0 else { throw error(.string, at: start) }
            return scalar
        }
        guard first < 0xDC00, next == UInt8(ascii: "\\") else { throw error(.string, at: start) }
        position += 1
        guard next == UInt8(ascii: "u") else { throw error(.string, at: start) }
        position += 1
        let second = try hexadecimal()
        guard (0xDC00..<0xE000).contains(second),
            let scalar = Unicode.Scalar(
                0x10000 + (UInt32(first - 0xD800) << 10) + UInt32(second - 0xDC00))
        else { throw error(.string, at: start) }
        return scalar
    }

    private mutating func hexadecimal() throws(JSONError) -> UInt16 {
        var number: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = JSONParser.digit(byte) else { throw error(.syntax) }
            number = number << 4 | digit
            position += 1
        }
        return number
    }

    private static func digit(_ byte: UInt8) -> UInt16? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}

extension JSONParser {
    /// A number, or what others write for one, such as `NaN`, which is named a bad number.
    mutating func number() throws(JSONError) -> JSONValue {
        let start = position
        let literal = try numberLiteral()
        let number = Int64(literal)
        switch limits.numbers {
        case .any:
            return number.map(JSONValue.integer) ?? .string(literal)
        case .whole:
            guard let number else { throw error(.number, at: start) }
            return .integer(number)
        case .natural:
            guard let number, literal.utf8.first != UInt8(ascii: "-"), number < 1 << 53 else {
                throw error(.number, at: start)
            }
            return .integer(number)
        }
    }

    /// The grammar of RFC 8259, section 6.
    private mutating func numberLiteral() throws(JSONError) -> String {
        let start = position
        if next == UInt8(ascii: "-") { position += 1 }
        let whole = position
        guard skipDigits() else { throw error(looksLikeNumber(at: start) ? .number : .syntax) }
        guard bytes[whole] != UInt8(ascii: "0") || position == whole + 1 else {
            throw error(.number, at: start)
        }
        if next == UInt8(ascii: ".") {
            position += 1
            guard skipDigits() else { throw error(.number, at: start) }
        }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            position += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { position += 1 }
            guard skipDigits() else { throw error(.number, at: start) }
        }
        guard position - start <= limits.string else { throw error(.limit, at: start) }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    /// Whether there was at least one.
    private mutating func skipDigits() -> Bool {
        let start = position
        while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
            position += 1
        }
        return position > start
    }

    /// `NaN`, `Infinity`, `+1` and `.5` are numbers of other languages.
    private func looksLikeNumber(at start: Int) -> Bool {
        guard start < bytes.endIndex else { return false }
        return "-+.NI".utf8.contains(bytes[start])
    }
}
