import COpenSSL

/// Base64 (RFC 4648), written in the standard alphabet and read strictly.
package enum Base64 {
    /// The bytes in the standard alphabet, with padding.
    package static func text(of bytes: [UInt8]) -> String {
        String(decoding: encoded(bytes), as: UTF8.self)
    }

    /// The bytes that a text of the standard or the URL-safe alphabet stands for.
    ///
    /// It is nil when padding is missing, when anything stands between, before or after the digits,
    /// when the alphabets are mixed, or when the last digit has bits that mean nothing.
    package static func bytes(of text: String) -> [UInt8]? {
        var digits = Array(text.utf8)
        if digits.contains(UInt8(ascii: "-")) || digits.contains(UInt8(ascii: "_")) {
            guard !digits.contains(UInt8(ascii: "+")), !digits.contains(UInt8(ascii: "/")) else {
                return nil
            }
            for index in digits.indices {
                switch digits[index] {
                case UInt8(ascii: "-"): digits[index] = UInt8(ascii: "+")
                case UInt8(ascii: "_"): digits[index] = UInt8(ascii: "/")
                default: break
                }
            }
        }
        // OpenSSL reads leniently; only what it would write for the same bytes is accepted.
        guard let bytes = decoded(digits), encoded(bytes) == digits else { return nil }
        return bytes
    }

    private static func encoded(_ bytes: [UInt8]) -> [UInt8] {
        // A zero byte follows the digits.
        var text = [UInt8](repeating: 0, count: (bytes.count + 2) / 3 * 4 + 1)
        let length = unsafe bytes.withUnsafeBufferPointer { bytes in
            unsafe text.withUnsafeMutableBufferPointer { text in
                unsafe EVP_EncodeBlock(text.baseAddress, bytes.baseAddress, CInt(bytes.count))
            }
        }
        text.removeLast(text.count - Int(length))
        return text
    }

    private static func decoded(_ digits: [UInt8]) -> [UInt8]? {
        guard digits.count % 4 == 0, let count = CInt(exactly: digits.count) else { return nil }
        guard !digits.isEmpty else { return [] }
        var bytes = [UInt8](repeating: 0, count: digits.count / 4 * 3)
        let length = unsafe digits.withUnsafeBufferPointer { digits in
            unsafe bytes.withUnsafeMutableBufferPointer { bytes in
                unsafe EVP_DecodeBlock(bytes.baseAddress, digits.baseAddress, count)
            }
        }
        // What stands for padding is counted as zero bytes.
        let padding = digits.suffix(2).count { $0 == UInt8(ascii: "=") }
        guard Int(length) == bytes.count else { return nil }
        bytes.removeLast(padding)
        return bytes
    }
}
