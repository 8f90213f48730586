extension KernelRuleReader {
    /// An extension of iptables that does something.
    mutating func readTarget(_ content: KernelAttributes) throws(KernelError) {
        let info = try KernelExtension(content)
        let family: Address.Family? =
            self.family == .ip ? .v4 : self.family == .ip6 ? .v6 : nil
        text.add("-j \(info.name)")
        switch (info.name, info.revision) {
        case ("REJECT", 0): statements.append(.verdict(.drop))
        case ("QUEUE", _), ("NFQUEUE", _):
            statements.append(.verdict(.ask(unknown(.hidden, "the program of the queue"))))
        case ("SYNPROXY", _):
            statements.append(.verdict(.ask(unknown(.hidden, "the synproxy lets it in"))))
        case ("MARK", 2):
            let (number, mask) = (try info.number(0, 4), try info.number(4, 4))
            statements.append(
                .assign(.mark, mixed(.mark, clearing: mask, .number(number, width: 32))))
        case ("CONNMARK", 1), ("CONNMARK", 2): try readConnectionMark(info)
        case ("NOTRACK", _): statements.append(.untrack)
        case ("CT", 0...2):
            if try info.number(0, 2) & 1 == 1 { statements.append(.untrack) }
        case ("DNAT", 0...2), ("SNAT", 0...2), ("MASQUERADE", 0), ("REDIRECT", 0):
            guard let family else { throw .notUnderstood("target \(info.name)") }
            try readTranslation(info, family)
        case ("DNAT", _), ("REDIRECT", _), ("NETMAP", _), ("DNPT", _):
            opaqueExtensions[table, default: []].insert(info.name)
            // That it goes elsewhere is known, where it goes is not.
            let width = family?.width ?? 128
            let unknown = self.unknown(.hidden, "what \(info.name) writes")
            statements.append(
                .translate(
                    Translation(
                        .destination, family: family,
                        address: .operand(.unknown(unknown, width: width)))))
        default:
            if XtablesTarget.harmless.contains(info.name) { return }
            opaqueExtensions[table, default: []].insert(info.name)
            statements.append(.opaque(unknown(.hidden, "xt target \(info.name)")))
        }
    }

    private func mixed(_ field: Field, clearing mask: UInt128, _ other: Operand) -> Operand {
        .exclusiveOr(.field(field).masked(~mask & 0xFFFF_FFFF), other)
    }

    // struct xt_connmark_tginfo1 and 2: mark, its mask, the packet's mask, a shift, what is done.
    private mutating func readConnectionMark(_ info: KernelExtension) throws(KernelError) {
        let (number, mask) = (try info.number(0, 4), try info.number(4, 4))
        let packetMask = try info.number(8, 4)
        if info.revision == 2, try info.number(13, 1) != 0 { throw .notUnderstood("CONNMARK") }
        switch try info.number(info.revision == 2 ? 14 : 12, 1) {
        case 0:
            statements.append(
                .assign(
                    .connectionMark,
                    mixed(.connectionMark, clearing: mask, .number(number, width: 32))))
        case 1:
            statements.append(
                .assign(
                    .connectionMark,
                    mixed(.connectionMark, clearing: mask, .field(.mark).masked(packetMask))))
        case 2:
            statements.append(
                .assign(
                    .mark,
                    mixed(.mark, clearing: packetMask, .field(.connectionMark).masked(mask))))
        default: throw .notUnderstood("CONNMARK")
        }
    }

    private mutating func readTranslation(
        _ info: KernelExtension, _ family: Address.Family
    ) throws(KernelError) {
        let kind: Translation.Kind =
            switch info.name {
            case "DNAT": .destination
            case "SNAT": .source
            case "MASQUERADE": .masquerade
            default: .redirect
            }
        var translation = Translation(kind, family: family)
        // struct nf_nat_ipv4_multi_range_compat of the old revisions, else nf_nat_range.
        let isOld = info.revision == 0 && family == .v4
        if isOld, try info.number(0, 4) != 1 { throw .notUnderstood("target \(info.name)") }
        let start = isOld ? 4 : 0
        let flags = try info.number(start, 4)
        let width = isOld ? 4 : 16
        // MAP_IPS PROTO_SPECIFIED PROTO_RANDOM PERSISTENT PROTO_RANDOM_FULLY
        guard flags & ~0x1F == 0 else { throw .notUnderstood("target \(info.name)") }
        if flags & 1 != 0, kind == .destination || kind == .source {
            let first = try info.address(start + 4, family)
            let last = try info.address(start + 4 + width, family)
            guard first <= last else { throw .notUnderstood("target \(info.name)") }
            translation.address = .oneOf(first...last)
        }
        if flags & 2 != 0 {
            let first = try info.big(start + 4 + width * 2, 2)
            let last = try info.big(start + 6 + width * 2, 2)
            guard first <= last else { throw .notUnderstood("target \(info.name)") }
            translation.port = .oneOf(first...last)
        }
        statements.append(.translate(translation))
    }
}
