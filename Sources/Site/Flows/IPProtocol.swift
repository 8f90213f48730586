/// A protocol above IP, by the name that IANA gives it in small letters.
package enum IPProtocol: String, Sendable, Hashable, CaseIterable {
    case tcp, udp, icmp, icmpv6, sctp, dccp, udplite, gre, esp, ah, igmp, ipip, ipv6, ospf, vrrp
    case pim, l2tp

    /// Whether its packets carry ports.
    package var hasPorts: Bool {
        switch self {
        case .tcp, .udp, .sctp, .dccp, .udplite: true
        case .icmp, .icmpv6, .gre, .esp, .ah, .igmp, .ipip, .ipv6, .ospf, .vrrp, .pim, .l2tp: false
        }
    }
}
