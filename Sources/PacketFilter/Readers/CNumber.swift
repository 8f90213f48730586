/// Numbers as strtoull(3) takes them of base 0, and with it nft, iptables and ipset.
enum CNumber {
    /// Decimal, or hexadecimal after `0x`, or octal after `0`; nil of anything else.
    static func value(of text: some StringProtocol) -> UInt128? {
        guard let first = text.utf8.first, (0x30...0x39).contains(first) else { return nil }
        if text.hasPrefix("0x") || text.hasPrefix("0X") {
            let digits = text.dropFirst(2)
            return digits.first == "+" || digits.first == "-" ? nil : UInt128(digits, radix: 16)
        }
        return UInt128(text, radix: first == 0x30 ? 8 : 10)
    }

    /// The same of a small number.
    static func small(_ text: some StringProtocol) -> Int? {
        value(of: text).flatMap { Int(exactly: $0) }
    }
}
