import Netlink
import PacketFilter

/// A route, as RTM_NEWROUTE tells it; see rtnetlink(7).
struct RouteRecord: Sendable, Hashable {
    /// `rtm_type`: what becomes of packets.
    enum Kind: UInt8, Sendable, Hashable {
        case unicast = 1
        case local = 2
        case broadcast = 3
        case anycast = 4
        case multicast = 5
        case blackhole = 6
        case unreachable = 7
        case prohibit = 8
        case throwing = 9
        case translating = 10

        /// The word of ip-route(8).
        var word: String {
            switch self {
            case .unicast: "gateway"
            case .throwing: "throw"
            case .translating: "nat"
            case .local, .broadcast, .anycast, .multicast, .blackhole, .unreachable, .prohibit:
                "\(self)"
            }
        }
    }

    var kind: Kind
    var table: UInt32
    var destination: Prefix
    var gateway: Address?
    var source: Address?
    /// The interfaces by which it goes.
    var interfaces: [Int32]
    var metric: UInt32
    /// It is for some packets alone: of a source or a type of service.
    var isSelective: Bool

    /// Nil where the message breaks the format.
    init?(_ message: NetlinkMessage) {
        let body = message.body
        guard message.type == 24, body.count >= 12,
            let attributes = NetlinkAttributes(body.dropFirst(12)),
            let family = Address.Family(kernel: body[0]), let kind = Kind(rawValue: body[7]),
            Int(body[1]) <= family.width
        else { return nil }
        self.kind = kind
        table = attributes.number(15) ?? UInt32(body[4])
        let first = attributes[1].map { Address(family, bytes: $0) } ?? Address(family, 0)
        guard let first else { return nil }
        destination = Prefix(first, length: Int(body[1]))
        gateway = attributes[5].flatMap { Address(family, bytes: $0) }
        source = attributes[7].flatMap { Address(family, bytes: $0) }
        interfaces = attributes.number(4).map { [Int32(bitPattern: $0)] } ?? []
        if let hops = attributes[9] {
            guard let found = RouteRecord.hops(hops) else { return nil }
            interfaces += found
        }
        metric = attributes.number(6) ?? 0
        isSelective = body[2] != 0 || body[3] != 0 || attributes[30] != nil && interfaces.isEmpty
    }

    // struct rtnexthop: length, flags, hops, and the interface's number.
    private static func hops(_ bytes: [UInt8]) -> [Int32]? {
        var left = bytes[...]
        var found: [Int32] = []
        while !left.isEmpty {
            let next = Array(left)
            guard next.count >= 8 else { return nil }
            let length = Int(next[0]) | Int(next[1]) << 8
            guard length >= 8, length <= next.count else { return nil }
            found.append(Int32(bitPattern: NetlinkNumber.of32(next, at: 4)))
            left = left.dropFirst((length + 3) & ~3)
        }
        return found
    }
}
