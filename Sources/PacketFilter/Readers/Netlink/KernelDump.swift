/// Everything that nf_tables holds, as the kernel tells it over NETLINK_NETFILTER.
///
/// Messages with their headers: the generation; tables, chains, rules, sets, and the elements of
/// each set in the order of the sets, each list ended by NLMSG_DONE; the generation again. A
/// dump that is cut anywhere lacks one of them. See nfnetlink.h and nf_tables.h.
package struct KernelDump: Hashable, Sendable {
    /// What was told so far.
    package private(set) var bytes: [UInt8]

    /// A dump of which nothing is told yet, or one that was recorded.
    package init(_ bytes: [UInt8] = []) {
        self.bytes = bytes
    }

    /// Adds a message by its type and what follows its header.
    package mutating func append(type: UInt16, body: [UInt8]) {
        let length = UInt32(16 + body.count)
        bytes += (0..<4).map { UInt8(truncatingIfNeeded: length >> ($0 * 8)) }
        bytes += [UInt8(truncatingIfNeeded: type), UInt8(type >> 8)]
        bytes += [UInt8](repeating: 0, count: 10)
        bytes += body
        bytes += [UInt8](repeating: 0, count: -body.count & 3)
    }

    /// Ends a list.
    package mutating func end() {
        append(type: 3, body: [0, 0, 0, 0])
    }

    /// Whether the generation at its end is the one at its beginning: nothing changed meanwhile.
    package func isOfOneGeneration() throws(PacketFilterError) -> Bool {
        do throws(KernelError) {
            let messages = try self.messages()
            guard let first = messages.first, let last = messages.last, messages.count > 1 else {
                throw .malformed
            }
            return try first.generation() == last.generation()
        } catch {
            throw PacketFilterError(.malformed, "generation")
        }
    }

    func messages() throws(KernelError) -> [KernelMessage] {
        var messages: [KernelMessage] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            guard rest.count >= 16 else { throw .malformed }
            let length = Int(rest.prefix(4).littleNumber)
            let end = (length + 3) & ~3
            guard length >= 16, end <= rest.count else { throw .malformed }
            let type = UInt16(truncatingIfNeeded: rest.dropFirst(4).prefix(2).littleNumber)
            messages.append(
                try KernelMessage(type: type, body: rest.dropFirst(16).prefix(length - 16)))
            rest = rest.dropFirst(end)
        }
        return messages
    }
}

/// One message of a dump.
struct KernelMessage {
    enum Kind: UInt8 {
        case table = 0
        case chain = 3
        case rule = 6
        case set = 9
        case elements = 12
        case generation = 15
    }

    /// Nothing: the end of a list.
    var kind: Kind?
    var family: UInt8 = 0
    /// What follows the fixed part (`struct nfgenmsg`).
    var content: ArraySlice<UInt8> = []

    init(type: UInt16, body: ArraySlice<UInt8>) throws(KernelError) {
        if type == 3 {
            // NLMSG_DONE carries 0, or an error of the list.
            guard body.count >= 4, body.prefix(4).littleNumber == 0 else { throw .malformed }
            return
        }
        guard type >> 8 == 10, body.count >= 4,
            let kind = Kind(rawValue: UInt8(truncatingIfNeeded: type)),
            let family = body.first
        else { throw .malformed }
        self.kind = kind
        self.family = family
        content = body.dropFirst(4)
    }

    /// The number of the generation (`NFTA_GEN_ID`).
    func generation() throws(KernelError) -> UInt32 {
        guard kind == .generation else { throw .malformed }
        return try KernelAttributes(content).required32(1)
    }
}

/// The family of a table by its number (enum nf_inet_hooks and NFPROTO_ of netfilter.h).
extension FilterTable.Family {
    init(number: UInt8) throws(KernelError) {
        switch number {
        case 1: self = .inet
        case 2: self = .ip
        case 3: self = .arp
        case 5: self = .netdev
        case 7: self = .bridge
        case 10: self = .ip6
        default: throw .malformed
        }
    }
}
