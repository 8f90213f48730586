/// The forms of crypt(5) that are at least as strong as SHA-256, each held to its whole grammar:
/// what is cut short or malformed is of no known form.
extension CryptVerifier {
    init?(yescrypt scheme: CryptScheme, _ bytes: [UInt8], _ rest: [[UInt8]]) {
        guard rest.count == 3, rest[0].count > 1, rest[1].count <= 86, rest[2].count == 43,
            rest.allSatisfy({ $0.allSatisfy(Self.isItoa64) })
        else { return nil }
        // Six bits a character, of whole bytes.
        let bits = Int64(rest[1].count * 6 / 8 * 8)
        self.init(
            scheme, bytes, salt: rest[1], bits: bits, cost: Self.value(rest[0][1]).map { $0 + 1 })
    }

    init?(scrypt bytes: [UInt8], _ rest: [[UInt8]]) {
        guard rest.count == 2, 11...97 ~= rest[0].count, rest[1].count == 43,
            rest.allSatisfy({ $0.allSatisfy(Self.isItoa64) })
        else { return nil }
        self.init(.scrypt, bytes, salt: rest[0][11...], cost: Self.value(rest[0][0]))
    }

    init?(bcrypt scheme: CryptScheme, _ bytes: [UInt8], _ rest: [[UInt8]]) {
        guard rest.count == 2, rest[0].count == 2, rest[1].count == 53,
            let cost = Self.decimal(rest[0]), 4...31 ~= cost,
            rest[1].allSatisfy(Self.isItoa64)
        else { return nil }
        self.init(scheme, bytes, salt: rest[1][..<22], bits: 128, cost: cost)
    }

    init?(rounds scheme: CryptScheme, _ bytes: [UInt8], _ rest: [[UInt8]], digest: Int) {
        var rest = rest
        var rounds: Int64 = 5000
        let prefix = Array("rounds=".utf8)
        if let first = rest.first, first.starts(with: prefix) {
            // libxcrypt refuses a leading zero and less than a thousand.
            guard first.count > prefix.count, first[prefix.count] != UInt8(ascii: "0"),
                let number = Self.decimal(Array(first.dropFirst(prefix.count))),
                1000...999_999_999 ~= number
            else { return nil }
            rounds = number
            rest.removeFirst()
        }
        guard rest.count == 2, rest[0].count <= 16, rest[1].count == digest,
            rest[1].allSatisfy(Self.isItoa64),
            !rest[0].contains(where: { $0 == UInt8(ascii: ":") || $0 < 0x20 })
        else { return nil }
        self.init(scheme, bytes, salt: rest[0], cost: rounds)
    }

    /// The form of the argon2 library: an optional version, `m=,t=,p=`, salt and hash in base64.
    init?(argon2 scheme: CryptScheme, _ bytes: [UInt8], _ rest: [[UInt8]]) {
        var rest = rest
        if rest.first?.starts(with: "v=".utf8) == true { rest.removeFirst() }
        guard rest.count == 3, rest[2].count >= 16,
            rest[1].allSatisfy(Self.isBase64), rest[2].allSatisfy(Self.isBase64)
        else { return nil }
        let passes = rest[0].split(separator: UInt8(ascii: ",")).first {
            $0.starts(with: "t=".utf8)
        }
        guard let cost = passes.flatMap({ Self.decimal(Array($0.dropFirst(2))) }) else {
            return nil
        }
        let bits = Int64(rest[1].count * 6 / 8 * 8)
        self.init(scheme, bytes, salt: rest[1], bits: bits, cost: cost)
    }

    /// The value of one character of the alphabet `./0-9A-Za-z`.
    private static func value(_ byte: UInt8) -> Int64? {
        switch byte {
        case UInt8(ascii: ".")...UInt8(ascii: "9"): Int64(byte - UInt8(ascii: "."))
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int64(byte - UInt8(ascii: "A")) + 12
        case UInt8(ascii: "a")...UInt8(ascii: "z"): Int64(byte - UInt8(ascii: "a")) + 38
        default: nil
        }
    }

    /// A number in that alphabet, its lowest digit first, as BSDi has it.
    static func number(_ bytes: ArraySlice<UInt8>) -> Int64? {
        var number: Int64 = 0
        for byte in bytes.reversed() {
            guard let value = value(byte) else { return nil }
            number = number << 6 | value
        }
        return number
    }

    static func decimal(_ bytes: [UInt8]) -> Int64? {
        guard 1...9 ~= bytes.count, bytes.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
        return bytes.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    }

    static func isItoa64(_ byte: UInt8) -> Bool { value(byte) != nil }

    private static func isBase64(_ byte: UInt8) -> Bool {
        isItoa64(byte) && byte != UInt8(ascii: ".") || byte == UInt8(ascii: "+")
    }
}

// What a debugger, a log or a failed test may show of it.
extension CryptVerifier: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    var description: String { "\(scheme.rawValue), \(saltBits)-bit salt" }
    var debugDescription: String { description }
    var customMirror: Mirror { Mirror(self, children: [:]) }
}
