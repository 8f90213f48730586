extension NftReader {
    /// A key of `ct`, after that word.
    mutating func readConnection() throws(NftError) -> NftExpression {
        var key = try tokens.next()
        var isReply: Bool?
        if key.isWord("original") || key.isWord("reply") {
            isReply = key.text == "reply"
            key = try tokens.next()
        }
        var family: Address.Family?
        if key.isWord("ip") || key.isWord("ip6") {
            family = key.text == "ip" ? .v4 : .v6
            key = try tokens.next()
        }
        let name = "ct \(key.text)"
        // Kernels without bridge conntrack have no state there.
        demand(.at(key.place, in: [.ip, .ip6, .inet]))
        let directed: Set<String> = ["saddr", "daddr", "proto-src", "proto-dst"]
        let either: Set<String> = ["bytes", "packets", "avgpkt", "zone"]
        if directed.contains(key.text) == (isReply == nil), !either.contains(key.text) {
            try refuse(key.place, "a direction of a connection where none belongs")
        }
        if family != nil, key.text != "saddr", key.text != "daddr" {
            try refuse(key.place, "a family where none belongs")
        }
        switch key.text {
        case "state": return NftExpression(.field(.connectionState), .connectionState)
        case "status": return NftExpression(.field(.connectionStatus), .connectionStatus)
        case "mark":
            return NftExpression(.field(.connectionMark), .mark, assigned: .connectionMark)
        case "zone":
            return NftExpression(
                .field(.connectionZone), .integer(16), assigned: .connectionZone)
        case "direction":
            return NftExpression(
                .connected(.number(0, width: 8)), .connectionDirection)
        case "saddr", "daddr":
            guard let family = family ?? rule.packetFamily else {
                throw NftError(.refused, key.place, "an address of no family")
            }
            return address(of: key.text, isReply: isReply ?? false, family)
        case "proto-src", "proto-dst":
            let field: Field = key.text == "proto-src" ? .sourcePort : .destinationPort
            var port = NftExpression(
                .connectionPort(field, isReply: isReply == true), .service)
            // Of what type the port is hangs on the protocol that the rule has asked for.
            port.isComputed = rule.transport == nil
            if port.isComputed { doubt(key.place, "a port of a connection of no protocol") }
            return port
        case "l3proto": return NftExpression(.connected(.familyNumber), .familyNumber)
        case "protocol": return NftExpression(.connected(.field(.transport)), .transport)
        case "bytes", "packets", "avgpkt":
            return NftExpression(unknown: .hidden, name, .integer(64))
        case "expiration", "id", "label", "secmark", "event":
            doubt(key.place, "the key '\(name)'")
            return NftExpression(unknown: .hidden, name, .other(32))
        case "helper":
            doubt(key.place, "the key '\(name)'")
            return NftExpression(unknown: .hidden, name, .other(32))
        default:
            throw NftError(.notUnderstood, key.place, "the key '\(name)'")
        }
    }

    /// The addresses of the connection: as the packet carried them, or turned round after
    /// translation.
    private func address(
        of key: String, isReply: Bool, _ family: Address.Family
    ) -> NftExpression {
        let isSource = key == "saddr"
        let whole: Operand =
            isReply
            ? .field(isSource ? .destination : .source)
            : .carried(isSource ? .source : .destination)
        let operand: Operand = family == .v4 ? .slice(whole, 0..<32) : whole
        return NftExpression(
            .connected(operand), family == .v4 ? .address4 : .address6,
            needs: [.family(family)])
    }
}
