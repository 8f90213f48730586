import Netlink

/// A rule that chooses a table of routes, as RTM_NEWRULE tells it; see ip-rule(8).
struct RuleRecord: Sendable, Hashable {
    /// It is one of the three that the kernel makes by itself.
    var isUsual: Bool

    /// Nil where the message breaks the format.
    init?(_ message: NetlinkMessage) {
        let body = message.body
        guard message.type == 32, body.count >= 12,
            let attributes = NetlinkAttributes(body.dropFirst(12))
        else { return nil }
        let priority = attributes.number(6) ?? 0
        let table = attributes.number(15) ?? UInt32(body[4])
        let isKnown = [[0, 255], [32766, 254], [32767, 253]].contains([priority, table])
        // FRA_TABLE, FRA_PRIORITY, FRA_SUPPRESS_PREFIXLEN (when it is off) and FRA_PROTOCOL.
        let isPlain = attributes.all.allSatisfy { attribute in
            switch attribute.type {
            case 6, 15, 21: true
            case 14: attribute.value.allSatisfy { $0 == 0xFF }
            default: false
            }
        }
        // Lengths of source and destination, type of service, and the action FR_ACT_TO_TBL.
        isUsual = isKnown && isPlain && body[1...3].allSatisfy { $0 == 0 } && body[7] == 1
    }
}
