import Netlink

/// An interface, as RTM_NEWLINK tells it; see rtnetlink(7).
struct LinkRecord: Sendable, Hashable {
    var index: Int32
    var name: String
    /// ARPHRD_ of if_arp.h: 1 is Ethernet.
    var type: UInt16
    var flags: UInt32
    /// Nil where it has none.
    var hardwareAddress: [UInt8]?
    var mtu: UInt32?
    /// What made it, such as `bridge` or `veth`; nil: a device.
    var kind: String?
    /// The interface that it is a port of.
    var master: Int32?
    /// The interface below it.
    var lower: Int32?
    /// The interface below it is in another network namespace.
    var isLinkedElsewhere: Bool
    /// Programs of XDP that see its packets first, by their numbers.
    var programs: [UInt32]

    /// IFF_LOOPBACK of netdevice(7).
    var isLoopback: Bool { flags & 0x8 != 0 }

    /// Nil where the message breaks the format.
    init?(_ message: NetlinkMessage) {
        guard message.type == 16, message.body.count >= 16,
            let attributes = NetlinkAttributes(message.body.dropFirst(16)),
            let name = attributes.text(3), !name.isEmpty
        else { return nil }
        type = UInt16(message.body[2]) | UInt16(message.body[3]) << 8
        index = Int32(bitPattern: NetlinkNumber.of32(message.body, at: 4))
        flags = NetlinkNumber.of32(message.body, at: 8)
        self.name = name
        hardwareAddress = attributes[1]
        mtu = attributes.number(4)
        lower = attributes.number(5).map { Int32(bitPattern: $0) }
        master = attributes.number(10).map { Int32(bitPattern: $0) }
        kind = attributes.nested(18)?.text(1)
        isLinkedElsewhere = attributes[37] != nil
        programs = LinkRecord.programs(attributes.nested(43))
    }

    // IFLA_XDP: whether one is attached, and the numbers of those in each mode.
    private static func programs(_ attributes: NetlinkAttributes?) -> [UInt32] {
        guard let attributes, let attached = attributes[2]?.first, attached != 0 else { return [] }
        let numbers = [4, 5, 6, 7].compactMap { attributes.number($0) }.filter { $0 != 0 }
        return numbers.isEmpty ? [0] : Array(Set(numbers)).sorted()
    }
}
