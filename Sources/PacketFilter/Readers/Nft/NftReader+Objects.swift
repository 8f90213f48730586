extension NftReader {
    /// A counter, limit, flow table or their like in the block of its table, after its first word.
    mutating func readObject(_ token: NftToken, _ table: Int) throws(NftError) {
        var kind = token.text
        if kind == "ct" { kind += " " + (try name()) }
        let name = try identifier()
        let key = NftTableKey(
            family: ruleset.tables[table].family, name: ruleset.tables[table].name)
        rule = NftRuleContext(family: key.family, table: key.name)
        try expect(sign: "{")
        switch kind {
        case "counter":
            try readBlock { (reader, _) throws(NftError) in try reader.readCounter() }
        case "quota":
            try readBlock { (reader, _) throws(NftError) in try reader.readQuota() }
        case "limit":
            try readBlock { (reader, _) throws(NftError) in try reader.readRate() }
        case "ct helper": try readHelper(token)
        case "flowtable": try readFlowTable(token, key.family)
        default:
            doubt(token.place, "an object of the kind '\(kind)'")
            try skipBlock()
        }
        let object = NftObject(table: key, kind: kind, name: name)
        if !objects.insert(object).inserted { doubt(token.place, "an object that is made twice") }
        if earlier.contains(key) { doubt(token.place, "an object that there may be already") }
    }

    /// The statements of a block up to its end; a comment may stand among them.
    private mutating func readBlock(
        _ read: (inout NftReader, NftToken) throws(NftError) -> Void
    ) throws(NftError) {
        var count = 0
        while true {
            let token = try tokens.peek()
            if token.isSeparator {
                _ = try tokens.next()
            } else if try take(sign: "}") {
                break
            } else if try take(word: "comment") {
                _ = try text(longest: 127)
            } else {
                guard token.kind == .word else {
                    throw NftError(.refused, token.place, "an object with something odd in it")
                }
                let before = tokens.taken
                try read(&self, token)
                if tokens.taken == before {
                    throw NftError(.refused, token.place, "an object with something odd in it")
                }
                count += 1
            }
        }
        if count > 1 { doubt(tokens.place, "an object that says more than one thing") }
    }

    /// `type "ftp" protocol tcp; l3proto ip;`
    private mutating func readHelper(_ start: NftToken) throws(NftError) {
        let helpers: [String: Set<String>] = [
            "ftp": ["tcp"], "tftp": ["udp"], "sip": ["tcp", "udp"], "irc": ["tcp"],
            "amanda": ["udp"], "pptp": ["tcp"], "sane": ["tcp"], "netbios-ns": ["udp"],
            "snmp": ["udp"],
        ]
        var hasType = false
        while try !take(sign: "}") {
            let token = try tokens.next()
            if token.isSeparator { continue }
            switch token.kind == .word ? token.text : "" {
            case "type":
                let type = try tokens.next()
                guard type.kind == .quoted, try take(word: "protocol") else {
                    throw NftError(.refused, type.place, "a helper without a type")
                }
                let transport = try tokens.next()
                guard transport.isWord("tcp") || transport.isWord("udp") else {
                    throw NftError(.refused, transport.place, "a protocol that helpers do not have")
                }
                if helpers[type.text]?.contains(transport.text) != true || hasType {
                    doubt(type.place, "a helper that there may not be")
                }
                hasType = true
            case "l3proto":
                let family = try tokens.next()
                let own = rule.family
                guard ["ip", "ip6", "inet"].contains(family.text) else {
                    throw NftError(.refused, family.place, "a family that helpers do not have")
                }
                if family.text != own.rawValue, own != .inet {
                    doubt(family.place, "a helper of another family")
                }
            case "comment": _ = try text(longest: 127)
            default:
                throw NftError(.refused, token.place, "a helper with something odd in it")
            }
            try endStatement()
        }
        if !hasType { try refuse(start.place, "a helper without a type") }
        demand(.at(start.place, in: [.ip, .ip6, .inet]))
    }

    /// `hook ingress priority 0; devices = { eth0 };`
    private mutating func readFlowTable(
        _ start: NftToken, _ family: FilterTable.Family
    ) throws(NftError) {
        var (hasHook, hasDevices) = (false, false)
        while try !take(sign: "}") {
            let token = try tokens.next()
            if token.isSeparator { continue }
            switch token.kind == .word ? token.text : "" {
            case "hook":
                guard try take(word: "ingress"), try take(word: "priority") else {
                    throw NftError(.refused, token.place, "a hook that flow tables do not have")
                }
                _ = try readPriority(.netdev, .ingress)
                try endStatement()
                hasHook = true
            case "devices":
                for device in try readDevices() { try requireInterface(device, token.place) }
                try endStatement()
                hasDevices = true
            case "counter": break
            default:
                doubt(token.place, "a part of a flow table")
                try skipStatement()
            }
        }
        if !hasHook || !hasDevices { doubt(start.place, "a flow table without a hook or devices") }
        demand(.at(start.place, in: [.ip, .ip6, .inet]))
    }
}
