extension NftReader {
    /// One number of a type, as a name, a number or an address.
    mutating func readNumber(_ type: NftType) throws(NftError) -> UInt128 {
        let token = try tokens.next()
        guard token.kind == .word || token.kind == .quoted else {
            throw NftError(.refused, token.place, "no value where one belongs")
        }
        if type == .hour { return try readHour(token) }
        if token.kind == .word, let number = try number(token, type) { return number }
        return try named(token, type)
    }

    private mutating func number(_ token: NftToken, _ type: NftType) throws(NftError) -> UInt128? {
        guard let number = CNumber.value(of: token.text) else { return nil }
        if case .other = type, try isPartOfClass(token) {
            throw NftError(.notUnderstood, token.place, "a class of traffic control")
        }
        if type == .address4 || type == .address6 || type == .hardware {
            doubt(token.place, "a number for an address")
        }
        if type == .connectionState, number > 127 {
            throw NftError(.notUnderstood, token.place, "a number for a state")
        }
        guard number <= IntervalSet.largest(type.width) else {
            throw NftError(.refused, token.place, "a number that is too large")
        }
        return number
    }

    /// `1:10` is one value, `1 : 10` an element of a map.
    private mutating func isPartOfClass(_ token: NftToken) throws(NftError) -> Bool {
        let colon = try tokens.peek()
        guard colon.isSign(":"), token.range.upperBound == colon.range.lowerBound else {
            return false
        }
        _ = try tokens.next()
        let minor = try tokens.peek()
        tokens.putBack(colon)
        return minor.kind == .word && colon.range.upperBound == minor.range.lowerBound
    }

    /// Words of nft's own that it takes for numbers of protocols.
    private static let protocolWords: Set<String> = [
        "tcp", "udp", "icmp", "igmp", "sctp", "dccp", "udplite", "esp", "ah", "comp", "icmpv6",
        "redirect",
    ]

    private func named(_ token: NftToken, _ type: NftType) throws(NftError) -> UInt128 {
        let text = token.text
        switch type {
        case .address4, .address6:
            let name = text.hasPrefix("[") ? String(text.dropFirst().dropLast()) : text
            let wanted: Address.Family = type == .address4 ? .v4 : .v6
            if let address = Address(name) {
                if address.family == wanted { return address.number }
                throw NftError(.refused, token.place, "an address of the other family")
            }
            throw NftError(.notUnderstood, token.place, "the name of a host")
        case .hardware:
            if let address = HardwareAddress(text) { return address.number }
            throw NftError(.notUnderstood, token.place, "a hardware address")
        case .service:
            if let port = services.port(text) { return UInt128(port) }
            throw NftError(
                services.isComplete ? .refused : .notUnderstood, token.place,
                "the name of a service")
        case .familyNumber where NftReader.protocolWords.contains(text):
            throw NftError(.notUnderstood, token.place, "a protocol for a family")
        case .transport:
            if let number = Transport.number(text) { return UInt128(number) }
            throw NftError(.notUnderstood, token.place, "the name of a protocol")
        case .integer(8) where mode == .listing && rule.packetFamily != nil:
            // nft names ICMP types even where the rule asks for raw bits.
            let types: NftType = rule.packetFamily == .v4 ? .icmpType : .icmp6Type
            if let number = NftSymbols.number(text, types) { return number }
            throw NftError(.notUnderstood, token.place, "a name for a number")
        case .mark, .other, .integer:
            throw NftError(.notUnderstood, token.place, "a name for a number")
        case .icmpType, .icmpCode, .icmp6Type, .icmp6Code, .connectionState, .connectionStatus,
            .connectionDirection, .tcpFlags, .dscp, .ecn, .etherType, .familyNumber, .packetType,
            .addressType, .boolean, .day:
            if let number = NftSymbols.number(text, type) { return number }
        case .interfaceIndex, .interfaceName, .hour: break
        }
        throw NftError(.refused, token.place, "a name that nft does not have here")
    }

    /// `"08:00"`, `08:00` or seconds.
    private mutating func readHour(_ token: NftToken) throws(NftError) -> UInt128 {
        var text = token.text
        while token.kind == .word, try tokens.peek().isSign(":") {
            _ = try tokens.next()
            text += ":" + (try tokens.next().text)
        }
        let parts = text.split(separator: ":").map { Int($0) }
        guard !parts.isEmpty, parts.count <= 3, parts.allSatisfy({ $0 != nil }) else {
            throw NftError(.refused, token.place, "a time of day")
        }
        let numbers = parts.compactMap { $0 }
        if numbers.enumerated().contains(where: {
            $1 < 0 || $1 > ($0 == 0 && numbers.count == 1 ? 86_399 : $0 == 0 ? 23 : 59)
        })
            || token.kind == .word || numbers.count == 1
        {
            doubt(token.place, "a time of day")
        }
        if numbers.count == 1 { return UInt128(max(0, numbers[0])) }
        guard numbers.allSatisfy({ (0..<86_400).contains($0) }) else {
            throw NftError(.refused, token.place, "a time of day")
        }
        let seconds = numbers[0] * 3600 + numbers[1] * 60 + (numbers.count > 2 ? numbers[2] : 0)
        return UInt128(min(max(0, seconds), 86_399))
    }

    /// Flags or numbers with `|`, `,` and parentheses between them, as one number.
    mutating func readBits(_ type: NftType, comma: Bool) throws(NftError) -> UInt128 {
        try enterGroup()
        defer { rule.depth -= 1 }
        var bits: UInt128 = 0
        repeat {
            if try take(sign: "(") {
                bits |= try readBits(type, comma: false)
                try expect(sign: ")")
            } else {
                bits |= try readNumber(type)
            }
            let next = try tokens.peek()
            if ["-", "&", "^"].contains(where: next.isSign) {
                throw NftError(.notUnderstood, next.place, "an operator between bits")
            }
        } while try takeOr(comma: comma)
        return bits
    }

    private mutating func takeOr(comma: Bool) throws(NftError) -> Bool {
        if try take(any: ["|", "or"]) { return true }
        guard comma else { return false }
        return try take(sign: ",")
    }
}
