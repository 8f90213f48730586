extension NftReader {
    /// The beginning of a match or assignment; nothing where the next word begins none.
    mutating func readSelector() throws(NftError) -> NftExpression? {
        let token = try tokens.next()
        if token.isVariable { doubt(token.place, "a variable where an expression belongs") }
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
            guard ["frag", "hbh", "dst", "mh", "rt"].contains(header.text) else {
                throw NftError(.notUnderstood, header.place, "a header of IPv6")
            }
            let next = try tokens.peek()
            if !next.isWord("exists"), !next.isWord("missing") {
                doubt(next.place, "a question of an extension header")
            }
            return NftExpression(
                unknown: .chosen, "exthdr \(header.text)", .boolean, needs: [.family(.v6)])
        case "socket":
            let key = try tokens.next()
            if key.isWord("cgroupv2"), try take(word: "level") { _ = try tokens.next() }
            let type: NftType = key.text == "mark" ? .mark : .other(32)
            doubt(key.place, "a question of a socket")
            return NftExpression(unknown: .hidden, "socket \(key.text)", type)
        case "osf":
            if try take(word: "ttl") { _ = try tokens.next() }
            let key = try tokens.next()
            rule.isLoose = true
            doubt(key.place, "a fingerprint of a system")
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
        if base.text != "ll" && base.text != "nh" && base.text != "th" {
            doubt(base.place, "raw bits of another header")
        }
        if CNumber.small(offset.text) ?? 0 > 1024
            || [base, offset, length].contains(where: { $0.isVariable })
        {
            doubt(base.place, "raw bits far from the beginning")
        }
        guard let first = CNumber.small(offset.text), let count = CNumber.small(length.text),
            count > 0, count <= 128, first >= 0, first < 1 << 16
        else { throw NftError(.refused, base.place, "raw bits that no header has") }
        return NftExpression(
            RawBits.operand(base.text, first..<(first + count), rule.packetFamily),
            .integer(count))
    }

    /// A key of `meta`, with the word before it or without.
    private mutating func readMeta(
        _ key: NftToken, isQualified: Bool
    ) throws(NftError) -> NftExpression? {
        if !isQualified,
            ["l4proto", "nfproto", "protocol", "length", "priority", "random"]
                .contains(key.text)
        {
            if mode == .file { return nil }
        }
        if key.text == "nfproto", rule.family != .inet {
            doubt(key.place, "the key 'meta nfproto'")
        }
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
            let known: Set<String> = [
                "cgroup", "rtclassid", "iifgroup", "oifgroup", "iiftype", "oiftype",
            ]
            if !known.contains(key.text) || !isQualified && key.text == "secmark" {
                doubt(key.place, "the key '\(name)'")
            }
            let width = key.text == "iiftype" || key.text == "oiftype" ? 16 : 32
            return NftExpression(unknown: .hidden, name, isBoolean ? .boolean : .other(width))
        case "cpu", "nftrace":
            if key.text == "nftrace" { doubt(key.place, "the key '\(name)'") }
            return NftExpression(unknown: .chosen, name, .other(32))
        case "time":
            guard isQualified || mode == .listing else { return nil }
            doubt(key.place, "the key '\(name)'")
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
        checkRouting(asked, result)
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

    /// What the kernel's routing may be asked for, and where (`nft_fib_validate`).
    private mutating func checkRouting(_ asked: [String], _ result: NftToken) {
        let parts = Set(asked)
        let isSound =
            parts.count == asked.count
            && parts.isSubset(of: ["saddr", "daddr", "mark", "iif", "oif"])
            && parts.contains("saddr") != parts.contains("daddr")
            && !(parts.contains("iif") && parts.contains("oif"))
        var hooks: Set<Hook> = [.prerouting]
        switch result.text {
        case "type":
            hooks = [.prerouting, .input, .forward, .output, .postrouting]
            if parts.contains("iif") { hooks = [.prerouting, .input, .forward] }
            if parts.contains("oif") { hooks = [.forward, .output, .postrouting] }
        case "oif", "oifname":
            if parts.contains("oif") { doubt(result.place, "a question of routing") }
        default: doubt(result.place, "a question of routing")
        }
        if !isSound { doubt(result.place, "a question of routing") }
        demand(.at(result.place, hooks, in: [.ip, .ip6, .inet]))
    }

    private mutating func readRouting() throws(NftError) -> NftExpression {
        _ = try take(any: ["ip", "ip6"])
        let key = try tokens.next()
        if key.text != "classid" { doubt(key.place, "the key 'rt \(key.text)'") }
        demand(.at(key.place, in: [.ip, .ip6, .inet]))
        return NftExpression(unknown: .hidden, "rt \(key.text)", .other(32))
    }

    /// `numgen random mod 10 offset 5`, `jhash ip saddr . tcp dport mod 2 seed 0x1`.
    private mutating func readGenerated(_ token: NftToken) throws(NftError) -> NftExpression {
        var words = [token.text]
        var needs: [NftNeed] = []
        if token.text != "numgen" { doubt(token.place, "an expression of '\(token.text)'") }
        if token.text == "jhash" {
            for part in try readConcatenation() {
                words.append("\(part.operand)")
                needs += part.needs
            }
        } else if token.text == "numgen" {
            let kind = try name()
            guard kind == "random" || kind == "inc" else {
                throw NftError(.refused, token.place, "a kind of number that is not generated")
            }
            words.append(kind)
        }
        guard try take(word: "mod") else {
            throw NftError(.refused, token.place, "a generated number without a bound")
        }
        let bound = try tokens.next()
        words.append(bound.text)
        if try take(word: "seed") { words.append(try tokens.next().text) }
        var offset: UInt128 = 0
        if try take(word: "offset") {
            offset = CNumber.value(of: try tokens.next().text) ?? 1 << 32
        }
        guard let count = CNumber.value(of: bound.text), (1...0xFFFF_FFFF).contains(count),
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
