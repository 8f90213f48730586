/// What kind of number an expression is, and how it is written.
enum NftType: Hashable, Sendable {
    case integer(Int)
    case address4
    case address6
    case hardware
    case service
    case transport
    case icmpType
    case icmpCode
    case icmp6Type
    case icmp6Code
    case mark
    /// By its index: the name must exist when the rule is loaded.
    case interfaceIndex
    case interfaceName
    case connectionState
    case connectionStatus
    case connectionDirection
    case tcpFlags
    case dscp
    case ecn
    case etherType
    case familyNumber
    case packetType
    case addressType
    case boolean
    case hour
    case day
    /// Numbers whose spelling is not known; only decimal and hexadecimal ones are read.
    case other(Int)

    var width: Int {
        switch self {
        case .integer(let width), .other(let width): width
        case .address4, .mark, .hour: 32
        case .address6: 128
        case .hardware: 48
        case .service, .etherType: 16
        case .transport, .icmpType, .icmpCode, .icmp6Type, .icmp6Code, .connectionDirection,
            .packetType, .addressType, .day, .familyNumber, .tcpFlags, .connectionState:
            8
        case .interfaceIndex, .interfaceName: InterfaceDomain.width
        case .connectionStatus: 32
        case .dscp: 6
        case .ecn: 2
        case .boolean: 1
        }
    }

    /// A name alone means: any of these bits.
    var isBits: Bool {
        self == .connectionState || self == .connectionStatus || self == .tcpFlags
    }

    /// It may be compared by size, and stand in ranges.
    var isOrdered: Bool {
        switch self {
        case .integer, .address4, .address6, .hardware, .service, .transport, .icmpType,
            .icmpCode, .icmp6Type, .icmp6Code, .mark, .hour, .etherType, .dscp:
            true
        case .interfaceIndex, .interfaceName, .connectionState, .connectionStatus,
            .connectionDirection, .tcpFlags, .ecn, .familyNumber, .packetType, .addressType,
            .boolean, .day, .other:
            false
        }
    }

    /// Its bits may be taken one by one.
    var isMaskable: Bool {
        switch self {
        case .integer, .address4, .address6, .service, .mark, .tcpFlags, .connectionState,
            .dscp:
            true
        case .hardware, .transport, .icmpType, .icmpCode, .icmp6Type, .icmp6Code, .hour,
            .etherType, .interfaceIndex, .interfaceName, .connectionStatus,
            .connectionDirection, .ecn, .familyNumber, .packetType, .addressType, .boolean,
            .day, .other:
            false
        }
    }

    var isInterface: Bool { self == .interfaceIndex || self == .interfaceName }

    /// The type that a set declares by this name.
    init?(named name: String) {
        switch name {
        case "ipv4_addr": self = .address4
        case "ipv6_addr": self = .address6
        case "ether_addr": self = .hardware
        case "inet_service": self = .service
        case "inet_proto": self = .transport
        case "icmp_type": self = .icmpType
        case "icmp_code": self = .icmpCode
        case "icmpv6_type": self = .icmp6Type
        case "icmpv6_code": self = .icmp6Code
        case "icmpx_code": self = .other(8)
        case "mark": self = .mark
        case "iface_index": self = .interfaceIndex
        case "ifname": self = .interfaceName
        case "ct_state": self = .connectionState
        case "ct_status": self = .connectionStatus
        case "ct_dir": self = .connectionDirection
        case "tcp_flag": self = .tcpFlags
        case "dscp": self = .dscp
        case "ecn": self = .ecn
        case "ether_type": self = .etherType
        case "nf_proto": self = .familyNumber
        case "pkt_type": self = .packetType
        case "fib_addrtype": self = .addressType
        case "boolean": self = .boolean
        case "hour": self = .hour
        case "day": self = .day
        case "uid", "gid", "realm", "classid", "devgroup", "iface_type", "time", "ct_id",
            "cgroupsv2", "ct_label", "ct_event", "tc_handle", "ipsec", "igmp_type",
            "dccp_pkttype", "arp_op":
            self = .other(32)
        default: return nil
        }
    }
}
