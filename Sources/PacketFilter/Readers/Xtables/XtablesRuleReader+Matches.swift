extension XtablesRuleReader {
    /// What is kept about an extension while its options are read.
    mutating func startModule() {
        recent = XtablesRecent()
        options = []
    }

    /// Matches that are only known once all options of their extension are.
    mutating func finishModule() throws(XtablesError) {
        defer {
            module = ""
            startModule()
        }
        switch module {
        case "recent": finishRecent()
        case "limit", "hashlimit", "connlimit", "quota", "statistic", "rpfilter", "time",
            "osf", "tcpmss", "ecn", "ttlx", "frag", "hbh", "dst", "rt", "ipv6header", "esp",
            "ah", "mh", "connrate":
            if module == "connlimit" { statements.append(.usesConnections) }
            let kind: Unknown.Kind =
                options.contains { $0.hasPrefix("--date") } ? .hidden : .chosen
            statements.append(.condition(Unknown(kind, "\(module) in '\(name)'")))
        case "owner":
            statements.append(.condition(Unknown(.process, "owner in '\(name)'")))
        case "string", "u32", "bpf", "cgroup", "socket", "policy", "helper", "connbytes",
            "physdev", "realm", "rateest", "cpu", "devgroup", "connlabel", "cluster", "nfacct",
            "srh", "ipvs", "sctp", "dccp", "eui64", "geoip":
            let isIdle =
                module == "nfacct" || (module == "sctp" || module == "dccp") && options.isEmpty
            if ["helper", "connbytes", "connlabel"].contains(module) {
                statements.append(.usesConnections)
            }
            if !isIdle {
                statements.append(.condition(Unknown(.hidden, "xt match \(module) in '\(name)'")))
            }
        case "", "tcp", "udp", "udplite", "icmp", "icmp6", "ipv6-icmp", "icmpv6", "multiport",
            "conntrack", "state", "iprange", "addrtype", "mark", "connmark", "comment", "mac",
            "pkttype", "length", "ttl", "hl", "dscp", "tos", "set":
            if !options.isEmpty { unknownMatch("an option that is not known") }
        default:
            // `-p gre` names a protocol; `-m` names something that must be understood.
            if Transport.number(module) == nil || !options.isEmpty {
                unknownMatch("an extension that is not known")
            }
        }
    }

    private mutating func finishRecent() {
        guard let action = recent.action else { return }
        let set = "recent \(recent.list) ipv\(family.rawValue)"
        let key = [operand(recent.usesDestination ? .destination : .source)]
        filledSets.insert(set)
        if action == "--set" {
            statements.append(.remember(key, in: .ipset(set)))
            if recent.isNegated { statements.append(.match(.field(.family), .empty)) }
        } else {
            statements.append(.match(key, in: .ipset(set), isNegated: recent.isNegated))
        }
    }

    /// An option of an extension.
    mutating func readMatch(_ option: String, not: Bool) throws(XtablesError) {
        if try readPorts(option, not: not) { return }
        if try readConnection(option, not: not) { return }
        if try readNumbers(option, not: not) { return }
        if try readRecent(option, not: not) { return }
        switch option {
        case "--comment": _ = try value()
        case "--icmp-type", "--icmpv6-type": try readICMP(not: not)
        case "--src-range": try readRange(.source, not: not)
        case "--dst-range": try readRange(.destination, not: not)
        case "--src-type": try readAddressTypes(.source, not: not)
        case "--dst-type": try readAddressTypes(.destination, not: not)
        case "--limit-iface-in": limitToInput()
        case "--mac-source":
            guard let address = HardwareAddress(try value()) else {
                throw XtablesError(.refused, "a hardware address")
            }
            statements.append(.match(.field(.sourceHardware), address.number, not: not))
        case "--pkt-type": try readPacketType(not: not)
        case "--match-set": try readSet(not: not)
        default: try skip(option)
        }
    }

    /// An option of an extension that is known as a whole, or not at all.
    private mutating func skip(_ option: String) throws(XtablesError) {
        guard option.hasPrefix("-") else {
            throw XtablesError(.refused, "a word that belongs to no option")
        }
        options.append(option)
        while let next = words.next, !next.hasPrefix("-"), next != "!" { _ = words.take() }
    }

    private mutating func readRange(_ field: Field, not: Bool) throws(XtablesError) {
        let parts = try value().split(separator: "-")
        guard let first = parts.first.flatMap({ Address($0) }),
            let last = parts.last.flatMap({ Address($0) }), parts.count <= 2,
            first.family == family, last.family == family
        else { throw XtablesError(.refused, "a range of addresses") }
        // Of one that ends before it begins, no address is in it.
        let isEmpty = first.number > last.number
        let range = isEmpty ? .empty : IntervalSet([first.number...last.number])
        statements.append(.match(operand(field), range, not: not))
    }

    private mutating func readAddressTypes(_ field: Field, not: Bool) throws(XtablesError) {
        var types: Set<UInt128> = []
        for name in try value().split(separator: ",") {
            guard let known = XtablesName.whole(name, of: XtablesName.addressTypes),
                let number = NftSymbols.number(known.lowercased(), .addressType)
            else {
                throw XtablesError(.refused, "a kind of address")
            }
            types.insert(number)
        }
        let onInput = options.contains("--limit-iface-in")
        statements.append(
            AddressTypes.statement(field, types, family, onInput: onInput, not: not))
    }

    /// The kind of an address is asked of the packet's interface alone.
    private mutating func limitToInput() {
        options = []
        statements = statements.map { statement in
            guard case .match(let operands, let set, let isNegated) = statement else {
                return statement
            }
            let asked = operands.map { operand in
                guard case .addressType(let field, _) = operand else { return operand }
                return Operand.addressType(of: field, onInput: true)
            }
            return .match(asked, in: set, isNegated: isNegated)
        }
    }

    private mutating func readPacketType(not: Bool) throws(XtablesError) {
        let name = try value().lowercased()
        let others = ["otherhost": "other", "bcast": "broadcast", "mcast": "multicast"]
        let number = NftSymbols.number(others[name] ?? name, .packetType)
        guard let number else { throw XtablesError(.refused, "a type of packet") }
        statements.append(.match(.field(.packetType), number, not: not))
    }

    private mutating func readRecent(_ option: String, not: Bool) throws(XtablesError) -> Bool {
        guard module == "recent" else { return false }
        switch option {
        case "--set", "--rcheck", "--update", "--remove":
            recent.action = option
            recent.isNegated = not
        case "--name": recent.list = try value()
        case "--rdest": recent.usesDestination = true
        case "--rsource", "--rttl", "--reap": break
        case "--seconds", "--hitcount", "--mask": _ = try value()
        default: return false
        }
        return true
    }

    private mutating func readICMP(not: Bool) throws(XtablesError) {
        let text = try value()
        let parts = text.split(separator: "/").map(String.init)
        let isAny = family == .v4 && text == "any"
        guard let name = parts.first, parts.count <= 2,
            let type = ICMPName(isAny ? "255" : name, family)
        else {
            unknownMatch("the name of an ICMP type")
            return
        }
        // Of IPv4, 255 stands for every type (`icmp_type_code_match`).
        if family == .v4, type.type == 255 {
            if not { statements.append(.match(.field(.sourcePort), .empty)) }
            return
        }
        var numbers = IntervalSet([(type.type << 8)...(type.type << 8 | 255)])
        if parts.count > 1 {
            guard let code = CNumber.value(of: parts[1]), code < 256 else {
                unknownMatch("a code of ICMP")
                return
            }
            numbers = IntervalSet(type.type << 8 | code)
        } else if let code = type.code {
            numbers = IntervalSet(type.type << 8 | code)
        }
        statements.append(.match(.field(.sourcePort), numbers, not: not))
    }
}
