/// Base64 (RFC 4648) in its standard and its URL-safe alphabet, read strictly.
enum Base64 {
    private static let digits = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// What each byte stands for; 255 stands for nothing.
    private static func values(_ last: (UInt8, UInt8)) -> [UInt8] {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, digit) in digits.enumerated() { values[Int(digit)] = UInt8(value) }
        values[Int(UInt8(ascii: "+"))] = 255
        values[Int(UInt8(ascii: "/"))] = 255
        values[Int(last.0)] = 62
        values[Int(last.1)] = 63
        return values
    }

    private static let standard = values((UInt8(ascii: "+"), UInt8(ascii: "/")))
    private static let urlSafe = values((UInt8(ascii: "-"), UInt8(ascii: "_")))

    /// The bytes that a text of one alphabet stands for.
    ///
    /// It is nil when padding is missing, when anything stands between, before or after the digits,
    /// or when the last digit has bits that mean nothing.
    static func bytes(of text: String) -> [UInt8]? {
        let utf8 = Array(text.utf8)
        return bytes(of: utf8, standard) ?? bytes(of: utf8, urlSafe)
    }

    private static func bytes(of text: [UInt8], _ values: [UInt8]) -> [UInt8]? {
        guard text.count % 4 == 0 else { return nil }
        let padding = text.suffix(2).count { $0 == UInt8(ascii: "=") }
        let digits = text.count - padding
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 4 * 3)
        var bits: UInt32 = 0
        for index in 0..<digits {
            let value = values[Int(text[index])]
            guard value != 255 else { return nil }
            bits = bits << 6 | UInt32(value)
            if index & 3 == 3 {
                bytes.append(UInt8(truncatingIfNeeded: bits >> 16))
                bytes.append(UInt8(truncatingIfNeeded: bits >> 8))
                bytes.append(UInt8(truncatingIfNeeded: bits))
                bits = 0
            }
        }
        switch padding {
        case 0: return bytes
        case 1:
            guard bits & 0x3 == 0 else { return nil }
            return bytes + [
                UInt8(truncatingIfNeeded: bits >> 10), UInt8(truncatingIfNeeded: bits >> 2),
            ]
        default:
            guard bits & 0xF == 0 else { return nil }
            return bytes + [UInt8(truncatingIfNeeded: bits >> 4)]
        }
    }

    /// The bytes in the standard alphabet, with padding.
    static func text(of bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        var index = 0
        while index < bytes.count {
            let group = bytes[index..<min(index + 3, bytes.count)]
            var bits: UInt32 = 0
            for byte in group { bits = bits << 8 | UInt32(byte) }
            bits <<= UInt32(8 * (3 - group.count))
            for digit in 0..<4 {
                text.append(
                    digit <= group.count
                        ? digits[Int(bits >> UInt32(18 - 6 * digit) & 63)] : UInt8(ascii: "="))
            }
            index += 3
        }
        return String(decoding: text, as: UTF8.self)
    }
}
