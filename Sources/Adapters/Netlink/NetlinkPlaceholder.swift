import CNetlink
import Linux

/// An interface that leads nowhere and only has a name, for a network that nobody else sees.
package enum NetlinkPlaceholder {
    /// Makes an interface of a kind such as `dummy`, `veth` or `bridge` (`RTM_NEWLINK`); see
    /// rtnetlink(7).
    package static func make(named name: String, kind: String) throws(NetlinkFailure) {
        let information = attribute(1, text(kind)) + peer(of: name, kind: kind)
        let body =
            [UInt8](repeating: 0, count: 16) + attribute(3, text(name))
            + attribute(18, information)
        try NetlinkSocket.change(NetlinkQuestion(.route, type: 16, body: body))
    }

    // The other end of a pair gets a name that the kernel chooses.
    private static func peer(of name: String, kind: String) -> [UInt8] {
        guard kind == "veth" else { return [] }
        let other = [UInt8](repeating: 0, count: 16) + attribute(3, text("other%d"))
        return attribute(2, attribute(1, other))
    }

    private static func text(_ text: String) -> [UInt8] { Array(text.utf8) + [0] }

    private static func attribute(_ type: UInt8, _ value: [UInt8]) -> [UInt8] {
        let length = value.count + 4
        let padding = [UInt8](repeating: 0, count: (4 - length % 4) % 4)
        return [UInt8(truncatingIfNeeded: length), UInt8(truncatingIfNeeded: length >> 8), type, 0]
            + value + padding
    }
}

extension NetlinkSocket {
    /// Changes something, which the kernel acknowledges.
    static func change(_ question: NetlinkQuestion) throws(NetlinkFailure) {
        let socket = Descriptor(
            adopting: try checked(cnetlink_open(question.subsystem.rawValue, seconds)))
        let request = NetlinkFrame.change(question)
        _ = try checked(unsafe cnetlink_send(socket.number, request, request.count))
        var buffer = [UInt8](repeating: 0, count: datagramSize)
        let length = try checked(unsafe cnetlink_receive(socket.number, &buffer, buffer.count))
        guard let header = NetlinkFrame(buffer[..<length]), header.type == 2,
            header.length >= NetlinkFrame.headerSize + 4
        else { throw .malformed }
        let number = Int32(
            bitPattern: NetlinkFrame.number32(buffer[NetlinkFrame.headerSize..<length]))
        guard number == 0 else { throw .refused(number == .min ? .max : -number) }
    }
}
