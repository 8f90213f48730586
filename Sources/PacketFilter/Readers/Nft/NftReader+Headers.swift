extension NftReader {
    /// A field of a header, after the name of the header; nothing where the name is none.
    mutating func readHeader(_ header: NftToken) throws(NftError) -> NftExpression? {
        switch header.text {
        case "ip": try readIP()
        case "ip6": try readIP6()
        case "tcp": try readTCP()
        case "udp": try readPorts("udp", 17, others: ["length": 16, "checksum": 16])
        case "udplite": try readPorts("udplite", 136, others: ["checksum": 16, "csumcov": 16])
        case "dccp": try readPorts("dccp", 33, others: ["type": nil])
        case "sctp": try readPorts("sctp", 132, others: ["vtag": 32, "checksum": 32])
        case "th": try readPorts("th", nil, others: [:])
        case "icmp": try readICMP(4)
        case "icmpv6": try readICMP(6)
        case "ether": try readEther()
        case "arp": try readForeign("arp")
        case "vlan": try readOther("vlan", .chosen, width: 16, needs: [])
        case "igmp": try readOther("igmp", .chosen, width: 32, needs: [.transport(2)])
        case "ah": try readOther("ah", .chosen, width: 32, needs: [.transport(51)])
        case "esp": try readOther("esp", .chosen, width: 32, needs: [.transport(50)])
        case "comp": try readOther("comp", .chosen, width: 16, needs: [.transport(108)])
        default: nil
        }
    }

    private mutating func readIP() throws(NftError) -> NftExpression {
        let needs = [NftNeed.family(.v4)]
        let field = try tokens.next()
        switch field.text {
        case "saddr": return NftExpression(.source4, .address4, needs: needs, assigned: .source)
        case "daddr":
            return NftExpression(.destination4, .address4, needs: needs, assigned: .destination)
        case "protocol": return NftExpression(.field(.transport), .transport, needs: needs)
        case "ttl":
            return NftExpression(
                .field(.timeToLive), .integer(8), needs: needs, assigned: .timeToLive)
        case "length": return NftExpression(.field(.length), .integer(16), needs: needs)
        case "id":
            return NftExpression(
                .field(.identification), .integer(16), needs: needs, assigned: .identification)
        case "frag-off":
            return NftExpression(.field(.fragment), .integer(16), needs: needs)
        case "version": return NftExpression(.number(4, width: 4), .integer(4), needs: needs)
        case "dscp":
            return NftExpression(.slice(.field(.trafficClass), 0..<6), .dscp, needs: needs)
        case "ecn":
            return NftExpression(.slice(.field(.trafficClass), 6..<8), .ecn, needs: needs)
        case "hdrlength":
            return NftExpression(unknown: .chosen, "ip hdrlength", .integer(4), needs: needs)
        case "checksum":
            return NftExpression(unknown: .chosen, "ip checksum", .integer(16), needs: needs)
        case "option":
            return try readOption("ip option", needs)
        default: throw NftError(.refused, field.place, "a field that ip does not have")
        }
    }

    private mutating func readIP6() throws(NftError) -> NftExpression {
        let needs = [NftNeed.family(.v6)]
        let field = try tokens.next()
        switch field.text {
        case "saddr":
            return NftExpression(.field(.source), .address6, needs: needs, assigned: .source)
        case "daddr":
            return NftExpression(
                .field(.destination), .address6, needs: needs, assigned: .destination)
        case "nexthdr": return NftExpression(.field(.nextHeader), .transport, needs: needs)
        case "hoplimit":
            return NftExpression(
                .field(.timeToLive), .integer(8), needs: needs, assigned: .timeToLive)
        case "flowlabel": return NftExpression(.field(.flowLabel), .integer(20), needs: needs)
        case "version": return NftExpression(.number(6, width: 4), .integer(4), needs: needs)
        case "dscp":
            return NftExpression(.slice(.field(.trafficClass), 0..<6), .dscp, needs: needs)
        case "ecn":
            return NftExpression(.slice(.field(.trafficClass), 6..<8), .ecn, needs: needs)
        case "length":
            return NftExpression(unknown: .chosen, "ip6 length", .integer(16), needs: needs)
        default: throw NftError(.refused, field.place, "a field that ip6 does not have")
        }
    }

    private mutating func readTCP() throws(NftError) -> NftExpression {
        let next = try tokens.peek()
        if next.isWord("flags") {
            _ = try tokens.next()
            return NftExpression(.field(.tcpFlags), .tcpFlags, needs: [.transport(6)])
        }
        if next.isWord("option") {
            _ = try tokens.next()
            return try readOption("tcp option", [.transport(6)])
        }
        return try readPorts(
            "tcp", 6,
            others: [
                "sequence": 32, "ackseq": 32, "doff": 4, "reserved": 4, "window": 16,
                "checksum": 16, "urgptr": 16,
            ])
    }

    private mutating func readPorts(
        _ header: String, _ transport: UInt8?, others: [String: Int?]
    ) throws(NftError) -> NftExpression {
        let needs = transport.map { [NftNeed.transport($0)] } ?? []
        let field = try tokens.next()
        switch field.text {
        case "sport":
            return NftExpression(
                .field(.sourcePort), .service, needs: needs, assigned: .sourcePort)
        case "dport":
            return NftExpression(
                .field(.destinationPort), .service, needs: needs, assigned: .destinationPort)
        default:
            guard let width = others[field.text] else {
                let code: NftError.Code = field.text == "chunk" ? .notUnderstood : .refused
                throw NftError(code, field.place, "a field that \(header) does not have")
            }
            if width == nil { doubt(field.place, "a field of \(header)") }
            return NftExpression(
                unknown: .chosen, "\(header) \(field.text)",
                width.map { .integer($0) } ?? .other(32),
                needs: needs)
        }
    }

    private mutating func readICMP(_ version: Int) throws(NftError) -> NftExpression {
        let isOld = version == 4
        let needs: [NftNeed] =
            isOld
            ? [.usually(.v4), .transport(1)] : [.usually(.v6), .transport(58)]
        let field = try tokens.next()
        switch field.text {
        case "type":
            return NftExpression(.icmpType, isOld ? .icmpType : .icmp6Type, needs: needs)
        case "code":
            return NftExpression(.icmpCode, isOld ? .icmpCode : .icmp6Code, needs: needs)
        case "checksum":
            return NftExpression(.field(.destinationPort), .integer(16), needs: needs)
        case "id", "sequence", "mtu", "gateway", "max-delay", "parameter-problem", "taddr",
            "daddr":
            let name = "icmp \(field.text)"
            doubt(field.place, "a field of icmp that some types have")
            return NftExpression(unknown: .chosen, name, .other(32), needs: needs)
        default: throw NftError(.refused, field.place, "a field that icmp does not have")
        }
    }

    private mutating func readEther() throws(NftError) -> NftExpression {
        let field = try tokens.next()
        switch field.text {
        case "saddr":
            return NftExpression(.field(.sourceHardware), .hardware, needs: [.ethernet])
        case "daddr":
            return NftExpression(
                .field(.destinationHardware), .hardware, needs: [.ethernet],
                assigned: .destinationHardware)
        case "type":
            return NftExpression(.protocolNumber, .etherType, needs: [.ethernet])
        default: throw NftError(.refused, field.place, "a field that ether does not have")
        }
    }

    private mutating func readForeign(_ header: String) throws(NftError) -> NftExpression {
        let field = try tokens.next()
        doubt(field.place, "a field of \(header)")
        // `arp saddr ip`, `arp daddr ether`.
        if field.text == "saddr" || field.text == "daddr" {
            let kind = try tokens.next()
            return NftExpression(
                unknown: .hidden, "\(header) \(field.text)",
                kind.text == "ip" ? .address4 : .hardware, needs: [.never])
        }
        return NftExpression(
            unknown: .hidden, "\(header) \(field.text)", .other(16), needs: [.never])
    }

    private mutating func readOther(
        _ header: String, _ kind: Unknown.Kind, width: Int, needs: [NftNeed]
    ) throws(NftError) -> NftExpression {
        let field = try tokens.next()
        guard field.kind == .word else {
            throw NftError(.refused, field.place, "no field where one belongs")
        }
        doubt(field.place, "a field of \(header)")
        return NftExpression(
            unknown: kind, "\(header) \(field.text)", .other(width), needs: needs)
    }

    /// An option of a header: there or not, or a part of it.
    mutating func readOption(
        _ name: String, _ needs: [NftNeed]
    ) throws(NftError) -> NftExpression {
        let option = try tokens.next()
        let next = try tokens.peek()
        rule.isLoose = true
        if "\(name) \(option.text) \(next.text)" == "tcp option maxseg size" {
            _ = try tokens.next()
            var size = NftExpression(
                unknown: .chosen, "\(name) maxseg size", .integer(16), needs: needs)
            size.isIdle = true
            return size
        }
        let known: Set<String> = ["maxseg", "window", "sack-perm", "timestamp"]
        if name != "tcp option" || !known.contains(option.text)
            || !next.isWord("exists") && !next.isWord("missing")
        {
            doubt(option.place, "an option of a header")
        }
        if next.isWord("exists") || next.isWord("missing") {
            return NftExpression(
                unknown: .chosen, "\(name) \(option.text)", .boolean, needs: needs)
        }
        let field = try tokens.next()
        guard field.kind == .word else {
            throw NftError(.refused, field.place, "no field where one belongs")
        }
        return NftExpression(
            unknown: .chosen, "\(name) \(option.text) \(field.text)", .other(32), needs: needs)
    }
}

extension Operand {
    /// The Ethernet type of the family.
    static let protocolNumber = byFamily(0x0800, 0x86DD, width: 16)

    /// The family as the kernel counts them: NFPROTO_IPV4 is 2, NFPROTO_IPV6 is 10.
    static let familyNumber = byFamily(2, 10, width: 8)

    private static func byFamily(_ v4: UInt128, _ v6: UInt128, width: Int) -> Operand {
        let pairs: [(key: [Component], value: UInt128)] = [([.number(0)], v4), ([.number(1)], v6)]
        return .mapped(key: [.field(.family)], .inline(DataMap(pairs, width: width)))
    }
}
