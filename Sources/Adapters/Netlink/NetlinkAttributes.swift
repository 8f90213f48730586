/// The attributes after the fixed part of a message, or inside another attribute; see rtnetlink(3).
package struct NetlinkAttributes: Sendable {
    /// Each with its type, without the flags for nesting and byte order.
    package let all: [(type: UInt16, value: [UInt8])]

    /// Nil where the bytes are no attributes.
    package init?(_ bytes: some Sequence<UInt8>) {
        var left = ArraySlice(Array(bytes))
        var all: [(type: UInt16, value: [UInt8])] = []
        while !left.isEmpty {
            guard left.count >= 4 else { return nil }
            let length = Int(NetlinkFrame.number16(left))
            guard length >= 4, length <= left.count else { return nil }
            let type = NetlinkFrame.number16(left.dropFirst(2)) & 0x3FFF
            all.append((type, Array(left.dropFirst(4).prefix(length - 4))))
            left = left.dropFirst((length + 3) & ~3)
        }
        self.all = all
    }

    /// The first value of a type.
    package subscript(type: UInt16) -> [UInt8]? { all.first { $0.type == type }?.value }

    /// A number of 32 bits, in the machine's order.
    package func number(_ type: UInt16) -> UInt32? {
        guard let value = self[type], value.count == 4 else { return nil }
        return NetlinkFrame.number32(value[...])
    }

    /// A text that ends with NUL; nil where it is not UTF-8.
    package func text(_ type: UInt16) -> String? {
        guard let value = self[type] else { return nil }
        return String(validating: value.prefix { $0 != 0 }, as: UTF8.self)
    }

    /// Attributes inside an attribute.
    package func nested(_ type: UInt16) -> NetlinkAttributes? {
        self[type].flatMap { NetlinkAttributes($0) }
    }
}
