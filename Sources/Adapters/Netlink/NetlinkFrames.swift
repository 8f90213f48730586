/// Messages out of the datagrams of one answer; see netlink(7).
struct NetlinkFrames {
    /// What a datagram means for the answer.
    enum Progress {
        case more
        case done
        /// What is told changed meanwhile (`NLM_F_DUMP_INTR`).
        case interrupted
    }

    private(set) var messages: [NetlinkMessage] = []
    private var rest: Int
    private let isDump: Bool
    private var isInterrupted = false

    /// An answer of at most so many bytes.
    init(limit: Int, isDump: Bool = true) {
        rest = limit
        self.isDump = isDump
    }

    mutating func take(_ datagram: ArraySlice<UInt8>) throws(NetlinkFailure) -> Progress {
        rest -= datagram.count
        guard rest >= 0 else { throw .tooLarge }
        var left = datagram
        guard !left.isEmpty else { throw .malformed }
        while !left.isEmpty {
            guard let header = NetlinkFrame(left) else { throw .malformed }
            isInterrupted = isInterrupted || header.flags & 0x10 != 0
            let body = left.dropFirst(NetlinkFrame.headerSize).prefix(
                header.length - NetlinkFrame.headerSize)
            switch header.type {
            case 1: break  // NLMSG_NOOP
            case 2:
                if !isDump, body.count >= 4, NetlinkFrame.number32(body) == 0 { return .done }
                throw NetlinkFrames.failure(body)
            case 3: return isInterrupted ? .interrupted : try end(body)
            case 4: throw .malformed  // NLMSG_OVERRUN
            default: messages.append(NetlinkMessage(type: header.type, body: Array(body)))
            }
            left = left.dropFirst((header.length + 3) & ~3)
        }
        return .more
    }

    // NLMSG_DONE carries 0 or an error of the dump.
    private func end(_ body: ArraySlice<UInt8>) throws(NetlinkFailure) -> Progress {
        guard body.count >= 4, NetlinkFrame.number32(body) != 0 else { return .done }
        throw NetlinkFrames.failure(body)
    }

    private static func failure(_ body: ArraySlice<UInt8>) -> NetlinkFailure {
        guard body.count >= 4 else { return .malformed }
        let number = Int32(bitPattern: NetlinkFrame.number32(body))
        // 0 acknowledges a request that asks for no answer: no dump.
        guard number < 0, number > -4096 else { return .malformed }
        return .refused(-number)
    }
}

/// The header of one message.
struct NetlinkFrame {
    static let headerSize = 16

    var length: Int
    var type: UInt16
    var flags: UInt16

    /// Nil where the bytes hold no whole message.
    init?(_ bytes: ArraySlice<UInt8>) {
        guard bytes.count >= NetlinkFrame.headerSize else { return nil }
        length = Int(NetlinkFrame.number32(bytes))
        type = NetlinkFrame.number16(bytes.dropFirst(4))
        flags = NetlinkFrame.number16(bytes.dropFirst(6))
        guard length >= NetlinkFrame.headerSize, length <= bytes.count else { return nil }
    }

    /// A request for a dump (`NLM_F_REQUEST | NLM_F_DUMP`), or for an answer and its
    /// acknowledgement (`NLM_F_REQUEST | NLM_F_ACK`).
    static func request(_ question: NetlinkQuestion) -> [UInt8] {
        frame(around: question, flags: question.isDump ? 0x301 : 5)
    }

    /// A request to make what is not there yet
    /// (`NLM_F_REQUEST | NLM_F_ACK | NLM_F_EXCL | NLM_F_CREATE`).
    static func change(_ question: NetlinkQuestion) -> [UInt8] {
        frame(around: question, flags: 0x605)
    }

    private static func frame(around question: NetlinkQuestion, flags: UInt16) -> [UInt8] {
        let length = UInt32(headerSize + question.body.count)
        return bytes(length) + bytes(question.type) + bytes(flags) + bytes(UInt32(1))
            + bytes(UInt32(0)) + question.body
    }

    private static func bytes<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
        // Messages have the byte order of the machine, which is little-endian where we run.
        stride(from: 0, to: Number.bitWidth, by: 8).map { UInt8(truncatingIfNeeded: number >> $0) }
    }

    static func number16(_ bytes: ArraySlice<UInt8>) -> UInt16 {
        bytes.prefix(2).reversed().reduce(0) { $0 << 8 | UInt16($1) }
    }

    static func number32(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        bytes.prefix(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
}
