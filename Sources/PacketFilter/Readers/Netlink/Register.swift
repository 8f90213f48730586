/// A bit in a register of nf_tables: known, or a bit of something that the packet decides.
struct RegisterBit: Hashable {
    /// The place of the source among those of the rule; negative: there is none.
    var source: Int32
    /// The bit of the source, counted from the highest.
    var index: Int32 = 0
    /// The bit is turned round; without a source, its value.
    var isInverted = false

    static let zero = RegisterBit(source: -1)
    static let one = RegisterBit(source: -1, isInverted: true)
    /// Nothing was written there.
    static let unset = RegisterBit(source: -2)

    var constant: Bool? { source == -1 ? isInverted : nil }

    static func constant(_ value: Bool) -> RegisterBit { value ? one : zero }

    /// The bits of bytes.
    static func constants(_ bytes: some Sequence<UInt8>) -> [RegisterBit] {
        bytes.flatMap { byte in (0..<8).map { constant(byte >> (7 - $0) & 1 == 1) } }
    }
}

/// The registers of nf_tables, 16 words of 32 bits; verdicts have one of their own.
struct RegisterFile {
    static let verdict: UInt32 = 0

    private var bits = [RegisterBit](repeating: .unset, count: 512)

    /// The first bit of a register by its number: 1 to 4 are the old ones of 4 words each, those
    /// from 8 on have one (`nft_parse_register`).
    private static func start(_ register: UInt32) throws(KernelError) -> Int {
        switch register {
        case 1...4: Int(register - 1) * 128
        case 8...23: Int(register - 8) * 32
        default: throw .malformed
        }
    }

    /// Some bytes from the beginning of a register.
    func read(_ register: UInt32, bytes: Int) throws(KernelError) -> [RegisterBit] {
        let start = try RegisterFile.start(register)
        guard bytes > 0, start + bytes * 8 <= bits.count else { throw .malformed }
        let read = Array(bits[start..<(start + bytes * 8)])
        guard !read.contains(.unset) else { throw .notUnderstood("an empty register") }
        return read
    }

    /// Writes bytes; what is left of their last word becomes 0, as the kernel does it.
    mutating func write(_ new: [RegisterBit], to register: UInt32) throws(KernelError) {
        let start = try RegisterFile.start(register)
        guard !new.isEmpty, new.count % 8 == 0, start + new.count <= bits.count else {
            throw .malformed
        }
        let filling = [RegisterBit](repeating: .zero, count: -new.count & 31)
        bits.replaceSubrange(start..<(start + new.count + filling.count), with: new + filling)
    }

    /// Copies bytes, each group of `size` turned round; what is left of a group is not written.
    mutating func swap(
        _ source: UInt32, to target: UInt32, bytes: Int, by size: Int
    ) throws(KernelError) {
        let whole = bytes / size * size
        guard whole > 0 else { return }
        let swapped = try read(source, bytes: whole).swapped(by: size)
        let start = try RegisterFile.start(target)
        guard start + swapped.count <= bits.count else { throw .malformed }
        bits.replaceSubrange(start..<(start + swapped.count), with: swapped)
    }
}

extension [RegisterBit] {
    /// The bits with the bytes of each group of `size` turned round; a last group may be shorter.
    func swapped(by size: Int) -> [RegisterBit] {
        var swapped: [RegisterBit] = []
        for start in stride(from: 0, to: count, by: size * 8) {
            let end = Swift.min(start + size * 8, count)
            for byte in stride(from: end - 8, through: start, by: -8) {
                swapped += self[byte..<(byte + 8)]
            }
        }
        return swapped
    }
}
