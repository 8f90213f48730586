import PacketFilter

/// A line of `/proc/net/tcp` and its kin; see proc_net(5).
struct SocketLine: Hashable {
    var address: Address
    var port: UInt16
    var hasPeer: Bool
    var state: UInt8
    var inode: UInt64

    /// Nil where the line is no socket.
    init?(_ line: [UInt8], _ family: Address.Family) {
        let words = line.split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
        guard words.count >= 10, let local = SocketLine.end(words[1], family),
            let remote = SocketLine.end(words[2], family), let state = UInt8(words[3], radix: 16),
            let inode = UInt64(words[9])
        else { return nil }
        address = local.address
        port = local.port
        hasPeer = remote.port != 0 || remote.address.number != 0
        self.state = state
        self.inode = inode
    }

    /// Packets of strangers reach it: it listens (TCP_LISTEN), or is connected to nobody.
    func waits(_ transport: String) -> Bool { transport == "tcp" ? state == 0x0A : !hasPeer }

    // The address is printed in words of 32 bits, each in the machine's order.
    private static func end(
        _ text: String, _ family: Address.Family
    ) -> (address: Address, port: UInt16)? {
        let parts = text.split(separator: ":")
        guard parts.count == 2, parts[0].utf8.count == family.width / 4,
            let port = UInt16(parts[1], radix: 16)
        else { return nil }
        var number: UInt128 = 0
        var rest = parts[0]
        while !rest.isEmpty {
            guard let word = UInt32(rest.prefix(8), radix: 16) else { return nil }
            number = number << 32 | UInt128(word.byteSwapped)
            rest = rest.dropFirst(8)
        }
        return (Address(family, number), port)
    }
}
