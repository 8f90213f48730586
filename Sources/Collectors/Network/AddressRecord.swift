import Netlink
import PacketFilter

/// An address of an interface, as RTM_NEWADDR tells it; see rtnetlink(7).
struct AddressRecord: Sendable, Hashable {
    var index: Int32
    var address: Address
    var length: Int
    var broadcast: Address?
    /// The other end of a point-to-point link.
    var peer: Address?

    /// Nil where the message breaks the format.
    init?(_ message: NetlinkMessage) {
        guard message.type == 20, message.body.count >= 8,
            let attributes = NetlinkAttributes(message.body.dropFirst(8)),
            let family = Address.Family(kernel: message.body[0]),
            let address = (attributes[2] ?? attributes[1]).flatMap({ Address(family, bytes: $0) }),
            Int(message.body[1]) <= family.width
        else { return nil }
        index = Int32(bitPattern: NetlinkNumber.of32(message.body, at: 4))
        self.address = address
        length = Int(message.body[1])
        broadcast = attributes[4].flatMap { Address(family, bytes: $0) }
        let other = attributes[1].flatMap { Address(family, bytes: $0) }
        peer = other == address ? nil : other
    }
}

extension Address.Family {
    /// The family of a number that the kernel has for it, AF_INET or AF_INET6.
    init?(kernel number: UInt8) {
        switch number {
        case 2: self = .v4
        case 10: self = .v6
        default: return nil
        }
    }
}

extension Address {
    /// An address in network order; nil where it is of another length.
    init?(_ family: Address.Family, bytes: [UInt8]) {
        guard bytes.count * 8 == family.width else { return nil }
        self.init(family, bytes.reduce(0) { $0 << 8 | UInt128($1) })
    }
}
