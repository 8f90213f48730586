/// The names that nft has for numbers.
enum NftSymbols {
    /// The number of a name of a type; services and protocols are asked for elsewhere.
    static func number(_ name: String, _ type: NftType) -> UInt128? {
        table(type)?.first { $0.key == name }?.value
    }

    private static func table(_ type: NftType) -> KeyValuePairs<String, UInt128>? {
        switch type {
        case .icmpType: icmpTypes
        case .icmpCode: icmpCodes
        case .icmp6Type: icmp6Types
        case .icmp6Code: icmp6Codes
        case .connectionState: connectionStates
        case .connectionStatus: connectionStatuses
        case .connectionDirection: ["original": 0, "reply": 1]
        case .tcpFlags: tcpFlags
        case .dscp: dscps
        case .ecn: ["not-ect": 0, "ect1": 1, "ect0": 2, "ce": 3]
        case .etherType:
            [
                "ip": 0x0800, "ip6": 0x86DD, "arp": 0x0806, "vlan": 0x8100, "8021q": 0x8100,
                "8021ad": 0x88A8,
            ]
        case .familyNumber: ["ipv4": 2, "ipv6": 10]
        case .packetType:
            ["host": 0, "unicast": 0, "broadcast": 1, "multicast": 2, "other": 3]
        case .addressType: addressTypes
        case .boolean: ["exists": 1, "missing": 0]
        case .day: days
        case .transport, .integer, .address4, .address6, .hardware, .service, .mark,
            .interfaceIndex, .interfaceName, .hour, .other:
            nil
        }
    }

    static let tcpFlags: KeyValuePairs<String, UInt128> = [
        "fin": 1, "syn": 2, "rst": 4, "psh": 8, "ack": 16, "urg": 32, "ecn": 64, "cwr": 128,
    ]

    static let connectionStates: KeyValuePairs<String, UInt128> = [
        "invalid": 1, "established": 2, "related": 4, "new": 8, "untracked": 64,
    ]

    /// enum ip_conntrack_status.
    static let connectionStatuses: KeyValuePairs<String, UInt128> = [
        "expected": 1, "seen-reply": 2, "assured": 4, "confirmed": 8, "snat": 16, "dnat": 32,
        "dying": 512,
    ]

    static let icmpTypes: KeyValuePairs<String, UInt128> = [
        "echo-reply": 0, "destination-unreachable": 3, "source-quench": 4, "redirect": 5,
        "echo-request": 8, "router-advertisement": 9, "router-solicitation": 10,
        "time-exceeded": 11, "parameter-problem": 12, "timestamp-request": 13,
        "timestamp-reply": 14, "info-request": 15, "info-reply": 16,
        "address-mask-request": 17, "address-mask-reply": 18,
    ]

    static let icmpCodes: KeyValuePairs<String, UInt128> = [
        "net-unreachable": 0, "host-unreachable": 1, "prot-unreachable": 2,
        "port-unreachable": 3, "frag-needed": 4, "net-prohibited": 9, "host-prohibited": 10,
        "admin-prohibited": 13,
    ]

    static let icmp6Types: KeyValuePairs<String, UInt128> = [
        "destination-unreachable": 1, "packet-too-big": 2, "time-exceeded": 3,
        "parameter-problem": 4, "echo-request": 128, "echo-reply": 129,
        "mld-listener-query": 130, "mld-listener-report": 131, "mld-listener-done": 132,
        "mld-listener-reduction": 132, "nd-router-solicit": 133, "nd-router-advert": 134,
        "nd-neighbor-solicit": 135, "nd-neighbor-advert": 136, "nd-redirect": 137,
        "router-renumbering": 138, "ind-neighbor-solicit": 141, "ind-neighbor-advert": 142,
        "mld2-listener-report": 143,
    ]

    static let icmp6Codes: KeyValuePairs<String, UInt128> = [
        "no-route": 0, "admin-prohibited": 1, "addr-unreachable": 3, "port-unreachable": 4,
        "policy-fail": 5, "reject-route": 6,
    ]

    static let dscps: KeyValuePairs<String, UInt128> = [
        "cs0": 0, "cs1": 8, "cs2": 16, "cs3": 24, "cs4": 32, "cs5": 40, "cs6": 48, "cs7": 56,
        "df": 0, "be": 0, "lephb": 1, "af11": 10, "af12": 12, "af13": 14, "af21": 18,
        "af22": 20, "af23": 22, "af31": 26, "af32": 28, "af33": 30, "af41": 34, "af42": 36,
        "af43": 38, "va": 44, "ef": 46,
    ]

    /// The RTN_ numbers of `rtnetlink(7)`.
    static let addressTypes: KeyValuePairs<String, UInt128> = [
        "unspec": 0, "unicast": 1, "local": 2, "broadcast": 3, "anycast": 4, "multicast": 5,
        "blackhole": 6, "unreachable": 7, "prohibit": 8, "throw": 9, "nat": 10,
        "xresolve": 11,
    ]

    static let days: KeyValuePairs<String, UInt128> = [
        "sunday": 0, "monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5,
        "saturday": 6, "Sunday": 0, "Monday": 1, "Tuesday": 2, "Wednesday": 3, "Thursday": 4,
        "Friday": 5, "Saturday": 6,
    ]

    /// Numbers that stand for the place of a chain of a family (`nft(8)`, "standard priority
    /// names").
    static func priority(_ name: String, _ family: FilterTable.Family) -> Int? {
        if family == .bridge {
            switch name {
            case "dstnat": return -300
            case "filter": return -200
            case "out": return 100
            case "srcnat": return 300
            default: return nil
            }
        }
        switch name {
        case "raw": return -300
        case "mangle": return -150
        case "dstnat": return -100
        case "filter": return 0
        case "security": return 50
        case "srcnat": return 100
        default: return nil
        }
    }
}

extension NftSymbols {
    /// The first name of a number of a type.
    static func name(of number: UInt128, _ type: NftType) -> String? {
        table(type)?.first { $0.value == number }?.key
    }
}
