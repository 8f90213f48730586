extension NftReader {
    /// The beginning of a match or assignment; nothing where the next word begins none.
    mutating func readSelector() throws(NftError) -> NftExpression? {
        let token = try tokens.next()
        if token.isSign("@") { return try readRaw() }
        guard token.kind == .word else {
            tokens.putBack(token)
            return nil
        }
        switch token.text {
        case "meta": return try readMeta(tokens.next(), isQualified: true)
        case "ct": return try readConnection()
        case "fib": return try readRoutingQuestion()
        case "rt": return try readRouting()
        case "rt0", "rt2", "srh", "frag", "hbh", "dst", "mh":
            return try readOption(token.text, [.family(.v6)])
        case "exthdr":
            let header = try tokens.next()
            return NftExpression(
                unknown: .chosen, "exthdr \(header.text)", .boolean, needs: [.family(.v6)])
        case "socket":
            let key = try tokens.next()
            if key.isWord("cgroupv2"), try take(word: "level") { _ = try tokens.next() }
            let type: NftType = key.text == "mark" ? .mark : .other(32)
            return NftExpression(unknown: .hidden, "socket \(key.text)", type)
        case "osf":
            if try take(word: "ttl") { _ = try tokens.next() }
            let key = try tokens.next()
            return NftExpression(
                unknown: .chosen, "osf \(key.text)", .other(64), needs: [.transport(6)])
        case "numgen", "jhash", "symhash": return try readGenerated(token)
        case "ipsec", "tunnel", "vxlan", "geneve", "gre", "gretap":
            throw NftError(.notUnderstood, token.place, "an expression of '\(token.text)'")
        default:
            if let header = try readHeader(token) { return header }
            if let meta = try readMeta(token, isQualified: false) { return meta }
            tokens.putBack(token)
            return nil
        }
    }

    /// `@th,16,16`: bits of a header by their place.
    private mutating func readRaw() throws(NftError) -> NftExpression {
        let base = try tokens.next()
        try expect(sign: ",")
        let offset = try tokens.next()
        try expect(sign: ",")
        let length = try tokens.next()
        guard let first = Int(offset.text), let count = Int(length.text), count > 0,
            count <= 128, first >= 0, first < 1 << 16
        else { throw NftError(.refused, base.place, "raw bits that no header has") }
        return NftExpression(
            RawBits.operand(base.text, first..<(first + count), rule.packetFamily),
            .integer(count))
    }

    /// A key of `meta`, with the word before it or without.
    private mutating func readMeta(
        _ key: NftToken, isQualified: Bool
    ) throws(NftError) -> NftExpression? {
        if let plain = NftReader.plainMeta[key.text] { return plain }
        let name = "meta \(key.text)"
        switch key.text {
        case "iifname": return NftExpression(.field(.input), .interfaceName)
        case "oifname": return NftExpression(.field(.output), .interfaceName)
        case "iif": return NftExpression(.field(.input), .interfaceIndex)
        case "oif": return NftExpression(.field(.output), .interfaceIndex)
        case "skuid", "skgid": return NftExpression(unknown: .process, name, .other(32))
        case "cgroup", "rtclassid", "secmark", "iiftype", "oiftype", "iifgroup", "oifgroup",
            "ibriport", "obriport", "ibrname", "obrname", "ibrpvid", "ibrvproto", "iifkind",
            "oifkind", "ipsec", "secpath", "sdif", "sdifname", "ibrhwaddr":
            let isBoolean = key.text == "ipsec" || key.text == "secpath"
            return NftExpression(unknown: .hidden, name, isBoolean ? .boolean : .other(32))
        case "cpu", "nftrace": return NftExpression(unknown: .chosen, name, .other(32))
        case "time":
            guard isQualified || mode == .listing else { return nil }
            return NftExpression(unknown: .hidden, name, .other(64))
        default:
            if isQualified {
                throw NftError(.notUnderstood, key.place, "the key 'meta \(key.text)'")
            }
            return nil
        }
    }

    private static let plainMeta: [String: NftExpression] = [
        "mark": NftExpression(.field(.mark), .mark, assigned: .mark),
        "l4proto": NftExpression(.field(.transport), .transport),
        "nfproto": NftExpression(.familyNumber, .familyNumber),
        "protocol": NftExpression(.protocolNumber, .etherType),
        "length": NftExpression(.field(.length), .integer(16)),
        "pkttype": NftExpression(.field(.packetType), .packetType, assigned: .packetType),
        "hour": NftExpression(.field(.secondOfDay), .hour),
        "day": NftExpression(.field(.dayOfWeek), .day),
        "priority": NftExpression(.field(.priority), .other(32), assigned: .priority),
        "random": NftExpression(unknown: .chosen, "meta random", .integer(32)),
    ]

    /// `fib daddr . iif type`.
    private mutating func readRoutingQuestion() throws(NftError) -> NftExpression {
        var asked: [String] = []
        repeat { asked.append(try name()) } while try take(sign: ".")
        let result = try tokens.next()
        if result.isWord("type"), asked.allSatisfy({ ["saddr", "daddr", "iif"].contains($0) }) {
            let field: Field = asked.contains("saddr") ? .source : .destination
            return NftExpression(
                .addressType(of: field, onInput: asked.contains("iif")), .addressType)
        }
        let name = "fib " + asked.joined(separator: " . ") + " \(result.text)"
        let next = try tokens.peek()
        if next.isWord("exists") || next.isWord("missing") || result.isWord("check") {
            return NftExpression(unknown: .chosen, name, .boolean)
        }
        return NftExpression(unknown: .chosen, name, .other(32))
    }

    private mutating func readRouting() throws(NftError) -> NftExpression {
        _ = try take(any: ["ip", "ip6"])
        let key = try tokens.next()
        return NftExpression(unknown: .hidden, "rt \(key.text)", .other(32))
    }

    /// `numgen random mod 10 offset 5`, `jhash ip saddr . tcp dport mod 2 seed 0x1`.
    private mutating func readGenerated(_ token: NftToken) throws(NftError) -> NftExpression {
        var words = [token.text]
        var needs: [NftNeed] = []
        if token.text == "jhash" {
            for part in try readConcatenation() {
                words.append("\(part.operand)")
                needs += part.needs
            }
        } else if token.text == "numgen" {
            words.append(try name())
        }
        guard try take(word: "mod") else {
            throw NftError(.refused, token.place, "a generated number without a bound")
        }
        let bound = try tokens.next()
        words.append(bound.text)
        if try take(word: "seed") { words.append(try tokens.next().text) }
        var offset: UInt128 = 0
        if try take(word: "offset") { offset = UInt128(try tokens.next().text) ?? 0 }
        guard let count = UInt128(bound.text), (1...0xFFFF_FFFF).contains(count),
            offset <= 0xFFFF_FFFF, offset + count <= 1 << 32
        else {
            throw NftError(.notUnderstood, bound.place, "the bound of a generated number")
        }
        let name = words.joined(separator: " ") + " at \(token.place)"
        return NftExpression(
            .generated(Unknown(.chosen, name), offset...(offset + count - 1), width: 32),
            .mark, needs: needs)
    }
}
