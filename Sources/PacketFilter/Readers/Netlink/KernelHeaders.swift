/// A field of a header, by its place.
struct KernelHeaderField {
    var bits: Range<Int>
    var source: KernelSource

    init(
        _ bits: Range<Int>, _ operand: Operand, _ label: String,
        _ style: KernelSource.Style = .number
    ) {
        self.bits = bits
        source = KernelSource(operand, label, style)
    }

    /// One that the sender fills as it likes.
    init(_ bits: Range<Int>, _ label: String) {
        self.init(bits, .unknown(Unknown(.chosen, label), width: bits.count), label)
    }
}

/// The headers whose bytes rules look at.
enum KernelHeader: Hashable {
    case link
    case network(Address.Family)
    /// Of a protocol; nothing: of any.
    case transport(UInt8?)

    /// Its fields in the order of their bits.
    var fields: [KernelHeaderField] {
        switch self {
        case .link: KernelHeader.ethernet
        case .network(.v4): KernelHeader.ip
        case .network(.v6): KernelHeader.ip6
        case .transport(let transport):
            transport.flatMap { KernelHeader.transports[$0] } ?? KernelHeader.anyTransport
        }
    }

    private static let ethernet = [
        KernelHeaderField(0..<48, .field(.destinationHardware), "ether daddr", .hardware),
        KernelHeaderField(48..<96, .field(.sourceHardware), "ether saddr", .hardware),
        KernelHeaderField(96..<112, .protocolNumber, "ether type", .named(.etherType)),
        KernelHeaderField(112..<128, "vlan tag"), KernelHeaderField(128..<144, "vlan type"),
    ]

    private static let ip = [
        KernelHeaderField(0..<4, .number(4, width: 4), "ip version"),
        KernelHeaderField(4..<8, "ip hdrlength"),
        KernelHeaderField(
            8..<14, .slice(.field(.trafficClass), 0..<6), "ip dscp", .named(.dscp)),
        KernelHeaderField(14..<16, .slice(.field(.trafficClass), 6..<8), "ip ecn", .named(.ecn)),
        KernelHeaderField(16..<32, .field(.length), "ip length"),
        KernelHeaderField(32..<48, .field(.identification), "ip id"),
        KernelHeaderField(48..<64, .field(.fragment), "ip frag-off", .hexadecimal),
        KernelHeaderField(64..<72, .field(.timeToLive), "ip ttl"),
        KernelHeaderField(72..<80, .field(.transport), "ip protocol", .transport),
        KernelHeaderField(80..<96, "ip checksum"),
        KernelHeaderField(96..<128, .source4, "ip saddr", .address(.v4)),
        KernelHeaderField(128..<160, .destination4, "ip daddr", .address(.v4)),
    ]

    private static let ip6 = [
        KernelHeaderField(0..<4, .number(6, width: 4), "ip6 version"),
        KernelHeaderField(
            4..<10, .slice(.field(.trafficClass), 0..<6), "ip6 dscp", .named(.dscp)),
        KernelHeaderField(10..<12, .slice(.field(.trafficClass), 6..<8), "ip6 ecn", .named(.ecn)),
        KernelHeaderField(12..<32, .field(.flowLabel), "ip6 flowlabel"),
        KernelHeaderField(32..<48, "ip6 length"),
        KernelHeaderField(48..<56, .field(.nextHeader), "ip6 nexthdr", .transport),
        KernelHeaderField(56..<64, .field(.timeToLive), "ip6 hoplimit"),
        KernelHeaderField(64..<192, .field(.source), "ip6 saddr", .address(.v6)),
        KernelHeaderField(192..<320, .field(.destination), "ip6 daddr", .address(.v6)),
    ]

    private static let transports = Dictionary(
        uniqueKeysWithValues: [1, 2, 6, 17, 33, 50, 51, 58, 108, 132, 136].map {
            ($0 as UInt8, transport($0))
        })
    private static let anyTransport = ports("th")

    private static func transport(_ number: UInt8) -> [KernelHeaderField] {
        switch number {
        case 1: icmp("icmp", .icmpType, .icmpCode)
        case 58: icmp("icmpv6", .icmp6Type, .icmp6Code)
        case 2: [KernelHeaderField(0..<64, "igmp")]
        case 6: ports("tcp") + tcp
        case 17: ports("udp") + [others("udp length", 32), others("udp checksum", 48)]
        case 33: ports("dccp") + [KernelHeaderField(32..<128, "dccp type")]
        case 50: [KernelHeaderField(0..<64, "esp")]
        case 51: [KernelHeaderField(0..<96, "ah")]
        case 108: [KernelHeaderField(0..<32, "comp")]
        case 132:
            ports("sctp") + [
                KernelHeaderField(32..<64, "sctp vtag"),
                KernelHeaderField(64..<96, "sctp checksum"),
            ]
        case 136:
            ports("udplite") + [others("udplite csumcov", 32), others("udplite checksum", 48)]
        default: anyTransport
        }
    }

    private static func others(_ label: String, _ start: Int) -> KernelHeaderField {
        KernelHeaderField(start..<(start + 16), label)
    }

    private static func ports(_ name: String) -> [KernelHeaderField] {
        [
            KernelHeaderField(0..<16, .field(.sourcePort), "\(name) sport"),
            KernelHeaderField(16..<32, .field(.destinationPort), "\(name) dport"),
        ]
    }

    private static func icmp(
        _ name: String, _ type: NftType, _ code: NftType
    ) -> [KernelHeaderField] {
        [
            KernelHeaderField(0..<8, .icmpType, "\(name) type", .named(type)),
            KernelHeaderField(8..<16, .icmpCode, "\(name) code", .named(code)),
            KernelHeaderField(16..<32, .field(.destinationPort), "\(name) checksum"),
            KernelHeaderField(32..<64, "\(name) id, sequence or gateway"),
        ]
    }

    private static let tcp = [
        KernelHeaderField(32..<64, "tcp sequence"), KernelHeaderField(64..<96, "tcp ackseq"),
        KernelHeaderField(96..<100, "tcp doff"), KernelHeaderField(100..<104, "tcp reserved"),
        KernelHeaderField(104..<112, .field(.tcpFlags), "tcp flags", .named(.tcpFlags)),
        KernelHeaderField(112..<128, "tcp window"), KernelHeaderField(128..<144, "tcp checksum"),
        KernelHeaderField(144..<160, "tcp urgptr"),
    ]
}
