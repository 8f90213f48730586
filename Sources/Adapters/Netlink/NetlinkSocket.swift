import CNetlink
import Glibc
import Linux

/// Asks the kernel; one socket for each, closed with it.
package enum NetlinkSocket {
    static let seconds: UInt32 = 5
    // The kernel sends at most 32 KiB at once, more only to who offers more.
    static let datagramSize = 1 << 16

    /// The whole answer; at most `limit` bytes of it.
    package static func answer(
        to question: NetlinkQuestion, limit: Int = 64 << 20
    ) throws(NetlinkFailure) -> [NetlinkMessage] {
        for _ in 0..<3 {
            if let answer = try attempt(question, limit: limit) { return answer }
        }
        throw .changed
    }

    // Nil where the kernel says that the dump was interrupted by a change.
    private static func attempt(
        _ question: NetlinkQuestion, limit: Int
    ) throws(NetlinkFailure) -> [NetlinkMessage]? {
        let socket = Descriptor(
            adopting: try checked(cnetlink_open(question.subsystem.rawValue, seconds)))
        let request = NetlinkFrame.request(question)
        _ = try checked(unsafe cnetlink_send(socket.number, request, request.count))
        var frames = NetlinkFrames(limit: limit, isDump: question.isDump)
        var buffer = [UInt8](repeating: 0, count: datagramSize)
        while true {
            let length = try checked(
                unsafe cnetlink_receive(socket.number, &buffer, buffer.count))
            switch try frames.take(buffer[..<length]) {
            case .more: continue
            case .interrupted: return nil
            case .done: return frames.messages
            }
        }
    }

    static func checked<Number: SignedInteger>(
        _ answer: Number
    ) throws(NetlinkFailure) -> Number {
        if answer >= 0 { return answer }
        switch Int32(-answer) {
        case EAGAIN: throw .timedOut
        case EBADMSG, EMSGSIZE: throw .malformed
        case let number: throw .refused(number)
        }
    }
}
