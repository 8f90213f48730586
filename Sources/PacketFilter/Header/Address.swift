/// An IP address, or the first bits of one.
package struct Address: Hashable, Sendable {
    /// Which of the two protocols.
    package enum Family: UInt8, Hashable, Sendable, CaseIterable {
        case v4 = 4
        case v6 = 6

        /// The length of an address in bits.
        package var width: Int { self == .v4 ? 32 : 128 }
    }

    package var family: Family
    /// The lowest 32 bits for IPv4, all 128 for IPv6.
    package var number: UInt128

    /// An address by its parts.
    package init(_ family: Family, _ number: UInt128) {
        self.family = family
        self.number = number
    }

    /// An address in its textual form (RFC 4291 §2.2; IPv4 as four decimal bytes).
    package init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        if bytes.contains(UInt8(ascii: ":")) {
            guard let number = Address.parseIPv6(bytes[...]) else { return nil }
            self.init(.v6, number)
        } else {
            guard let number = Address.parseIPv4(bytes[...]) else { return nil }
            self.init(.v4, number)
        }
    }

    static func parseIPv4(_ text: ArraySlice<UInt8>) -> UInt128? {
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var number: UInt128 = 0
        for part in parts {
            // No leading zero: some programs read it as octal.
            guard (1...3).contains(part.count), part.count == 1 || part.first != 0x30,
                let byte = decimal(part), byte < 256
            else { return nil }
            number = number << 8 | UInt128(byte)
        }
        return number
    }

    private static func parseIPv6(_ text: ArraySlice<UInt8>) -> UInt128? {
        let colon = UInt8(ascii: ":")
        guard text.count <= 45 else { return nil }
        var front: [UInt16] = []
        var back: [UInt16] = []
        var gap = false
        var rest = text
        if rest.starts(with: [colon, colon]) {
            gap = true
            rest = rest.dropFirst(2)
        }
        while !rest.isEmpty {
            let end = rest.firstIndex(of: colon) ?? rest.endIndex
            var groups: [UInt16] = []
            if end == rest.endIndex, let v4 = parseIPv4(rest) {
                groups = [UInt16(v4 >> 16), UInt16(v4 & 0xFFFF)]
            } else {
                guard let group = hexadecimal(rest[..<end]) else { return nil }
                groups = [group]
            }
            if gap { back += groups } else { front += groups }
            guard end < rest.endIndex else { break }
            rest = rest[(end + 1)...]
            if rest.first == colon {
                guard !gap else { return nil }
                gap = true
                rest = rest.dropFirst()
            } else if rest.isEmpty {
                return nil
            }
        }
        let count = front.count + back.count
        guard gap ? count < 8 : count == 8 else { return nil }
        let groups = front + Array(repeating: 0, count: 8 - count) + back
        return groups.reduce(0) { $0 << 16 | UInt128($1) }
    }

    private static func decimal(_ digits: ArraySlice<UInt8>) -> Int? {
        var number = 0
        for digit in digits {
            guard (0x30...0x39).contains(digit) else { return nil }
            number = number * 10 + Int(digit - 0x30)
        }
        return number
    }

    private static func hexadecimal(_ digits: ArraySlice<UInt8>) -> UInt16? {
        guard (1...4).contains(digits.count),
            let text = String(validating: digits, as: UTF8.self),
            digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit })
        else { return nil }
        return UInt16(text, radix: 16)
    }
}

extension Address: CustomStringConvertible {
    /// The canonical text (RFC 5952).
    package var description: String {
        switch family {
        case .v4:
            [24, 16, 8, 0].map { String(number >> UInt128($0) & 0xFF) }.joined(separator: ".")
        case .v6: describeIPv6()
        }
    }

    private func describeIPv6() -> String {
        let groups = (0..<8).map { Int(number >> UInt128(112 - 16 * $0) & 0xFFFF) }
        var (start, length) = (0, 1)
        var index = 0
        while index < 8 {
            let end = groups[index...].firstIndex { $0 != 0 } ?? 8
            if end - index > length { (start, length) = (index, end - index) }
            index = max(end, index + 1)
        }
        let text = { (part: ArraySlice<Int>) in
            part.map { String($0, radix: 16) }.joined(separator: ":")
        }
        guard length > 1 else { return text(groups[...]) }
        return text(groups[..<start]) + "::" + text(groups[(start + length)...])
    }
}
