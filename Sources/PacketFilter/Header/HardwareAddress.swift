/// An Ethernet address.
struct HardwareAddress: Hashable, Sendable {
    /// 48 bits.
    var number: UInt128

    /// An address as six hexadecimal bytes with colons.
    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 6 else { return nil }
        var number: UInt128 = 0
        for part in parts {
            guard (1...2).contains(part.utf8.count), part.allSatisfy(\.isHexDigit),
                let byte = UInt8(part, radix: 16)
            else { return nil }
            number = number << 8 | UInt128(byte)
        }
        self.number = number
    }
}
