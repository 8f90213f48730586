/// An address of IP, read strictly (RFC 4632, RFC 4291, RFC 5952).
package struct IPAddress: Sendable, Hashable {
    /// The version of IP.
    package enum Family: Int64, Sendable, Hashable, CaseIterable {
        case v4 = 4
        case v6 = 6

        /// Bits of an address.
        package var width: Int { self == .v4 ? 32 : 128 }
    }

    package var family: Family
    package var bits: UInt128

    /// An address by its parts.
    package init(family: Family, bits: UInt128) {
        self.family = family
        self.bits = bits
    }

    /// The address that a text is, without a zone.
    package init?(_ text: String) {
        if let bits = Self.v4(text) {
            self.init(family: .v4, bits: bits)
        } else if let bits = Self.v6(text) {
            self.init(family: .v6, bits: bits)
        } else {
            return nil
        }
    }

    /// As it is usually written.
    package var text: String {
        switch family {
        case .v4:
            return stride(from: 24, through: 0, by: -8).map { "\((bits >> UInt128($0)) & 0xFF)" }
                .joined(separator: ".")
        case .v6: return Self.compressed(Self.groups(of: bits))
        }
    }

    private static func v4(_ text: String) -> UInt128? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bits: UInt128 = 0
        for part in parts {
            guard part.wholeMatch(of: /0|[1-9][0-9]{0,2}/) != nil, let byte = UInt8(part) else {
                return nil
            }
            bits = bits << 8 | UInt128(byte)
        }
        return bits
    }

    private static func v6(_ text: String) -> UInt128? {
        guard text.utf8.count <= 45, text.utf8.contains(UInt8(ascii: ":")) else { return nil }
        let halves = text.split(separator: "::", omittingEmptySubsequences: false)
        guard halves.count <= 2, let head = groups(halves[0], isLast: halves.count == 1) else {
            return nil
        }
        guard halves.count == 2 else { return head.count == 8 ? joined(head) : nil }
        guard let tail = groups(halves[1], isLast: true), head.count + tail.count <= 7 else {
            return nil
        }
        let zeros = [UInt16](repeating: 0, count: 8 - head.count - tail.count)
        return joined(head + zeros + tail)
    }

    /// The groups of 16 bits between colons; the last one may be an address of version 4.
    private static func groups(_ text: Substring, isLast: Bool) -> [UInt16]? {
        guard !text.isEmpty else { return [] }
        var groups: [UInt16] = []
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if isLast, index == parts.count - 1, let bits = v4(String(part)) {
                groups += [UInt16(bits >> 16), UInt16(bits & 0xFFFF)]
            } else if part.wholeMatch(of: /[0-9a-fA-F]{1,4}/) != nil,
                let group = UInt16(part, radix: 16)
            {
                groups.append(group)
            } else {
                return nil
            }
        }
        return groups
    }

    private static func joined(_ groups: [UInt16]) -> UInt128 {
        groups.reduce(0) { $0 << 16 | UInt128($1) }
    }

    private static func groups(of bits: UInt128) -> [UInt16] {
        stride(from: 112, through: 0, by: -16).map { UInt16((bits >> UInt128($0)) & 0xFFFF) }
    }

    // The longest run of zeros, the first of several, and never a single one (RFC 5952, 4.2).
    private static func compressed(_ groups: [UInt16]) -> String {
        var best = 0..<0
        var start = 0
        for index in 0...groups.count where index == groups.count || groups[index] != 0 {
            if index - start > best.count { best = start..<index }
            start = index + 1
        }
        let words = groups.map { String($0, radix: 16) }
        guard best.count > 1 else { return words.joined(separator: ":") }
        let head = words[..<best.lowerBound].joined(separator: ":")
        return head + "::" + words[best.upperBound...].joined(separator: ":")
    }
}
