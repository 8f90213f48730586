/// A number that a packet carries, or that the kernel keeps beside it.
///
/// Their order is the order of the variables: what most rules ask for comes first, the long
/// addresses late; a space may swap those. The two 16-bit words at the start of the transport header are one field each
/// whatever the protocol, because `th dport` and raw payload matches look at them without asking
/// for one (the second word of an ICMP packet is its checksum).
package enum Field: UInt8, Hashable, Sendable, CaseIterable {
    /// 0 for IPv4, 1 for IPv6.
    case family
    /// The transport protocol, past any IPv6 extension header.
    case transport
    /// The interface by which the packet came: an index of the `InterfaceDomain`.
    case input
    /// The interface by which the packet leaves.
    case output
    /// Bytes 2 and 3 of the transport header: the destination port, or the ICMP checksum.
    case destinationPort
    /// Bytes 0 and 1 of the transport header: the source port, or ICMP type and code.
    case sourcePort
    /// FIN 1, SYN 2, RST 4, PSH 8, ACK 16, URG 32, ECE 64, CWR 128 (RFC 9293).
    case tcpFlags
    /// IPv4 TTL or IPv6 hop limit.
    case timeToLive
    /// The byte of DSCP and ECN.
    case trafficClass
    /// The length of the whole packet in bytes.
    case length
    /// The kernel's packet type: 0 host, 1 broadcast, 2 multicast, 3 other host.
    case packetType
    case sourceHardware
    case destinationHardware
    /// IPv4 identification.
    case identification
    /// IPv4 flags and fragment offset.
    case fragment
    /// The first `next header` of IPv6, which may be an extension header.
    case nextHeader
    case flowLabel
    /// Seconds since midnight, UTC.
    case secondOfDay
    /// 0 is Sunday.
    case dayOfWeek
    /// The packet mark (`meta mark`).
    case mark
    /// The connection's mark (`ct mark`).
    case connectionMark
    /// The bits of `ct state`: invalid 1, established 2, related 4, new 8, untracked 64.
    case connectionState
    /// The bits of `ct status` (enum ip_conntrack_status in nf_conntrack_common.h).
    case connectionStatus
    /// `ct zone`.
    case connectionZone
    /// `meta priority`.
    case priority
    /// IPv4 uses the first 32 of the 128 bits.
    case source
    /// 1: the packet goes to the address of this host that nobody has named.
    case unnamedDestination
    /// IPv4 uses the first 32 of the 128 bits.
    case destination
}

extension Field {
    /// Its length in bits.
    package var width: Int {
        switch self {
        case .family, .unnamedDestination: 1
        case .transport, .timeToLive, .trafficClass, .tcpFlags, .nextHeader, .packetType,
            .dayOfWeek, .connectionState:
            8
        case .input, .output: InterfaceDomain.width
        case .destinationPort, .sourcePort, .length, .identification, .fragment,
            .connectionZone:
            16
        case .source, .destination: 128
        case .sourceHardware, .destinationHardware: 48
        case .flowLabel: 20
        case .secondOfDay: 32
        case .mark, .connectionMark, .connectionStatus, .priority: 32
        }
    }

    /// Its variables in the order of the fields; a space may swap the two addresses.
    var place: Range<Int> {
        let first = Field.offsets[Int(rawValue)]
        return first..<(first + width)
    }

    /// The first variable past all fields.
    package static let variableCount = allCases.reduce(0) { $0 + $1.width }

    private static let offsets: [Int] = {
        var next = 0
        return allCases.map { field in
            defer { next += field.width }
            return next
        }
    }()

    /// Only what conntrack knows: before it has seen the packet, and for untracked packets, there
    /// is no value and a match on it is false.
    package var belongsToConnection: Bool {
        self == .connectionMark || self == .connectionStatus || self == .connectionZone
    }

    /// What a flow is named by; the sender is free to choose the other fields of the header.
    package static let flow: [Field] = [
        .family, .transport, .input, .unnamedDestination, .destinationPort, .sourcePort, .source,
        .destination,
    ]
}
