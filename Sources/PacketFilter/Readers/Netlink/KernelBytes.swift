/// Numbers in the bytes of a message; nf_tables has them in network order unless it says otherwise.
extension ArraySlice<UInt8> {
    /// All of it as one number, the first byte highest; at most 16 bytes.
    var bigNumber: UInt128 { reduce(0) { $0 << 8 | UInt128($1) } }

    /// All of it as one number in the machine's order, which is little-endian where we run.
    var littleNumber: UInt128 { reversed().reduce(0) { $0 << 8 | UInt128($1) } }

    /// A number of some bytes in the machine's order at a place; nil where they are not there.
    func little(_ offset: Int, _ count: Int) -> UInt128? {
        part(offset, count)?.littleNumber
    }

    /// Some bytes at a place; nil where they are not there.
    func part(_ offset: Int, _ count: Int) -> ArraySlice<UInt8>? {
        guard offset >= 0, count >= 0, offset + count <= self.count else { return nil }
        return self[(startIndex + offset)..<(startIndex + offset + count)]
    }

    /// A name that ends with NUL, which must be there, and be the only one.
    var terminated: String? {
        guard last == 0, !dropLast().contains(0) else { return nil }
        return String(validating: dropLast(), as: UTF8.self)
    }
}

/// Attributes of a message or inside another attribute (`struct nlattr` in netlink.h).
struct KernelAttributes {
    /// Each with its type, without the flags for nesting and byte order.
    private(set) var all: [(type: UInt16, value: ArraySlice<UInt8>)] = []

    init(_ bytes: ArraySlice<UInt8>) throws(KernelError) {
        var place = bytes.startIndex
        while place < bytes.endIndex {
            let next = try KernelAttributes.end(of: place, in: bytes)
            let length = Int(bytes[place]) | Int(bytes[place + 1]) << 8
            let type = (UInt16(bytes[place + 2]) | UInt16(bytes[place + 3]) << 8) & 0x3FFF
            all.append((type, bytes[(place + 4)..<(place + length)]))
            place = next
        }
    }

    /// Where the attribute after the one at a place begins; the kernel fills each to 4 bytes.
    static func end(of place: Int, in bytes: ArraySlice<UInt8>) throws(KernelError) -> Int {
        guard bytes.endIndex - place >= 4 else { throw .malformed }
        let length = Int(bytes[place]) | Int(bytes[place + 1]) << 8
        let end = place + (length + 3) & ~3
        guard length >= 4, end <= bytes.endIndex else { throw .malformed }
        return end
    }

    /// The value of a type that may stand once.
    subscript(type: UInt16) -> ArraySlice<UInt8>? {
        all.first { $0.type == type }?.value
    }

    /// The members of a list, which all have the same type (`NFTA_LIST_ELEM`).
    func list() throws(KernelError) -> [ArraySlice<UInt8>] {
        guard all.allSatisfy({ $0.type == 1 }) else { throw .malformed }
        return all.map(\.value)
    }

    /// Nothing stands twice, and nothing is of a type that is not among these.
    func require(only known: Set<UInt16>) throws(KernelError) {
        var seen: Set<UInt16> = []
        for (type, _) in all {
            guard seen.insert(type).inserted else { throw .malformed }
            guard known.contains(type) else { throw .notUnderstood("attribute \(type)") }
        }
    }

    func number8(_ type: UInt16) throws(KernelError) -> UInt8? {
        guard let value = self[type] else { return nil }
        guard value.count == 1, let first = value.first else { throw .malformed }
        return first
    }

    func number16(_ type: UInt16) throws(KernelError) -> UInt16? {
        try number(type, bytes: 2).map { UInt16(truncatingIfNeeded: $0) }
    }

    func number32(_ type: UInt16) throws(KernelError) -> UInt32? {
        try number(type, bytes: 4).map { UInt32(truncatingIfNeeded: $0) }
    }

    func number64(_ type: UInt16) throws(KernelError) -> UInt64? {
        try number(type, bytes: 8).map { UInt64(truncatingIfNeeded: $0) }
    }

    private func number(_ type: UInt16, bytes: Int) throws(KernelError) -> UInt128? {
        guard let value = self[type] else { return nil }
        guard value.count == bytes else { throw .malformed }
        return value.bigNumber
    }

    func text(_ type: UInt16) throws(KernelError) -> String? {
        guard let value = self[type] else { return nil }
        guard let text = value.terminated else { throw .malformed }
        return text
    }

    func nested(_ type: UInt16) throws(KernelError) -> KernelAttributes? {
        guard let value = self[type] else { return nil }
        return try KernelAttributes(value)
    }
}

extension KernelAttributes {
    func required32(_ type: UInt16) throws(KernelError) -> UInt32 {
        guard let number = try number32(type) else { throw .malformed }
        return number
    }

    func requiredText(_ type: UInt16) throws(KernelError) -> String {
        guard let text = try text(type), !text.isEmpty else { throw .malformed }
        return text
    }

    /// A value that is compared or written (`NFTA_DATA_VALUE` inside).
    func data(_ type: UInt16) throws(KernelError) -> ArraySlice<UInt8> {
        guard let value = try nested(type)?[1], !value.isEmpty, value.count <= 64 else {
            throw .malformed
        }
        return value
    }
}
