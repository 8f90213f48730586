extension XtablesRuleReader {
    /// What the rule does, with the options of its target.
    mutating func readTarget(_ target: String) throws(XtablesError) {
        switch target {
        case "ACCEPT": statements.append(.verdict(.accept))
        case "DROP": statements.append(.verdict(.drop))
        case "RETURN": statements.append(.verdict(.return))
        case "REJECT":
            skipOptions()
            statements.append(.verdict(.drop))
        case "QUEUE", "NFQUEUE":
            skipOptions()
            statements.append(.verdict(.ask(Unknown(.hidden, "the program of queue in '\(name)'"))))
        case "SYNPROXY":
            skipOptions()
            statements.append(.verdict(.ask(Unknown(.hidden, "the synproxy lets it in"))))
        case "MARK", "CONNMARK": try readMark(target)
        case "DNAT", "SNAT": try readTranslation(target)
        case "REDIRECT", "MASQUERADE": try readPortTranslation(target)
        case "NETMAP": try readNetworkTranslation()
        case "NOTRACK": statements.append(.untrack)
        case "CT": readConnectionTarget()
        case "SET": try readSetTarget()
        case "TPROXY":
            skipOptions()
            statements.append(.opaque(Unknown(.hidden, "TPROXY in '\(name)'")))
        default: try readOtherTarget(target)
        }
    }

    private mutating func readOtherTarget(_ target: String) throws(XtablesError) {
        if chains[target] != nil {
            statements.append(.verdict(.jump(target)))
            return
        }
        skipOptions()
        if XtablesTarget.harmless.contains(target) { return }
        guard isListing || XtablesTarget.mayBe(target) else {
            throw XtablesError(.refused, "a target that does not exist")
        }
        doubts.append("the target '\(target)'")
        statements.append(.opaque(Unknown(.hidden, "target in '\(name)'")))
    }

    private mutating func skipOptions() {
        while words.take() != nil {}
    }

    private mutating func readMark(_ target: String) throws(XtablesError) {
        let isPacket = target == "MARK"
        let own: Field = isPacket ? .mark : .connectionMark
        var action = ""
        var (number, mask): (UInt128, UInt128) = (0, 0xFFFF_FFFF)
        var (packetMask, connectionMask): (UInt128, UInt128) = (0xFFFF_FFFF, 0xFFFF_FFFF)
        while let option = words.take() {
            switch option {
            case "--set-xmark", "--set-mark":
                action = option
                (number, mask) = try valueAndMask(width: 32)
                // `--set-mark` clears the bits of its value too.
                if option == "--set-mark" { mask |= number }
            case "--and-mark", "--or-mark", "--xor-mark":
                action = "--set-xmark"
                let bits = try self.number()
                (number, mask) =
                    option == "--and-mark"
                    ? (0, ~bits & 0xFFFF_FFFF) : (bits, option == "--or-mark" ? bits : 0)
            case "--save-mark", "--restore-mark": action = option
            case "--nfmask": packetMask = try self.number()
            case "--ctmask": connectionMask = try self.number()
            case "--mask":
                packetMask = try self.number()
                connectionMask = packetMask
            default: throw XtablesError(.notUnderstood, "an option of a mark")
            }
        }
        switch action {
        case "--save-mark":
            statements.append(
                mixed(.connectionMark, clearing: connectionMask, .field(.mark), packetMask))
        case "--restore-mark":
            statements.append(
                mixed(.mark, clearing: packetMask, .field(.connectionMark), connectionMask))
        default:
            let kept = Operand.field(own).masked(~mask & 0xFFFF_FFFF)
            statements.append(.assign(own, .exclusiveOr(kept, .number(number, width: 32))))
        }
    }

    private func mixed(
        _ field: Field, clearing mask: UInt128, _ other: Operand, _ otherMask: UInt128
    ) -> Statement {
        let kept = Operand.field(field).masked(~mask & 0xFFFF_FFFF)
        return .assign(field, .exclusiveOr(kept, other.masked(otherMask)))
    }

    /// `--to-destination 10.0.0.1-10.0.0.9:80-90`.
    private mutating func readTranslation(_ target: String) throws(XtablesError) {
        var translation = Translation(target == "DNAT" ? .destination : .source, family: family)
        while let option = words.take() {
            switch option {
            case "--to-destination", "--to-source": try readEnd(try value(), &translation)
            case "--random", "--random-fully", "--persistent": break
            default: throw XtablesError(.notUnderstood, "an option of a translation")
            }
        }
        statements.append(.translate(translation))
    }

    private func readEnd(
        _ text: String, _ translation: inout Translation
    ) throws(XtablesError) {
        var (addresses, ports) = (Substring(text), Substring())
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            addresses = text[text.index(after: text.startIndex)..<end]
            ports = text[text.index(after: end)...].drop { $0 == ":" }
        } else if family == .v4, let colon = text.firstIndex(of: ":") {
            addresses = text[..<colon]
            ports = text[text.index(after: colon)...]
        }
        if !addresses.isEmpty {
            let ends = addresses.split(separator: "-").map { Address($0) }
            guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2,
                first.family == family, last.family == family
            else { throw XtablesError(.refused, "an address of a translation") }
            guard first.number <= last.number else {
                throw XtablesError(.notUnderstood, "addresses that end before they begin")
            }
            translation.address = .oneOf(first.number...last.number)
        }
        if !ports.isEmpty { translation.port = try portTarget(ports) }
    }

    private func portTarget(_ text: Substring) throws(XtablesError) -> Translation.Target {
        // A shifted range (`80-90/8080`) keeps the distance; where it leads is not followed.
        let parts = text.split(separator: "/")
        let ends = (parts.first ?? "").split(separator: "-").map { end in
            CNumber.value(of: end) ?? services.port(String(end)).map { UInt128($0) }
        }
        if ends.contains(nil), !services.isComplete {
            throw XtablesError(.notUnderstood, "the name of a service")
        }
        guard let first = ends.first ?? nil, let last = ends.last ?? nil, first <= last,
            last <= 0xFFFF, ends.count <= 2
        else { throw XtablesError(.refused, "a port of a translation") }
        return .oneOf(first...last)
    }

    private mutating func readPortTranslation(_ target: String) throws(XtablesError) {
        var translation = Translation(
            target == "REDIRECT" ? .redirect : .masquerade, family: family)
        while let option = words.take() {
            switch option {
            case "--to-ports": translation.port = try portTarget(Substring(try value()))
            case "--random", "--random-fully": break
            default: throw XtablesError(.notUnderstood, "an option of a translation")
            }
        }
        statements.append(.translate(translation))
    }

    private mutating func readNetworkTranslation() throws(XtablesError) {
        guard words.take("--to"), let prefix = Prefix(try value()), prefix.family == family else {
            throw XtablesError(.notUnderstood, "a network of a translation")
        }
        // In POSTROUTING it is the source that changes.
        let isSource = chainIsPostrouting
        statements.append(
            .translate(
                Translation(
                    isSource ? .source : .destination, family: family,
                    address: .prefix(prefix.first.number, length: prefix.length))))
    }

    private var chainIsPostrouting: Bool { words.words.contains("POSTROUTING") }

    private mutating func readConnectionTarget() {
        let isUntracked = words.words.contains("--notrack")
        skipOptions()
        if isUntracked { statements.append(.untrack) }
    }
}
