import FoundationEssentials
import StrictJSON

/// The two numbers of an ECDSA signature on P-256, as 32 bytes each.
struct ECDSASignature {
    var r: [UInt8]
    var s: [UInt8]

    /// The order of the group (SEC 2, section 2.4.2).
    static let order: [UInt8] = [
        0xFF, 0xFF, 0xFF, 0xFF, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xFF, 0xBC, 0xE6, 0xFA, 0xAD, 0xA7, 0x17, 0x9E, 0x84, 0xF3, 0xB9, 0xCA, 0xC2, 0xFC, 0x63,
        0x25, 0x51,
    ]

    /// Reads a DER signature in base64.
    init?(base64 text: JSONValue?) {
        guard let der = text?.string.flatMap({ Data(base64Encoded: $0) }).map(Array.init),
            der.count > 8
        else { return nil }
        let first = Int(der[3])
        r = ECDSASignature.padded(der[4..<(4 + first)])
        s = ECDSASignature.padded(der[(6 + first)...])
    }

    /// r and s one after the other, as JOSE has it.
    var raw: JSONValue { .string(base64(r + s)) }

    /// The same signature with s taken from the order: as good as the first.
    var withOtherS: JSONValue {
        var other = [UInt8](repeating: 0, count: 32)
        var borrow = 0
        for index in (0..<32).reversed() {
            let difference = Int(ECDSASignature.order[index]) - Int(s[index]) - borrow
            borrow = difference < 0 ? 1 : 0
            other[index] = UInt8(truncatingIfNeeded: difference)
        }
        let numbers = ECDSASignature.der(r) + ECDSASignature.der(other)
        return .string(base64([0x30, UInt8(numbers.count)] + numbers))
    }

    private static func padded(_ number: ArraySlice<UInt8>) -> [UInt8] {
        let digits = number.drop { $0 == 0 }
        return Array(repeating: 0, count: 32 - digits.count) + digits
    }

    private static func der(_ number: [UInt8]) -> [UInt8] {
        var digits = Array(number.drop { $0 == 0 })
        if let first = digits.first, first >= 0x80 { digits.insert(0, at: 0) }
        return [0x02, UInt8(digits.count)] + digits
    }
}
