extension NftReader {
    /// `dnat to …` and its like, after the first word.
    mutating func readTranslation(_ verb: String) throws(NftError) -> [Statement] {
        var statements: [Statement] = []
        var translation = Translation(
            verb == "dnat"
                ? .destination
                : verb == "snat" ? .source : verb == "redirect" ? .redirect : .masquerade)
        let start = tokens.place
        let hasFamily = try readTranslationFamily(&translation)
        let form = try readForm(hasFamily: hasFamily)
        let hasTo = try take(word: "to")
        let words = try tokens.peek()
        let isBare = try atEndOfTranslation()
        if hasTo, isBare { try refuse(start, "a translation to nothing") }
        if verb == "redirect" || verb == "masquerade" {
            var hasPort = try take(sign: ":")
            if !hasPort { hasPort = try startsPort() }
            if hasPort {
                translation.port = try readPort(&statements)
            }
        } else {
            try readAddress(form, &translation, &statements)
        }
        try readFlags()
        try check(translation, verb, form, words, start)
        if rule.family == .inet, translation.family != nil, let family = translation.family {
            try add(
                needs: [NftExpression(.field(.family), .integer(1), needs: [.family(family)])],
                to: &statements)
        }
        statements.append(.translate(translation))
        return statements
    }

    private enum Form { case plain, prefix, addressAndPort, interval }

    // Whether it is written.
    private mutating func readTranslationFamily(
        _ translation: inout Translation
    ) throws(NftError) -> Bool {
        translation.family = rule.packetFamily
        for (word, family) in [("ip", Address.Family.v4), ("ip6", .v6)]
        where try take(word: word) {
            translation.family = family
            return true
        }
        return false
    }

    private mutating func readForm(hasFamily: Bool) throws(NftError) -> Form {
        if try take(word: "prefix") { return .prefix }
        if try take(word: "interval") { return .interval }
        let place = try tokens.peek().place
        guard try take(word: "addr") else { return .plain }
        if !hasFamily { doubt(place, "an address and a port of no family") }
        try expect(sign: ".")
        guard try take(word: "port") else {
            throw NftError(.refused, tokens.place, "something else than a port")
        }
        return .addressAndPort
    }

    /// A port; nft takes a map for it only where the rule has asked for a protocol before.
    private mutating func readPort(
        _ statements: inout [Statement]
    ) throws(NftError) -> Translation.Target {
        let isAsked = rule.transport != nil || rule.asksTransport
        let place = tokens.place
        let port = try readTarget([.service], &statements)
        if !isAsked, rule.transport != nil { doubt(place, "a map of ports before a protocol") }
        return port
    }

    /// A redirect may give its port without a colon.
    private mutating func startsPort() throws(NftError) -> Bool {
        let token = try tokens.peek()
        let stops: Set<String> = ["random", "fully-random", "persistent", "comment", "counter"]
        return token.kind == .word && !stops.contains(token.text)
    }

    private mutating func readAddress(
        _ form: Form, _ translation: inout Translation, _ statements: inout [Statement]
    ) throws(NftError) {
        if try take(sign: ":") {
            translation.port = try readPort(&statements)
            return
        }
        if translation.family == nil {
            if rule.family == .inet {
                try refuse(tokens.place, "a translation of no family")
            }
            // The address itself tells the family.
            let text = try tokens.peek().text
            let bare = text.hasPrefix("[") ? String(text.dropFirst().dropLast()) : text
            translation.family = Address(bare)?.family
        }
        guard let family = translation.family else {
            throw NftError(.notUnderstood, tokens.place, "a translation of no family")
        }
        let type: NftType = family == .v4 ? .address4 : .address6
        if form == .addressAndPort || form == .prefix || form == .interval {
            return try readMappedAddress(form, type, &translation, &statements)
        }
        translation.address = try readTarget([type], &statements)
        if try take(sign: ":") { translation.port = try readPort(&statements) }
    }

    private mutating func readMappedAddress(
        _ form: Form, _ type: NftType, _ translation: inout Translation,
        _ statements: inout [Statement]
    ) throws(NftError) {
        let token = try tokens.peek()
        if form == .prefix, Address(token.text) != nil {
            let address = try readNumber(type)
            try expect(sign: "/")
            let length = try tokens.next()
            guard let bits = CNumber.small(length.text), (0...type.width).contains(bits) else {
                throw NftError(.refused, length.place, "a prefix that is too long")
            }
            translation.address = .prefix(address, length: bits)
            return
        }
        guard form == .addressAndPort, type == .address4 else {
            throw NftError(.notUnderstood, token.place, "a translation by a map of ranges")
        }
        let keys = try readConcatenation()
        guard try take(word: "map") else {
            throw NftError(.notUnderstood, token.place, "a translation without a map")
        }
        let map = try readMap(keys, [type, .service])
        try add(needs: [map], to: &statements)
        if !rule.asksTransport, rule.transport == nil {
            doubt(token.place, "a port without a protocol")
        }
        translation.address = .operand(.slice(map.operand, 0..<32))
        translation.port = .operand(.slice(map.operand, 32..<48))
    }

    /// A value, a range, or what a map gives.
    private mutating func readTarget(
        _ types: [NftType], _ statements: inout [Statement]
    ) throws(NftError) -> Translation.Target {
        let token = try tokens.peek()
        let isConstant =
            Address(token.text) != nil || token.text.hasPrefix("[")
            || token.text.utf8.first.map { (0x30...0x39).contains($0) } ?? false
            || types[0] == .service && services.port(token.text) != nil
        if isConstant {
            let first = try readNumber(types[0])
            if types[0] != .service, try take(sign: "/") {
                let length = Int(try plainNumber(UInt128(types[0].width)))
                let rest = IntervalSet.largest(types[0].width - length)
                return .oneOf((first & ~rest)...(first | rest))
            }
            guard try take(sign: "-") else {
                return .operand(.number(first, width: types[0].width))
            }
            let last = try readNumber(types[0])
            guard first <= last else {
                throw NftError(.refused, token.place, "a range that ends before it begins")
            }
            return .oneOf(first...last)
        }
        let value = try readValue(types[0])
        if value.type != types[0] { doubt(token.place, "a value of another type") }
        try add(needs: [value], to: &statements)
        return .operand(value.operand)
    }

    private mutating func readFlags() throws(NftError) {
        let flags: Set<String> = ["random", "fully-random", "persistent"]
        guard try flags.contains(tokens.peek().text) else { return }
        repeat {
            let flag = try tokens.next()
            guard flag.kind == .word, flags.contains(flag.text) else {
                throw NftError(.refused, flag.place, "a flag that translations do not have")
            }
        } while try take(sign: ",")
    }

    private mutating func atEndOfTranslation() throws(NftError) -> Bool {
        let token = try tokens.peek()
        return token.isSeparator || token.kind == .end || token.isSign("}")
    }

    /// What nft and the kernel ask of a translation, its family, its chain and its rule.
    private mutating func check(
        _ translation: Translation, _ verb: String, _ form: Form, _ first: NftToken,
        _ place: SourcePlace
    ) throws(NftError) {
        let hooks: Set<Hook> =
            switch verb {
            case "dnat", "redirect": [.prerouting, .output]
            case "snat": [.postrouting, .input]
            default: [.postrouting]
            }
        demand(.at(place, hooks, kinds: [.nat], in: [.ip, .ip6, .inet], isSoft: false))
        if let family = translation.family, rule.family == .ip || rule.family == .ip6,
            family != (rule.family == .ip ? .v4 : .v6)
        {
            try refuse(place, "a translation of the other family")
        }
        if let family = translation.family, let other = rule.packetFamily, family != other {
            try refuse(place, "a translation of the other family")
        }
        if translation.port != nil, !translation.ports.contains(rule.transport ?? 0) {
            if rule.transport != nil || !rule.asksTransport {
                try refuse(place, "a port without a protocol")
            }
            // `meta l4proto { tcp, udp }` is enough.
            let ports = Set(translation.ports.map { UInt128($0) })
            if rule.namedTransports.isEmpty || !rule.namedTransports.isSubset(of: ports) {
                doubt(place, "a port without a protocol")
            }
        }
        if form == .prefix || form == .interval { doubt(place, "a translation of prefixes") }
        if translation.address == nil, verb == "dnat" || verb == "snat" {
            if first.isSign(":"), rule.family != .inet || translation.family != nil { return }
            doubt(place, "a translation without an address")
        }
    }
}

extension Translation {
    /// The protocols of which a translation may change the port.
    fileprivate var ports: Set<UInt8> { [6, 17, 33, 132, 136] }
}
