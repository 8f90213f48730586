/// Numbers in the fixed part of a message, in the machine's order.
enum NetlinkNumber {
    /// 32 bits from `offset` on; the caller has checked that they are there.
    static func of32(_ bytes: [UInt8], at offset: Int) -> UInt32 {
        bytes[offset..<(offset + 4)].reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
}
